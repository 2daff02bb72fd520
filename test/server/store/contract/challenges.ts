import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ChallengeRecord } from '../../../../src/server/store/records.js';
import type { Store, StoreTransaction } from '../../../../src/server/store/Store.js';
import { challengeRecord, newUser, now } from './records.js';

const limit = 5;

/** Threat: an answer to a challenge is given twice, elsewhere, by somebody else or too late (S-40, S-45). */
export function challengeContract(store: () => Store) {
  type Take = Parameters<StoreTransaction['takeChallenge']>[0];
  const take = (challenge: ChallengeRecord, changes: Partial<Take> = {}) => {
    const { hash, environmentId, purpose, userId, sid } = challenge;
    const input = { hash, environmentId, purpose, userId, sid, now, ...changes };
    return store().transaction((tx) => tx.takeChallenge(input));
  };

  async function newChallenge(userId: string, changes: Partial<ChallengeRecord> = {}) {
    const challenge = challengeRecord(userId, { sid: randomUUID(), ...changes });
    await store().transaction((tx) => tx.createChallenge(challenge, limit));
    return challenge;
  }

  /** Which of them can still be taken; takes them. */
  async function takeEach(challenges: readonly ChallengeRecord[]): Promise<boolean[]> {
    const taken: boolean[] = [];
    for (const challenge of challenges) taken.push((await take(challenge)) !== null);
    return taken;
  }

  test('a challenge comes back as it was made, once', async () => {
    const challenge = await newChallenge(await newUser(store()), { requiresUserVerification: false });
    expect(await take(challenge)).toEqual(challenge);
    expect(await take(challenge)).toBeNull();
  });

  test('a challenge is taken once by 1,000 callers at once', async () => {
    const challenge = await newChallenge(await newUser(store()));
    const taken = await Promise.all(Array.from({ length: 1000 }, () => take(challenge)));
    expect(taken.filter((one) => one !== null)).toEqual([challenge]);
  });

  test('a challenge is refused for another purpose, user, session, environment or hash, and when it has expired', async () => {
    const challenge = await newChallenge(await newUser(store()));
    expect(await take(challenge, { purpose: 'register' })).toBeNull();
    expect(await take(challenge, { purpose: 'sign_in' })).toBeNull();
    expect(await take(challenge, { userId: await newUser(store()) })).toBeNull();
    expect(await take(challenge, { userId: '' })).toBeNull();
    expect(await take(challenge, { sid: randomUUID() })).toBeNull();
    expect(await take(challenge, { sid: '' })).toBeNull();
    expect(await take(challenge, { environmentId: randomUUID() })).toBeNull();
    expect(await take(challenge, { hash: randomUUID() })).toBeNull();
    expect(await take(challenge, { now: challenge.expiresAt })).toBeNull();
    // None of these has used it up.
    expect(await take(challenge, { now: challenge.expiresAt - 1 })).toEqual(challenge);
  });

  test('a challenge of a sign-in belongs to nobody, and is no proof of anybody', async () => {
    const challenge = await newChallenge('', { purpose: 'sign_in', sid: '' });
    expect(await take(challenge, { userId: await newUser(store()) })).toBeNull();
    expect(await take(challenge, { purpose: 'authenticate' })).toBeNull();
    expect(await take(challenge)).toEqual(challenge);
  });

  test('the sixth challenge of a session drops the oldest', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    const others = [await newChallenge(userId, { createdAt: now - 1 }), await newChallenge('', { sid: '' })];
    const challenges: ChallengeRecord[] = [];
    for (let count = 0; count < 6; count++) {
      const purpose = count % 2 ? 'register' : 'authenticate';
      challenges.push(await newChallenge(userId, { sid, purpose, createdAt: now + count }));
    }
    expect(await takeEach(challenges)).toEqual([false, true, true, true, true, true]);
    // Those of another session, and of nobody, do not count.
    expect(await takeEach(others)).toEqual([true, true]);
  });

  test('the newest challenge of a session stays even where the clock was set back', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    for (let count = 0; count < 5; count++) await newChallenge(userId, { sid, createdAt: now + count });
    const newest = await newChallenge(userId, { sid, createdAt: now - 1 });
    expect(await take(newest)).toEqual(newest);
  });

  test('a sign-in does not push the challenge of another one aside', async () => {
    const challenges: ChallengeRecord[] = [];
    for (let count = 0; count < 7; count++) challenges.push(await newChallenge('', { purpose: 'sign_in', sid: '' }));
    expect(await takeEach(challenges)).toEqual(Array(7).fill(true));
  });

  test('of fifty challenges of a session begun at once under the user lock five are left', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    const challenges = Array.from({ length: 50 }, () => challengeRecord(userId, { sid }));
    await Promise.all(
      challenges.map((challenge) =>
        store().transaction(async (tx) => {
          await tx.lockUser(userId);
          await tx.createChallenge(challenge, limit);
        }),
      ),
    );
    expect((await takeEach(challenges)).filter(Boolean)).toHaveLength(limit);
  });
}
