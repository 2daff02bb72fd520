import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import {
  approvalRecord,
  auditRecord,
  challengeRecord,
  elevatedRecord,
  environmentId,
  idempotencyRecord,
  newPasskey,
  newRecoverySet,
  newTotp,
  newUser,
  now,
  sessionRecord,
  tokenRecord,
  userRecord,
  verificationRecord,
  waitingRecord,
} from './records.js';

export function userContract(store: () => Store) {
  test('a policy is kept, replaced, and belongs to its environment', async () => {
    const environment = randomUUID();
    expect(await store().findPolicy(environment)).toBeNull();
    await store().transaction((tx) => tx.putPolicy(environment, '{"a":1}', now));
    await store().transaction((tx) => tx.putPolicy(environment, '{"a":2}', now + 1));
    expect(await store().findPolicy(environment)).toBe('{"a":2}');
    expect(await store().findPolicy(randomUUID())).toBeNull();
  });

  test('a user comes back as it was made, in its own environment only', async () => {
    const user = userRecord({
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'L',
      alias: 'al',
      acknowledgement: 'pending',
      passkeyHandle: randomUUID(),
    });
    const identity = {
      environmentId,
      kind: 'external',
      issuer: 'https://idp',
      subject: user.id,
      userId: user.id,
    } as const;
    const made = await store().transaction((tx) => tx.findOrCreateUser(identity, user));
    expect(made).toEqual({ user, isNew: true });
    expect(await store().findUser(environmentId, user.id)).toEqual(user);
    expect(await store().findUser(randomUUID(), user.id)).toBeNull();
    expect(await store().findIdentity(identity)).toEqual(identity);
    expect(await store().findIdentity({ ...identity, issuer: 'https://other' })).toBeNull();
    expect(await store().listIdentities(user.id)).toEqual([identity]);
  });

  test('an identity that is known leads to its user, whatever user was proposed', async () => {
    const userId = await newUser(store());
    const identity = { environmentId, kind: 'email', issuer: '', subject: `${userId}@example.com` } as const;
    const other = userRecord();
    const found = await store().transaction((tx) => tx.findOrCreateUser({ ...identity, userId: other.id }, other));
    expect(found.isNew).toBe(false);
    expect(found.user.id).toBe(userId);
    expect(await store().findUser(environmentId, other.id)).toBeNull();
  });

  test('a user is made with an id and an identity that are free, and not at all otherwise', async () => {
    const environment = randomUUID();
    const make = (id: string, subject: string) =>
      store().transaction((tx) =>
        tx.createUser(
          { environmentId: environment, kind: 'email', issuer: '', subject, userId: id },
          userRecord({ id, environmentId: environment }),
        ),
      );
    const [ada, bob] = [randomUUID(), randomUUID()];
    expect(await make(ada, 'ada@example.com')).toBe(true);
    expect(await make(bob, 'ada@example.com')).toBe(false);
    expect(await make(ada, 'bob@example.com')).toBe(false);
    expect(await store().listUserIds(environment, '', 9)).toEqual([ada]);
    expect((await store().listIdentities(ada)).map(({ subject }) => subject)).toEqual(['ada@example.com']);
    const made = await Promise.all(Array.from({ length: 20 }, () => make(bob, 'bob@example.com')));
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  test('another way in leads to one user, and one that is taken stays whose it is', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const identity = { environmentId, kind: 'external', issuer: 'https://idp', subject: userId } as const;
    const add = (id: string) => store().transaction((tx) => tx.addIdentity({ ...identity, userId: id }));
    const added = await Promise.all([userId, userId, userId].map(add));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await add(stranger)).toBe(false);
    expect(await store().findIdentity(identity)).toEqual({ ...identity, userId });
    expect((await store().listIdentities(userId)).map(({ kind }) => kind)).toEqual(['email', 'external']);
  });

  test('fifty sign-ins at once with a new identity make one user', async () => {
    const environment = randomUUID();
    const subject = 'ada@example.com';
    const found = await Promise.all(
      Array.from({ length: 50 }, () => {
        const user = userRecord({ environmentId: environment });
        const identity = { environmentId: environment, kind: 'email', issuer: '', subject, userId: user.id } as const;
        return store().transaction((tx) => tx.findOrCreateUser(identity, user));
      }),
    );
    expect(found.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(found.map(({ user }) => user.id)).size).toBe(1);
    // The users that the others had begun are gone again.
    expect(await store().countUsers(environment)).toEqual({ users: 1, withoutFactor: 1 });
  });

  test('an update changes what it names and nothing else', async () => {
    const userId = await newUser(store(), { firstName: 'Ada', alias: 'al' });
    await store().transaction(async (tx) => {
      await tx.updateUser(userId, { alias: null, acknowledgement: 'complete', lastSeenAt: now + 5 });
      await tx.updateUser(userId, {});
      await tx.updateUser(userId, { firstName: undefined });
    });
    expect(await store().findUser(environmentId, userId)).toMatchObject({
      firstName: 'Ada',
      alias: null,
      acknowledgement: 'complete',
      lastSeenAt: now + 5,
    });
  });

  test('users are counted by environment, with those who have no verified factor', async () => {
    const environment = randomUUID();
    expect(await store().countUsers(environment)).toEqual({ users: 0, withoutFactor: 0 });
    const ids: string[] = [];
    for (let count = 0; count < 4; count++) ids.push(await newUser(store(), { environmentId: environment }));
    const [app = '', passkey = '', both = ''] = ids;
    for (const userId of [app, both]) await newTotp(store(), userId);
    for (const userId of [passkey, both]) await newPasskey(store(), userId);
    // Two passkeys make no second user.
    await newPasskey(store(), passkey);
    expect(await store().countUsers(environment)).toEqual({ users: 4, withoutFactor: 1 });
  });

  test('the ids of an environment come in pages, in order, none twice and none missed', async () => {
    const environment = randomUUID();
    await newUser(store());
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push(await newUser(store(), { environmentId: environment }));
    const pages: string[][] = [];
    do pages.push(await store().listUserIds(environment, pages.at(-1)?.at(-1) ?? '', 2));
    while (pages.at(-1)?.length === 2);
    expect(pages.flat()).toEqual(ids.sort());
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });

  test('an erased user leaves nothing behind, and others keep everything', async () => {
    const [erased, kept] = [await newUser(store()), await newUser(store())];
    const traces = await Promise.all(
      [erased, kept].map(async (userId) => {
        const session = sessionRecord(userId);
        const token = tokenRecord(userId);
        const elevated = elevatedRecord(userId);
        const approval = approvalRecord(userId);
        const key = idempotencyRecord({ newSid: session.sid });
        const verification = verificationRecord({ email: `${userId}@example.com` });
        const challenge = challengeRecord(userId, { sid: session.sid });
        await newTotp(store(), userId);
        const passkey = await newPasskey(store(), userId);
        await newRecoverySet(store(), userId);
        await store().reserveAttempt({ userId, factor: 'totp', now });
        await store().transaction(async (tx) => {
          await tx.createSession(session);
          await tx.createMfaToken(token);
          await tx.createElevatedToken(elevated);
          await tx.createApproval(approval, 5);
          await tx.leaveWaitingAction(waitingRecord(userId));
          await tx.createChallenge(challenge, 5);
          await tx.createIdempotency(key, now);
          await tx.createEmailVerification(verification);
          await tx.appendAudit(auditRecord(userId));
        });
        return async () => ({
          user: (await store().findUser(environmentId, userId)) !== null,
          identities: (await store().listIdentities(userId)).length,
          session: (await store().findSession(session.sid)) !== null,
          devices: (await store().listTotpDevices(userId)).length,
          passkey: (await store().findPasskey(passkey.credentialId)) !== null,
          challenge: (await store().transaction((tx) => tx.takeChallenge({ ...challenge, now }))) !== null,
          codes: (await store().findRecoverySets(userId, now)).left,
          attempts: (await store().listAttempts(userId)).length,
          token: (await store().findMfaToken(token.hash)) !== null,
          elevated: (await store().findElevatedToken(elevated.id)) !== null,
          approval: (await store().findApproval({ ...approval, now })) !== null,
          waiting: (await store().listWaitingActions(userId)).length,
          key: (await store().findIdempotency(key.keyHash, now)) !== null,
          verification: (await store().findEmailVerification(environmentId, verification.id)) !== null,
          audit: (await store().listAudit(userId)).length,
        });
      }),
    );
    await store().transaction((tx) => tx.eraseUser(erased));
    const [ofErased, ofKept] = await Promise.all(traces.map((look) => look()));
    expect(Object.values(ofErased ?? {}).filter(Boolean)).toEqual([]);
    expect(ofKept).toEqual({
      user: true,
      identities: 1,
      session: true,
      devices: 1,
      passkey: true,
      challenge: true,
      codes: 10,
      attempts: 1,
      token: true,
      elevated: true,
      approval: true,
      waiting: 1,
      key: true,
      verification: true,
      audit: 1,
    });
  });

  test('nothing can be kept about a user who does not exist', async () => {
    const nobody = randomUUID();
    await expect(store().transaction((tx) => tx.createSession(sessionRecord(nobody)))).rejects.toThrow();
    await expect(store().reserveAttempt({ userId: nobody, factor: 'totp', now })).rejects.toThrow();
  });

  test('the audit chain is read in order, and a position is taken once', async () => {
    const userId = await newUser(store());
    expect(await store().transaction((tx) => tx.findAuditHead(userId))).toBeNull();
    const entries = [
      auditRecord(userId, { sidHash: 's', factorId: 'f', ip: '::1', agentHash: 'a', reason: 'r' }),
      auditRecord(userId, { seq: 2, event: 'totp_fail', hash: 'h2' }),
    ];
    await store().transaction(async (tx) => {
      for (const entry of [...entries].reverse()) await tx.appendAudit(entry);
    });
    expect(await store().listAudit(userId)).toEqual(entries);
    expect(await store().transaction((tx) => tx.findAuditHead(userId))).toEqual({ seq: 2, hash: 'h2' });
    await expect(store().transaction((tx) => tx.appendAudit(auditRecord(userId, { seq: 2 })))).rejects.toThrow();
  });
}
