import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import { newUser, now, sessionRecord } from './records.js';

/** Threat: a session that was ended goes on, or is ended (and so upgraded) twice. */
export function sessionContract(store: () => Store) {
  async function newSession(changes: Parameters<typeof sessionRecord>[1] = {}) {
    const userId = await newUser(store());
    const session = sessionRecord(userId, changes);
    await store().transaction((tx) => tx.createSession(session));
    return session;
  }

  test('a session comes back as it was made', async () => {
    const session = await newSession({
      factorAt: now,
      acr: 'factor',
      pendingGrant: { singleUse: true, action: 'transfer', provenAt: now },
    });
    expect(await store().findSession(session.sid)).toEqual(session);
    expect(await store().findSession('unknown')).toBeNull();
  });

  test('of a hundred callers that end a session one succeeds', async () => {
    const { sid } = await newSession();
    const ended = await Promise.all(
      Array.from({ length: 100 }, () => store().transaction((tx) => tx.endSession(sid, 'upgraded', now + 1))),
    );
    expect(ended.filter(Boolean)).toHaveLength(1);
    expect(await store().findSession(sid)).toMatchObject({ endedAt: now + 1, endReason: 'upgraded' });
    expect(await store().transaction((tx) => tx.endSession(sid, 'signed_out', now + 2))).toBe(false);
    expect(await store().findSession(sid)).toMatchObject({ endedAt: now + 1, endReason: 'upgraded' });
  });

  test('the other sessions of a user end, and only those', async () => {
    const kept = await newSession();
    const others = [sessionRecord(kept.userId), sessionRecord(kept.userId)];
    const foreign = await newSession();
    const count = await store().transaction(async (tx) => {
      for (const session of others) await tx.createSession(session);
      return tx.endOtherSessions(kept.userId, kept.sid, 'factors_changed', now);
    });
    expect(count).toBe(2);
    expect((await store().findSession(kept.sid))?.endedAt).toBeNull();
    expect((await store().findSession(foreign.sid))?.endedAt).toBeNull();
    for (const { sid } of others) expect((await store().findSession(sid))?.endReason).toBe('factors_changed');
    expect(await store().transaction((tx) => tx.endOtherSessions(kept.userId, null, 'reset', now))).toBe(1);
  });

  test('a touch moves a live session forward, never back, and wakes no ended one', async () => {
    const { sid } = await newSession();
    const touch = (at: number) => store().transaction((tx) => tx.touchSession(sid, at));
    await touch(now + 10);
    await touch(now + 5);
    expect((await store().findSession(sid))?.lastSeenAt).toBe(now + 10);
    await store().transaction((tx) => tx.endSession(sid, 'signed_out', now + 11));
    await touch(now + 20);
    expect((await store().findSession(sid))?.lastSeenAt).toBe(now + 10);
  });

  test('a proof is noted in a live session and refused by an ended one', async () => {
    const { sid } = await newSession();
    const proof = { authTime: now + 1, factorAt: now + 1, acr: 'factor', amr: 'otp mfa' } as const;
    expect(await store().transaction((tx) => tx.recordProof(sid, proof))).toBe(true);
    expect(await store().findSession(sid)).toMatchObject(proof);
    await store().transaction((tx) => tx.endSession(sid, 'signed_out', now + 2));
    const later = { ...proof, authTime: now + 3 };
    expect(await store().transaction((tx) => tx.recordProof(sid, later))).toBe(false);
    expect(await store().findSession(sid)).toMatchObject(proof);
  });

  test('a first factor proven anew is noted in a live session and refused by an ended one', async () => {
    const session = await newSession();
    const { sid } = session;
    expect(
      await store().transaction((tx) => tx.renewFirstFactor(sid, { firstFactorAt: now + 1, credentialId: 'email-1' })),
    ).toBe(true);
    // Nothing else of the session moves: it is no proof of a second factor.
    expect(await store().findSession(sid)).toEqual({ ...session, firstFactorAt: now + 1, credentialId: 'email-1' });
    await store().transaction((tx) => tx.endSession(sid, 'signed_out', now + 2));
    expect(
      await store().transaction((tx) => tx.renewFirstFactor(sid, { firstFactorAt: now + 3, credentialId: null })),
    ).toBe(false);
    expect((await store().findSession(sid))?.firstFactorAt).toBe(now + 1);
    expect(
      await store().transaction((tx) => tx.renewFirstFactor('unknown', { firstFactorAt: now, credentialId: null })),
    ).toBe(false);
  });

  test('a pending grant is taken once by a hundred callers', async () => {
    const { sid } = await newSession();
    const grant = { singleUse: false, action: null, provenAt: now };
    await store().transaction((tx) => tx.setPendingGrant(sid, grant));
    const taken = await Promise.all(
      Array.from({ length: 100 }, () => store().transaction((tx) => tx.takePendingGrant(sid))),
    );
    expect(taken.filter((one) => one !== null)).toEqual([grant]);
    expect((await store().findSession(sid))?.pendingGrant).toBeNull();
  });

  test('an ended session gives no pending grant', async () => {
    const { sid } = await newSession({ pendingGrant: { singleUse: true, action: null, provenAt: now } });
    await store().transaction((tx) => tx.endSession(sid, 'signed_out', now));
    expect(await store().transaction((tx) => tx.takePendingGrant(sid))).toBeNull();
  });

  test('a given-up access token is remembered', async () => {
    const { sid } = await newSession();
    await store().transaction((tx) => tx.retireJti(sid, 'jti-7'));
    expect((await store().findSession(sid))?.retiredJti).toBe('jti-7');
  });

  test('what was read can be written to without changing what is kept', async () => {
    const { sid } = await newSession({ pendingGrant: { singleUse: true, action: null, provenAt: now } });
    const read = await store().findSession(sid);
    Object.assign(read ?? {}, { scope: 'everything' });
    Object.assign(read?.pendingGrant ?? {}, { action: 'transfer' });
    expect(await store().findSession(sid)).toMatchObject({ scope: 'user:basic', pendingGrant: { action: null } });
  });
}
