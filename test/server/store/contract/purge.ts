import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import {
  approvalRecord,
  challengeRecord,
  day,
  deviceRecord,
  elevatedRecord,
  environmentId,
  idempotencyRecord,
  minute,
  newPasskey,
  newRecoverySet,
  newTotp,
  newUser,
  now,
  sessionRecord,
  tokenRecord,
  verificationRecord,
  waitingRecord,
} from './records.js';

/** Needs a store of its own: it removes what other tests have made. */
export function purgeContract(store: () => Store) {
  const purge = (at: number) => store().transaction((tx) => tx.purgeExpired(at));

  test('what has expired is removed and counted, what lives stays', async () => {
    const userId = await newUser(store());
    const totp = await newTotp(store(), userId);
    const passkey = await newPasskey(store(), userId);
    const challenges = [challengeRecord(userId), challengeRecord('', { purpose: 'sign_in', sid: '' })];
    const pending = deviceRecord(userId);
    const live = await newRecoverySet(store(), userId);
    const next = await newRecoverySet(store(), userId, { isLive: false });
    const [short, long] = [
      sessionRecord(userId, { expiresAt: now + minute }),
      sessionRecord(userId, { expiresAt: now + 3 * day }),
    ];
    const [token, persistent] = [tokenRecord(userId), tokenRecord(userId, { expiresAt: now + 3 * day })];
    const [elevated, lasting] = [elevatedRecord(userId), elevatedRecord(userId, { expiresAt: now + 3 * day })];
    const [approval, asked] = [approvalRecord(userId), approvalRecord(userId, { expiresAt: now + 3 * day })];
    const waiting = waitingRecord(userId);
    const [verification, key] = [verificationRecord(), idempotencyRecord()];
    await store().transaction(async (tx) => {
      await tx.createPendingTotp(pending);
      for (const session of [short, long]) await tx.createSession(session);
      for (const one of [token, persistent]) await tx.createMfaToken(one);
      for (const one of [elevated, lasting]) await tx.createElevatedToken(one);
      for (const one of [approval, asked]) await tx.createApproval(one, 5);
      await tx.leaveWaitingAction(waiting);
      for (const challenge of challenges) await tx.createChallenge(challenge, 5);
      await tx.createEmailVerification(verification);
      await tx.createIdempotency(key, now);
      await tx.countSend({ key: randomUUID(), limit: 3, windowMs: minute, now });
      await tx.endSession(long.sid, 'signed_out', now);
    });

    expect(await purge(now)).toBe(0);
    // A session, both kinds of token, an approval, the pending device, both challenges, both texts, the verification,
    // the send, the key.
    expect(await purge(now + day)).toBe(12);
    expect(await purge(now + day)).toBe(0);

    expect(await store().findSession(short.sid)).toBeNull();
    expect((await store().findSession(long.sid))?.endReason).toBe('signed_out');
    expect(await store().findMfaToken(token.hash)).toBeNull();
    expect(await store().findMfaToken(persistent.hash)).not.toBeNull();
    expect(await store().findElevatedToken(elevated.id)).toBeNull();
    expect(await store().findElevatedToken(lasting.id)).toEqual(lasting);
    expect(await store().findApproval({ ...approval, now })).toBeNull();
    expect(await store().findApproval({ ...asked, now })).toEqual(asked);
    expect(await store().listWaitingActions(userId)).toEqual([waiting]);
    expect((await store().listTotpDevices(userId)).map(({ id }) => id)).toEqual([totp]);
    expect(await store().listPasskeys(userId)).toEqual([passkey]);
    for (const challenge of challenges) {
      expect(await store().transaction((tx) => tx.takeChallenge({ ...challenge, now }))).toBeNull();
    }
    const sets = await store().findRecoverySets(userId, now);
    expect(sets).toEqual({ live: { ...live.set, sealed: null }, pending: null, left: 10 });
    expect(await store().findEmailVerification(environmentId, verification.id)).toBeNull();
    expect(await store().findIdempotency(key.keyHash, now)).toBeNull();

    const used = { userId, setId: next.set.id, codeHash: next.hash, sid: 's', now };
    expect(await store().transaction((tx) => tx.consumeRecoveryCode(used))).toBe(false);
    expect(
      await store().transaction((tx) => tx.consumeRecoveryCode({ ...used, setId: live.set.id, codeHash: live.hash })),
    ).toBe(true);
  });
}
