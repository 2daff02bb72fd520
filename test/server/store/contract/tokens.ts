import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import type { MfaTokenUse } from '../../../../src/server/store/stepUpRecords.js';
import { environmentId, idempotencyRecord, minute, newUser, now, tokenRecord, verificationRecord } from './records.js';

/** Threat: a proof for one action is spent twice, elsewhere, or by somebody else. */
export function tokenContract(store: () => Store) {
  const sid = 'sid-1';
  async function newToken(changes: Parameters<typeof tokenRecord>[1] = {}) {
    const token = tokenRecord(await newUser(store()), changes);
    await store().transaction((tx) => tx.createMfaToken(token));
    return token;
  }
  const use = (token: { hash: string; userId: string }, changes: Partial<MfaTokenUse> = {}) =>
    store().transaction((tx) =>
      tx.consumeMfaToken({
        hash: token.hash,
        userId: token.userId,
        sid,
        action: 'transfer',
        isStrict: false,
        payloadDigest: null,
        levels: ['factor'],
        needsSingleUse: false,
        now: now + 1,
        ...changes,
      }),
    );

  test('a single-use token is used once by a hundred callers', async () => {
    const token = await newToken();
    expect(await store().findMfaToken(token.hash)).toEqual(token);
    const used = await Promise.all(Array.from({ length: 100 }, () => use(token)));
    expect(used.filter((one) => one !== null)).toEqual([{ ...token, usedAt: now + 1 }]);
  });

  test('a persistent token is used again and again until it expires', async () => {
    const token = await newToken({ singleUse: false, expiresAt: now + 60 * minute });
    for (let count = 0; count < 3; count++) expect(await use(token)).not.toBeNull();
    expect(await use(token, { now: now + 60 * minute })).toBeNull();
  });

  test('a token is refused for another user, session or action, expired, revoked or unknown', async () => {
    const token = await newToken({ action: 'transfer' });
    const stranger = await newUser(store());
    expect(await use(token, { userId: stranger })).toBeNull();
    expect(await use(token, { sid: 'sid-2' })).toBeNull();
    expect(await use(token, { action: 'export' })).toBeNull();
    expect(await use(token, { now: token.expiresAt })).toBeNull();
    expect(await use({ ...token, hash: randomUUID() })).toBeNull();
    const revoked = await newToken();
    await store().transaction((tx) => tx.revokeMfaToken(revoked.id, now));
    expect(await use(revoked)).toBeNull();
    expect((await use(token, { isStrict: true }))?.id).toBe(token.id);
  });

  test('a strict action refuses a token that was bound to none', async () => {
    const token = await newToken();
    expect(await use(token, { isStrict: true })).toBeNull();
    expect(await use(token)).not.toBeNull();
  });

  test('a token earned for a payload is good for that payload alone, and one earned for none is not', async () => {
    const token = await newToken({ action: 'transfer', payloadDigest: 'five-to-bo' });
    expect(await use(token)).toBeNull();
    expect(await use(token, { payloadDigest: 'five-hundred-to-eve' })).toBeNull();
    expect(await use(token, { payloadDigest: '' })).toBeNull();
    const forNone = await newToken({ action: 'transfer' });
    expect(await use(forNone, { payloadDigest: 'five-to-bo' })).toBeNull();
    expect(await use(token, { payloadDigest: 'five-to-bo' })).toEqual({ ...token, usedAt: now + 1 });
    expect(await use(forNone)).not.toBeNull();
  });

  test('a token is accepted where the proof that earned it is strong enough', async () => {
    for (const acr of ['first_factor', 'recovery', 'factor', 'phr'] as const) {
      const token = await newToken({ acr });
      const others = (['first_factor', 'recovery', 'factor', 'phr'] as const).filter((level) => level !== acr);
      expect(await use(token, { levels: others })).toBeNull();
      expect(await use(token, { levels: [] })).toBeNull();
      expect((await use(token, { levels: ['phr', acr] }))?.acr).toBe(acr);
    }
  });

  test('an action that wants a single-use token refuses a persistent one', async () => {
    const persistent = await newToken({ singleUse: false });
    expect(await use(persistent, { needsSingleUse: true })).toBeNull();
    expect(await use(persistent)).not.toBeNull();
    const once = await newToken();
    expect(await use(once, { needsSingleUse: true })).not.toBeNull();
    expect(await use(once, { needsSingleUse: true })).toBeNull();
    expect(await use(once)).toBeNull();
  });

  test('a session has an unspent token while a single-use one of a real factor lives', async () => {
    const hasUnspent = (userId: string, changes: { sid?: string; now?: number } = {}) =>
      store().hasUnspentMfaToken({ userId, sid, now, ...changes });
    for (const acr of ['factor', 'phr'] as const) {
      const token = await newToken({ acr });
      expect(await hasUnspent(token.userId)).toBe(true);
      expect(await hasUnspent(token.userId, { sid: 'sid-2' })).toBe(false);
      expect(await hasUnspent(await newUser(store()))).toBe(false);
      expect(await hasUnspent(token.userId, { now: token.expiresAt })).toBe(false);
      await use(token, { levels: [acr] });
      expect(await hasUnspent(token.userId)).toBe(false);
    }
    for (const acr of ['first_factor', 'recovery'] as const) {
      expect(await hasUnspent((await newToken({ acr })).userId)).toBe(false);
    }
    expect(await hasUnspent((await newToken({ singleUse: false })).userId)).toBe(false);
    expect(await hasUnspent((await newToken({ revokedAt: now })).userId)).toBe(false);
  });

  test('revoking all spares the one minted in this transaction, and others keep theirs', async () => {
    const token = await newToken();
    const foreign = await newToken();
    const minted = tokenRecord(token.userId);
    const count = await store().transaction(async (tx) => {
      await tx.createMfaToken(minted);
      return tx.revokeMfaTokens(token.userId, minted.id, now);
    });
    expect(count).toBe(1);
    expect(await use(token)).toBeNull();
    expect(await use(minted)).not.toBeNull();
    expect(await use(foreign)).not.toBeNull();
    expect(await store().transaction((tx) => tx.revokeMfaTokens(token.userId, null, now))).toBe(1);
  });

  test('a kept answer is found until it expires, and its key is taken once', async () => {
    const record = idempotencyRecord({ mfaTokenId: 'token-0 token-1', elevatedId: 'elevated-1' });
    const keep = (at = now) => store().transaction((tx) => tx.createIdempotency(record, at));
    const kept = await Promise.all(Array.from({ length: 20 }, () => keep()));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await store().findIdempotency(record.keyHash, now)).toEqual(record);
    expect(await store().findIdempotency(record.keyHash, record.expiresAt)).toBeNull();
    const granted = { jti: 'jti-2', mfaTokenId: 'token-2 token-3', elevatedId: 'elevated-2' };
    await store().transaction((tx) => tx.updateIdempotency(record.keyHash, granted));
    const updated = { ...record, ...granted };
    expect(await store().findIdempotency(record.keyHash, now)).toEqual(updated);
    expect(await keep(record.expiresAt - 1)).toBe(false);
    expect(await keep(record.expiresAt)).toBe(true);
    expect(await store().findIdempotency(record.keyHash, now)).toEqual(record);
  });

  test('three sends in any ten minutes are allowed, the fourth is told when', async () => {
    const key = randomUUID();
    const send = (at: number) =>
      store().transaction((tx) => tx.countSend({ key, limit: 3, windowMs: 10 * minute, now: at }));
    expect(await send(now)).toEqual({ isAllowed: true, allowedAt: now });
    expect((await send(now + 9 * minute)).isAllowed).toBe(true);
    expect(await send(now + 9 * minute)).toEqual({ isAllowed: true, allowedAt: now + 10 * minute });
    expect(await send(now + 9 * minute)).toEqual({ isAllowed: false, allowedAt: now + 10 * minute });
    // One has left the window, two are still in it.
    expect((await send(now + 10 * minute)).isAllowed).toBe(true);
    expect(await send(now + 10 * minute)).toEqual({ isAllowed: false, allowedAt: now + 19 * minute });
  });

  test('of fifty sends at once three go out', async () => {
    const key = randomUUID();
    const sends = await Promise.all(
      Array.from({ length: 50 }, () =>
        store().transaction((tx) => tx.countSend({ key, limit: 3, windowMs: 10 * minute, now })),
      ),
    );
    expect(sends.filter(({ isAllowed }) => isAllowed)).toHaveLength(3);
  });

  test('an e-mail code has five tries and is completed once', async () => {
    const verification = verificationRecord();
    await store().transaction((tx) => tx.createEmailVerification(verification));
    expect(await store().findEmailVerification(environmentId, verification.id)).toEqual(verification);
    expect(await store().findEmailVerification(randomUUID(), verification.id)).toBeNull();
    const take = (environment = environmentId, at = now) =>
      store().transaction((tx) => tx.takeEmailTry(environment, verification.id, at));
    expect(await take(randomUUID())).toBeNull();
    expect(await take(environmentId, verification.expiresAt)).toBeNull();
    const tries = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(tries.flatMap((one) => one?.tries ?? []).sort()).toEqual([1, 2, 3, 4, 5]);
    const complete = () => store().transaction((tx) => tx.completeEmailVerification(verification.id, now));
    const completed = await Promise.all(Array.from({ length: 20 }, complete));
    expect(completed.filter(Boolean)).toHaveLength(1);
  });

  test('a completed e-mail code gives no more tries', async () => {
    const verification = verificationRecord();
    await store().transaction(async (tx) => {
      await tx.createEmailVerification(verification);
      expect(await tx.completeEmailVerification(verification.id, now)).toBe(true);
      expect(await tx.takeEmailTry(environmentId, verification.id, now)).toBeNull();
    });
  });
}
