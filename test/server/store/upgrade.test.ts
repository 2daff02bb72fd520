/** Threat: an update of the package loses factors, or stops the process of the release before it that is still running. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../../../src/server/store/migrations.js';
import type { Acr } from '../../../src/server/store/records.js';
import {
  approvalRecord,
  elevatedRecord,
  environmentId,
  minute,
  newPasskey,
  now,
  sessionRecord,
  tokenRecord,
  waitingRecord,
} from './contract/records.js';
import { type SqlStoreUnderTest, sharedStores } from './stores.js';

/** A database as the release with that many migrations left it. */
async function bringTo(opened: SqlStoreUnderTest, count: number): Promise<void> {
  const released = migrations.slice(0, count);
  if (released.length < count) throw new Error(`there are no ${count} migrations`);
  await opened.sql(
    'CREATE TABLE mfa_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)',
  );
  for (const { id, name, statements } of released) {
    for (const statement of statements) await opened.sql(statement);
    await opened.sql(`INSERT INTO mfa_migration VALUES (${id}, '${name}', ${now})`);
  }
}

async function expectUpToDate(opened: SqlStoreUnderTest): Promise<void> {
  const applied = await opened.sql('SELECT id FROM mfa_migration ORDER BY id');
  expect(applied.map(({ id }) => Number(id))).toEqual(migrations.map(({ id }) => id));
}

/** The statement by which the first release makes a user. */
const insertUser = (id: string) => `INSERT INTO mfa_user
  (id, environment_id, email, first_name, last_name, alias, acknowledgement, created_at, last_seen_at)
  VALUES ('${id}', '${environmentId}', 'ada@example.com', NULL, NULL, 'al', 'complete', ${now}, ${now})`;

describe.each(Object.entries(sharedStores))('a database of the first release, on %s,', (_name, create) => {
  const userId = randomUUID();
  let opened: SqlStoreUnderTest;

  beforeEach(async () => {
    opened = await create();
    await bringTo(opened, 1);
    await opened.sql(insertUser(userId));
    await opened.sql(`INSERT INTO mfa_totp_device
      (id, user_id, state, secret, is_default, last_step, drift, wrong_codes, line_id, created_at, verified_at)
      VALUES ('app', '${userId}', 'verified', 'v1.k1.sealed', 1, 100, 0, 0, 'line-1', ${now}, ${now})`);
    await opened.store.start();
  });
  afterEach(async () => {
    await opened.store.close();
    await opened.drop();
  });

  test('keeps its users and their factors, and takes passkeys from then on', async () => {
    const { store } = opened;
    await expectUpToDate(opened);

    expect(await store.findUser(environmentId, userId)).toEqual({
      id: userId,
      environmentId,
      email: 'ada@example.com',
      firstName: null,
      lastName: null,
      alias: 'al',
      acknowledgement: 'complete',
      passkeyHandle: null,
      createdAt: now,
      lastSeenAt: now,
    });
    const step = { userId, id: 'app', step: 101, lineId: 'line-1', drift: 0, now };
    expect(await store.transaction((tx) => tx.consumeTotpStep({ ...step, step: 100 }))).toBe(false);
    expect(await store.transaction((tx) => tx.consumeTotpStep(step))).toBe(true);

    const passkey = await newPasskey(store, userId);
    expect(await store.listPasskeys(userId)).toEqual([passkey]);
    expect(await store.transaction((tx) => tx.claimPasskeyHandle(userId, 'handle'))).toBe('handle');
  });

  test('still takes what a process of the first release writes', async () => {
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) await opened.sql(insertUser(id));
    for (const id of ids) expect((await opened.store.findUser(environmentId, id))?.passkeyHandle).toBeNull();
    // Its way of erasing knows nothing of passkeys: the database removes them.
    await newPasskey(opened.store, userId);
    await opened.sql(`DELETE FROM mfa_user WHERE id = '${userId}'`);
    expect(await opened.store.listPasskeys(userId)).toEqual([]);
  });
});

