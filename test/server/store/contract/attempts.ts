import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import { day, newUser, now } from './records.js';

/** Threat: somebody who knows the password guesses the second factor. */
export function attemptContract(store: () => Store) {
  const reserve = (userId: string, at: number) => store().reserveAttempt({ userId, factor: 'totp', now: at });
  const recordOf = async (userId: string) =>
    (await store().listAttempts(userId)).find(({ factor }) => factor === 'totp');
  const clear = (userId: string) => store().transaction((tx) => tx.clearAttempts({ userId, factor: 'totp' }));
  const refund = (userId: string, epoch = 0) =>
    store().transaction((tx) => tx.refundAttempt({ userId, factor: 'totp', epoch }));

  /** Fails as often as it may, each time as early as it may, and gives the time after. */
  async function failTimes(userId: string, times: number, from = now): Promise<number> {
    let at = from;
    for (let count = 0; count < times; count++) {
      expect((await reserve(userId, at)).isReserved).toBe(true);
      at = Math.max(at, (await recordOf(userId))?.nextAt ?? 0);
    }
    return at;
  }

  test('waits after failures are 0, 0, 0, 0, 30, 60 … 3600 seconds, to the millisecond', async () => {
    const userId = await newUser(store());
    let at = now;
    for (const seconds of [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]) {
      expect((await reserve(userId, at)).isReserved).toBe(true);
      const nextAt = at + seconds * 1000;
      if (seconds > 0) {
        expect(await reserve(userId, nextAt - 1)).toEqual({ isReserved: false, isSuspended: false, nextAt });
      }
      at = nextAt;
    }
  });

  test('of a hundred tries at once five are let through', async () => {
    const userId = await newUser(store());
    const tries = await Promise.all(Array.from({ length: 100 }, () => reserve(userId, now)));
    const fails = tries.flatMap((one) => (one.isReserved ? [one.fails] : [])).sort();
    expect(fails).toEqual([1, 2, 3, 4, 5]);
    expect(await recordOf(userId)).toEqual({
      userId,
      factor: 'totp',
      fails: 5,
      windowFails: 5,
      windowStartedAt: now,
      nextAt: now + 30_000,
      epoch: 0,
    });
  });

  test('the fiftieth failure suspends the factor, and time does not lift it', async () => {
    const userId = await newUser(store());
    const at = await failTimes(userId, 50);
    expect(await reserve(userId, at + 365 * day)).toMatchObject({ isReserved: false, isSuspended: true });
    expect((await recordOf(userId))?.fails).toBe(50);
  });

  test('the other factor is not touched by a suspension', async () => {
    const userId = await newUser(store());
    const at = await failTimes(userId, 50);
    const other = await store().reserveAttempt({ userId, factor: 'recovery', now: at });
    expect(other).toEqual({ isReserved: true, fails: 1, epoch: 0 });
  });

  test('three hundred failures in 30 days suspend it, although successes lie between', async () => {
    const userId = await newUser(store());
    // Four failures and a success: five slots taken, one given back.
    for (let round = 0; round < 74; round++) {
      await failTimes(userId, 5);
      await clear(userId);
    }
    expect((await recordOf(userId))?.windowFails).toBe(296);
    await failTimes(userId, 4);
    expect(await reserve(userId, now + day)).toMatchObject({ isReserved: false, isSuspended: true });
    expect(await reserve(userId, now + 31 * day)).toMatchObject({ isReserved: false, isSuspended: true });
  });

  test('after 30 days the count of the 30 days starts anew, the consecutive one goes on', async () => {
    const userId = await newUser(store());
    await failTimes(userId, 4);
    await reserve(userId, now + 30 * day - 1);
    expect(await recordOf(userId)).toMatchObject({ fails: 5, windowFails: 5, windowStartedAt: now });
    await reserve(userId, now + 31 * day);
    expect(await recordOf(userId)).toMatchObject({ fails: 6, windowFails: 1, windowStartedAt: now + 31 * day });
  });

  test('a success clears the consecutive count and gives its own slot of the 30 days back', async () => {
    const userId = await newUser(store());
    await failTimes(userId, 5);
    await clear(userId);
    expect(await recordOf(userId)).toMatchObject({ fails: 0, windowFails: 4, nextAt: 0, epoch: 1 });
    expect(await reserve(userId, now)).toEqual({ isReserved: true, fails: 1, epoch: 1 });
  });

  test('good codes alone cost nothing', async () => {
    const userId = await newUser(store());
    for (let round = 0; round < 10; round++) {
      await reserve(userId, now);
      await clear(userId);
    }
    expect(await recordOf(userId)).toMatchObject({ fails: 0, windowFails: 0 });
  });

  test('a refund gives the slot back and lifts the wait where fewer than five are left', async () => {
    const userId = await newUser(store());
    await failTimes(userId, 5);
    await refund(userId);
    expect(await recordOf(userId)).toMatchObject({ fails: 4, windowFails: 4, nextAt: 0 });
    expect(await reserve(userId, now)).toMatchObject({ isReserved: true, fails: 5 });
  });

  test('a refund that leaves five failures leaves their wait', async () => {
    const userId = await newUser(store());
    const at = await failTimes(userId, 6);
    await refund(userId);
    expect(await recordOf(userId)).toMatchObject({ fails: 5, windowFails: 5, nextAt: at });
    expect((await reserve(userId, at - 1)).isReserved).toBe(false);
  });

  test('refunds never go below zero', async () => {
    const userId = await newUser(store());
    await failTimes(userId, 1);
    await refund(userId);
    await refund(userId);
    expect(await recordOf(userId)).toMatchObject({ fails: 0, windowFails: 0, nextAt: 0 });
  });

  test('a refund across a success, or for somebody who never tried, changes nothing', async () => {
    const userId = await newUser(store());
    await refund(userId);
    expect(await recordOf(userId)).toBeUndefined();
    await failTimes(userId, 2);
    await clear(userId);
    await failTimes(userId, 2);
    await refund(userId, 0);
    expect(await recordOf(userId)).toMatchObject({ fails: 2, windowFails: 3, epoch: 1 });
    await refund(userId, 1);
    expect(await recordOf(userId)).toMatchObject({ fails: 1, windowFails: 2 });
  });

  test('a suspension is lifted once, and both counts start anew', async () => {
    const userId = await newUser(store());
    const at = await failTimes(userId, 50);
    const lift = () => store().transaction((tx) => tx.liftSuspension(userId, 'totp'));
    expect(await lift()).toBe(true);
    expect(await lift()).toBe(false);
    expect(await reserve(userId, at)).toEqual({ isReserved: true, fails: 1, epoch: 1 });
    expect(await recordOf(userId)).toMatchObject({ windowFails: 1, windowStartedAt: at });
  });

  test('a wait that is no suspension is not lifted', async () => {
    const userId = await newUser(store());
    await failTimes(userId, 5);
    expect(await store().transaction((tx) => tx.liftSuspension(userId, 'totp'))).toBe(false);
    expect((await reserve(userId, now)).isReserved).toBe(false);
  });

  test('a reservation outlives a transaction that throws', async () => {
    const userId = await newUser(store());
    await reserve(userId, now);
    await expect(
      store().transaction(async (tx) => {
        await tx.clearAttempts({ userId, factor: 'totp' });
        throw new Error('verification failed');
      }),
    ).rejects.toThrow('verification failed');
    expect(await recordOf(userId)).toMatchObject({ fails: 1, epoch: 0 });
  });
}
