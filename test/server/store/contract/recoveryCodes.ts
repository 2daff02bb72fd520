import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import { day, newRecoverySet, newUser, now, setRecord } from './records.js';

/** Threat: a recovery code works twice, for another user, or after its set was replaced. */
export function recoveryCodeContract(store: () => Store) {
  const consume = (userId: string, setId: string, codeHash: string) =>
    store().transaction((tx) => tx.consumeRecoveryCode({ userId, setId, codeHash, sid: 'sid-1', now: now + 1 }));
  const acknowledge = (userId: string, setId: string, at = now + 1) =>
    store().transaction((tx) => tx.acknowledgeRecoverySet(userId, setId, at));

  test('a first set is live and pending at once', async () => {
    const userId = await newUser(store());
    const none = await store().findRecoverySets(userId, now);
    expect(none).toEqual({ live: null, pending: null, left: 0 });
    const { set } = await newRecoverySet(store(), userId);
    expect(await store().findRecoverySets(userId, now)).toEqual({ live: set, pending: set, left: 10 });
    expect((await store().findRecoverySets(userId, now + day)).pending).toBeNull();
  });

  test('a code is used once by a hundred callers and the other nine stay', async () => {
    const userId = await newUser(store());
    const { set, hash } = await newRecoverySet(store(), userId);
    const used = await Promise.all(Array.from({ length: 100 }, () => consume(userId, set.id, hash)));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect((await store().findRecoverySets(userId, now)).left).toBe(9);
  });

  test("a stranger's unused code is refused, whoever's set is named", async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const mine = await newRecoverySet(store(), userId);
    const theirs = await newRecoverySet(store(), stranger);
    expect(await consume(userId, mine.set.id, theirs.hash)).toBe(false);
    expect(await consume(userId, theirs.set.id, theirs.hash)).toBe(false);
    expect(await consume(stranger, mine.set.id, theirs.hash)).toBe(false);
    expect(await consume(userId, mine.set.id, randomUUID())).toBe(false);
    expect(await consume(stranger, theirs.set.id, theirs.hash)).toBe(true);
  });

  test('a set beside the live one takes its place only when acknowledged, and its text goes with it', async () => {
    const userId = await newUser(store());
    const old = await newRecoverySet(store(), userId, { sealed: null, acknowledgedAt: now });
    const next = await newRecoverySet(store(), userId, { isLive: false });
    expect(await store().findRecoverySets(userId, now)).toEqual({ live: old.set, pending: next.set, left: 10 });
    expect(await consume(userId, next.set.id, next.hash)).toBe(false);
    expect(await consume(userId, old.set.id, old.hash)).toBe(true);

    expect(await acknowledge(userId, next.set.id)).toBe(true);
    expect(await acknowledge(userId, next.set.id)).toBe(false);
    const live = { ...next.set, isLive: true, sealed: null, acknowledgedAt: now + 1 };
    expect(await store().findRecoverySets(userId, now)).toEqual({ live, pending: null, left: 10 });
    expect(await consume(userId, old.set.id, old.hashes[1] ?? '')).toBe(false);
    expect(await consume(userId, next.set.id, next.hash)).toBe(true);
  });

  test('acknowledging a first set keeps it live and drops its text', async () => {
    const userId = await newUser(store());
    const { set, hash } = await newRecoverySet(store(), userId);
    expect(await acknowledge(userId, set.id)).toBe(true);
    const sets = await store().findRecoverySets(userId, now);
    expect(sets).toEqual({ live: { ...set, sealed: null, acknowledgedAt: now + 1 }, pending: null, left: 10 });
    expect(await consume(userId, set.id, hash)).toBe(true);
  });

  test('a set is not acknowledged by a stranger, nor after 24 hours', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const live = await newRecoverySet(store(), userId, { sealed: null });
    const next = await newRecoverySet(store(), userId, { isLive: false });
    expect(await acknowledge(stranger, next.set.id)).toBe(false);
    expect(await acknowledge(userId, next.set.id, now + day)).toBe(false);
    expect(await acknowledge(userId, live.set.id)).toBe(false);
    expect((await store().findRecoverySets(userId, now)).live).toEqual(live.set);
  });

  test('a newer set that is not live replaces the one that waited', async () => {
    const userId = await newUser(store());
    await newRecoverySet(store(), userId);
    const first = await newRecoverySet(store(), userId, { isLive: false });
    const second = await newRecoverySet(store(), userId, { isLive: false });
    expect((await store().findRecoverySets(userId, now)).pending).toEqual(second.set);
    expect(await acknowledge(userId, first.set.id)).toBe(false);
  });

  test('a second live set is refused', async () => {
    const userId = await newUser(store());
    await newRecoverySet(store(), userId);
    await expect(store().transaction((tx) => tx.createRecoverySet(setRecord(userId), []))).rejects.toThrow();
  });

  test('a set stored under other keys keeps what was used and what was not, and touches no other', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const { set, hashes, hash } = await newRecoverySet(store(), userId, {}, 3);
    const foreign = await newRecoverySet(store(), stranger, {}, 1);
    await consume(userId, set.id, hash);
    const codeHashes = [...hashes, foreign.hash].map((from) => ({ from, to: `${from}-2` }));
    const resealed = { setId: set.id, pepperId: 'p2', sealed: 'v1.k2.codes', codeHashes };
    await store().transaction((tx) => tx.resealRecoverySet({ ...resealed, userId: stranger }));
    expect((await store().findRecoverySets(userId, now)).live).toEqual(set);
    await store().transaction((tx) => tx.resealRecoverySet({ ...resealed, userId }));

    const { live, left } = await store().findRecoverySets(userId, now);
    expect({ live, left }).toEqual({ live: { ...set, pepperId: 'p2', sealed: 'v1.k2.codes' }, left: 2 });
    const listed = (await store().listRecoveryCodes(userId)).map(({ setId, codeHash }) => `${setId} ${codeHash}`);
    expect(listed.sort()).toEqual(hashes.map((one) => `${set.id} ${one}-2`).sort());
    expect(await consume(userId, set.id, `${hash}-2`)).toBe(false);
    expect(await consume(userId, set.id, hashes[1] ?? '')).toBe(false);
    expect(await consume(userId, set.id, `${hashes[1]}-2`)).toBe(true);
    expect(await consume(stranger, foreign.set.id, foreign.hash)).toBe(true);
  });

  test('deleting sets takes their codes along', async () => {
    const userId = await newUser(store());
    const live = await newRecoverySet(store(), userId);
    const next = await newRecoverySet(store(), userId, { isLive: false });
    await store().transaction((tx) => tx.deleteRecoverySets(userId, next.set.id));
    expect(await store().findRecoverySets(userId, now)).toEqual({ live: live.set, pending: live.set, left: 10 });
    await store().transaction((tx) => tx.deleteRecoverySets(userId));
    expect(await store().findRecoverySets(userId, now)).toEqual({ live: null, pending: null, left: 0 });
    expect(await consume(userId, live.set.id, live.hash)).toBe(false);
  });

  test('a use that races the swap of sets never leaves both valid', async () => {
    const trials = process.env.MFA_SOAK ? 200 : 20;
    for (let trial = 0; trial < trials; trial++) {
      const userId = await newUser(store());
      const old = await newRecoverySet(store(), userId, { sealed: null }, 2);
      const next = await newRecoverySet(store(), userId, { isLive: false }, 2);
      await Promise.all([consume(userId, old.set.id, old.hash), acknowledge(userId, next.set.id)]);
      const both = [
        await consume(userId, old.set.id, old.hashes[1] ?? ''),
        await consume(userId, next.set.id, next.hash),
      ];
      expect(both).toEqual([false, true]);
    }
  });
}
