import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import type { WaitingActionRecord } from '../../../../src/server/store/stepUpRecords.js';
import { newUser, now, waitingRecord } from './records.js';

/** Threat: the user is asked for the same thing again and again, or what they still have to do is lost. */
export function waitingActionContract(store: () => Store) {
  const leave = (waiting: WaitingActionRecord) => store().transaction((tx) => tx.leaveWaitingAction(waiting));
  const settle = (userId: string, id: string) => store().transaction((tx) => tx.settleWaitingAction(userId, id));

  test('what waits comes back as it was left, oldest first, for its user alone', async () => {
    const userId = await newUser(store());
    const later = waitingRecord(userId, { summary: 'Bo may sign for you', createdAt: now + 1 });
    const first = waitingRecord(userId, { subject: null });
    for (const waiting of [later, first]) expect(await leave(waiting)).toBe(waiting.id);
    expect(await store().listWaitingActions(userId)).toEqual([first, later]);
    expect(await store().listWaitingActions(await newUser(store()))).toEqual([]);
  });

  test.each([
    ['on the same subject', 'wallet-1'],
    ['on none', null],
  ])('the same action %s, left by a hundred callers at once, waits once under one id', async (_on, subject) => {
    const userId = await newUser(store());
    const left = await Promise.all(
      Array.from({ length: 100 }, () => leave(waitingRecord(userId, { subject, id: randomUUID() }))),
    );
    const waiting = await store().listWaitingActions(userId);
    expect(waiting).toHaveLength(1);
    expect([...new Set(left)]).toEqual([waiting[0]?.id]);
  });

  test('left again, it says what was said last and keeps its place', async () => {
    const userId = await newUser(store());
    const waiting = waitingRecord(userId, { summary: 'Bo was added' });
    const again = waitingRecord(userId, { summary: 'Bo was removed', createdAt: now + 5 });
    await leave(waiting);
    expect(await leave(again)).toBe(waiting.id);
    expect(await store().listWaitingActions(userId)).toEqual([{ ...waiting, summary: 'Bo was removed' }]);
  });

  test('another action, another subject and another user wait for themselves', async () => {
    const userId = await newUser(store());
    const stranger = await newUser(store());
    const all = [
      waitingRecord(userId),
      waitingRecord(userId, { subject: 'wallet-2' }),
      waitingRecord(userId, { subject: null }),
      waitingRecord(userId, { action: 'wallet.waas.refresh' }),
      waitingRecord(stranger),
    ];
    for (const waiting of all) expect(await leave(waiting)).toBe(waiting.id);
    expect(await store().listWaitingActions(userId)).toHaveLength(4);
    expect(await store().listWaitingActions(stranger)).toHaveLength(1);
  });

  test('what waits is settled once by a hundred callers, by its user alone, and may wait again', async () => {
    const waiting = waitingRecord(await newUser(store()));
    await leave(waiting);
    expect(await settle(await newUser(store()), waiting.id)).toBe(false);
    expect(await settle(waiting.userId, randomUUID())).toBe(false);
    const settled = await Promise.all(Array.from({ length: 100 }, () => settle(waiting.userId, waiting.id)));
    expect(settled.filter(Boolean)).toHaveLength(1);
    expect(await store().listWaitingActions(waiting.userId)).toEqual([]);
    expect(await leave(waiting)).toBe(waiting.id);
  });
}