describe.each(Object.entries(sharedStores))('a database of the second release, on %s,', (_name, create) => {
  const userId = randomUUID();
  const sid = 'sid-1';
  let opened: SqlStoreUnderTest;

  /** The statement by which that release makes a single-use token for any action. */
  const insertToken = (hash: string) => `INSERT INTO mfa_token
    (id, hash, user_id, sid, action, single_use, created_at, expires_at, used_at, revoked_at)
    VALUES ('${hash}', '${hash}', '${userId}', '${sid}', NULL, 1, ${now}, ${now + 2 * minute}, NULL, NULL)`;
  const insertKey = (keyHash: string) => `INSERT INTO mfa_idempotency
    (key_hash, body_mac, old_sid, new_sid, jti, mfa_token_id, expires_at)
    VALUES ('${keyHash}', 'mac', '${sid}', '${sid}', 'jti-1', 'before', ${now + 2 * minute})`;

  beforeEach(async () => {
    opened = await create();
    await bringTo(opened, 2);
    await opened.sql(insertUser(userId));
    await opened.sql(`INSERT INTO mfa_passkey
      (id, user_id, credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, rp_id, aaguid,
       origin, created_at, updated_at)
      VALUES ('key', '${userId}', 'credential', 'cose-key', 7, 'internal', 1, 1, 'example.com', 'aaguid',
       'https://example.com', ${now}, ${now})`);
    await opened.sql(insertToken('before'));
    await opened.sql(insertKey('key-before'));
    await opened.store.start();
  });
  afterEach(async () => {
    await opened.store.close();
    await opened.drop();
  });

  const use = (hash: string, level: Acr) =>
    opened.store.transaction((tx) =>
      tx.consumeMfaToken({
        hash,
        userId,
        sid,
        action: 'transfer',
        isStrict: false,
        payloadDigest: null,
        levels: [level],
        needsSingleUse: true,
        now: now + 1,
      }),
    );

  test('keeps its passkeys, tokens and answers, and takes what step-up needs from then on', async () => {
    const { store } = opened;
    await expectUpToDate(opened);
    expect(await store.listPasskeys(userId)).toMatchObject([{ id: 'key', signCount: 7, lastUsedAt: null }]);
    expect(await store.findMfaToken('before')).toEqual(
      tokenRecord(userId, { id: 'before', hash: 'before', acr: 'recovery', amr: '', provenAt: now }),
    );
    expect(await store.findIdempotency('key-before', now)).toMatchObject({ mfaTokenId: 'before', elevatedId: null });

    const [elevated, approval, waiting] = [elevatedRecord(userId), approvalRecord(userId), waitingRecord(userId)];
    await store.transaction(async (tx) => {
      await tx.createElevatedToken(elevated);
      await tx.createApproval(approval, 20);
      await tx.leaveWaitingAction(waiting);
    });
    expect(await store.findElevatedToken(elevated.id)).toEqual(elevated);
    expect(await store.findApproval({ ...approval, now })).toEqual(approval);
    expect(await store.listWaitingActions(userId)).toEqual([waiting]);
  });

  test('a token that it did not know the strength of counts as earned by a recovery code, before and after', async () => {
    await opened.sql(insertToken('since'));
    expect(await opened.store.hasUnspentMfaToken({ userId, sid, now })).toBe(false);
    for (const hash of ['before', 'since']) {
      for (const acr of ['first_factor', 'factor', 'phr'] as const) expect(await use(hash, acr)).toBeNull();
      expect((await use(hash, 'recovery'))?.acr).toBe('recovery');
      expect(await use(hash, 'recovery')).toBeNull();
    }
  });

  test('still takes what a process of the second release writes and erases', async () => {
    const { store } = opened;
    await opened.sql(insertKey('key-since'));
    expect((await store.findIdempotency('key-since', now))?.elevatedId).toBeNull();
    const [elevated, approval] = [elevatedRecord(userId), approvalRecord(userId)];
    await store.transaction(async (tx) => {
      await tx.createElevatedToken(elevated);
      await tx.createApproval(approval, 20);
      await tx.leaveWaitingAction(waitingRecord(userId));
    });
    // Its way of erasing knows nothing of these: the database removes them.
    await opened.sql(`DELETE FROM mfa_user WHERE id = '${userId}'`);
    expect(await store.findElevatedToken(elevated.id)).toBeNull();
    expect(await store.findApproval({ ...approval, now })).toBeNull();
    expect(await store.listWaitingActions(userId)).toEqual([]);
  });
});

describe.each(Object.entries(sharedStores))('a database of the third release, on %s,', (_name, create) => {
  test('keeps its sessions, and takes those that a process of that release begins, without what proved them', async () => {
    const userId = randomUUID();
    const opened = await create();
    /** The statement by which that release begins a session. */
    const insertSession = (sid: string) => `INSERT INTO mfa_session
      (sid, environment_id, user_id, line_id, scope, created_at, last_seen_at, expires_at, idle_ms, first_factor_at,
       auth_time, factor_at, acr, amr, ended_at, end_reason, retired_jti, pending_grant)
      VALUES ('${sid}', '${environmentId}', '${userId}', 'line-1', 'user:basic', ${now}, ${now}, ${now + minute}, ${minute},
       ${now}, ${now}, NULL, 'first_factor', 'otp', NULL, NULL, NULL, NULL)`;
    await bringTo(opened, 3);
    await opened.sql(insertUser(userId));
    await opened.sql(insertSession('before'));
    await opened.store.start();
    await expectUpToDate(opened);
    await opened.sql(insertSession('since'));
    for (const sid of ['before', 'since']) {
      expect(await opened.store.findSession(sid)).toEqual(
        sessionRecord(userId, { sid, expiresAt: now + minute, idleMs: minute }),
      );
    }
    await opened.store.close();
    await opened.drop();
  });
});
