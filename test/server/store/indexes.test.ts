/** Threat: a fault in our checks, or somebody with access to the database, makes a row that must not be (S-16, S-24). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceRecord, newPasskey, newRecoverySet, newTotp, newUser, now, waitingRecord } from './contract/records.js';
import { type SqlStoreUnderTest, sharedStores } from './stores.js';

describe.each(Object.entries(sharedStores))('the database itself, on %s, refuses', (_name, create) => {
  let opened: SqlStoreUnderTest;
  beforeAll(async () => {
    opened = await create();
    await opened.store.start();
  });
  afterAll(async () => {
    await opened.store.close();
    await opened.drop();
  });

  /** The statement that copies a row with some columns changed. */
  async function copy(table: string, where: string, changes: Record<string, string>): Promise<string> {
    const [row] = await opened.sql(`SELECT * FROM ${table} WHERE ${where}`);
    const columns = Object.keys(row ?? {});
    const values = columns.map((column) => changes[column] ?? column);
    return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE ${where}`;
  }

  test('a second verified authenticator app', async () => {
    const userId = await newUser(opened.store);
    const id = await newTotp(opened.store, userId);
    const stranger = await newUser(opened.store);
    const where = `id = '${id}'`;
    await expect(opened.sql(await copy('mfa_totp_device', where, { id: `'${id}-2'` }))).rejects.toThrow(/unique/i);
    // The copy is refused for its user alone: another user may have it.
    await opened.sql(await copy('mfa_totp_device', where, { id: `'${id}-3'`, user_id: `'${stranger}'` }));
  });

  test('a second pending authenticator app, and one turned verified beside another', async () => {
    const userId = await newUser(opened.store);
    const pending = deviceRecord(userId);
    await opened.store.transaction((tx) => tx.createPendingTotp(pending));
    const second = await copy('mfa_totp_device', `id = '${pending.id}'`, { id: `'${pending.id}-2'` });
    await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    await opened.store.transaction((tx) => tx.deleteTotp(userId, pending.id));

    await newTotp(opened.store, userId);
    await opened.store.transaction((tx) => tx.createPendingTotp(pending));
    const turned = `UPDATE mfa_totp_device SET state = 'verified' WHERE id = '${pending.id}'`;
    await expect(opened.sql(turned)).rejects.toThrow(/unique/i);
  });

  test('a second live set of recovery codes', async () => {
    const userId = await newUser(opened.store);
    const { set } = await newRecoverySet(opened.store, userId);
    const second = await copy('mfa_recovery_set', `id = '${set.id}'`, { id: `'${set.id}-2'` });
    await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    const next = await newRecoverySet(opened.store, userId, { isLive: false });
    const turned = `UPDATE mfa_recovery_set SET is_live = 1 WHERE id = '${next.set.id}'`;
    await expect(opened.sql(turned)).rejects.toThrow(/unique/i);
  });

  test("a recovery code copied or handed to another user, and that user's use of it", async () => {
    const [userId, victim] = [await newUser(opened.store), await newUser(opened.store)];
    const mine = await newRecoverySet(opened.store, userId);
    const theirs = await newRecoverySet(opened.store, victim);
    const where = `code_hash = '${theirs.hash}'`;
    const toMe = { user_id: `'${userId}'`, set_id: `'${mine.set.id}'` };
    await expect(opened.sql(await copy('mfa_recovery_code', where, toMe))).rejects.toThrow(/unique/i);
    const handed = `UPDATE mfa_recovery_code SET user_id = '${userId}' WHERE ${where}`;
    await expect(opened.sql(handed)).rejects.toThrow(/foreign key/i);

    for (const setId of [mine.set.id, theirs.set.id]) {
      const used = { userId, setId, codeHash: theirs.hash, sid: 's', now };
      expect(await opened.store.transaction((tx) => tx.consumeRecoveryCode(used))).toBe(false);
    }
  });

  test('a credential id a second time, for its owner or for another user', async () => {
    const [userId, stranger] = [await newUser(opened.store), await newUser(opened.store)];
    const { id } = await newPasskey(opened.store, userId);
    const second = await copy('mfa_passkey', `id = '${id}'`, { id: `'${id}-2'` });
    await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    const foreign = await copy('mfa_passkey', `id = '${id}'`, { id: `'${id}-2'`, user_id: `'${stranger}'` });
    await expect(opened.sql(foreign)).rejects.toThrow(/unique/i);
  });

  test('the passkey handle of another user, though many users have none', async () => {
    const [userId, stranger] = [await newUser(opened.store), await newUser(opened.store)];
    await opened.store.transaction((tx) => tx.claimPasskeyHandle(userId, `handle-of-${userId}`));
    const taken = `UPDATE mfa_user SET passkey_handle = 'handle-of-${userId}' WHERE id = '${stranger}'`;
    await expect(opened.sql(taken)).rejects.toThrow(/unique/i);
  });

  test('a passkey of nobody, and a counter below zero', async () => {
    const { id } = await newPasskey(opened.store, await newUser(opened.store));
    const toNobody = `UPDATE mfa_passkey SET user_id = 'nobody' WHERE id = '${id}'`;
    await expect(opened.sql(toNobody)).rejects.toThrow(/foreign key/i);
    const below = `UPDATE mfa_passkey SET sign_count = -1 WHERE id = '${id}'`;
    await expect(opened.sql(below)).rejects.toThrow(/check/i);
  });

  test('the same thing waiting twice, with and without a subject', async () => {
    const userId = await newUser(opened.store);
    for (const subject of [null, 'wallet-1']) {
      const waiting = waitingRecord(userId, { subject });
      const id = await opened.store.transaction((tx) => tx.leaveWaitingAction(waiting));
      const second = await copy('mfa_waiting_action', `id = '${id}'`, { id: `'${id}-2'` });
      await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    }
  });

  test('failures below zero', async () => {
    const userId = await newUser(opened.store);
    await opened.store.reserveAttempt({ userId, factor: 'totp', now });
    const below = `UPDATE mfa_attempt SET fails = -1 WHERE user_id = '${userId}'`;
    await expect(opened.sql(below)).rejects.toThrow(/check/i);
  });
});

/** Threat: whoever may ask without being signed in makes the server read a whole table with every request. */
describe.each(Object.entries(sharedStores))('on %s an index finds', (name, create) => {
  let opened: SqlStoreUnderTest;
  beforeAll(async () => {
    opened = await create();
    await opened.store.start();
    // A planner with empty tables would rather read them whole.
    const { STORE_URL: url } = opened.environment;
    if (url) await opened.sql(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET enable_seqscan = off`);
  });
  afterAll(async () => {
    await opened.store.close();
    await opened.drop();
  });

  test.each([
    [
      'a passkey by its credential id',
      "mfa_passkey WHERE credential_id = 'c'",
      /mfa_passkey_credential_id_key|autoindex/,
    ],
    ['the passkeys of a user', "mfa_passkey WHERE user_id = 'u'", /mfa_passkey_user/],
    ['a challenge by its hash', "mfa_challenge WHERE hash = 'h'", /mfa_challenge_pkey|autoindex/],
    ['the challenges of a session', "mfa_challenge WHERE user_id = 'u' AND sid = 's'", /mfa_challenge_session/],
    ['the challenges of a user', "mfa_challenge WHERE user_id = 'u'", /mfa_challenge_session/],
    [
      'the elevated tokens of a session',
      "mfa_elevated_token WHERE user_id = 'u' AND sid = 's'",
      /elevated_token_session/,
    ],
    ['elevated tokens that have expired', 'mfa_elevated_token WHERE expires_at <= 1', /mfa_elevated_token_expiry/],
    ['the approvals of a session', "mfa_approval WHERE user_id = 'u' AND sid = 's'", /mfa_approval_session/],
    ['approvals that have expired', 'mfa_approval WHERE expires_at <= 1', /mfa_approval_expiry/],
    ['what waits for a user', "mfa_waiting_action WHERE user_id = 'u'", /mfa_waiting_once/],
    ['challenges that have expired', 'mfa_challenge WHERE expires_at <= 1', /mfa_challenge_expiry/],
  ])('%s', async (_what, rows, index) => {
    const explain = name === 'a file' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan = await opened.sql(`${explain} SELECT * FROM ${rows}`);
    expect(JSON.stringify(plan)).toMatch(index);
  });
});
