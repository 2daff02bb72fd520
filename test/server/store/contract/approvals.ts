import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ApprovalKey, Store } from '../../../../src/server/store/Store.js';
import type { ApprovalRecord } from '../../../../src/server/store/stepUpRecords.js';
import { approvalRecord, newUser, now } from './records.js';

const limit = 20;

/** Threat: what was approved is approved twice, by another session, or something else is approved in its place. */
export function approvalContract(store: () => Store) {
  const keyOf = ({ id, userId, sid }: ApprovalRecord, changes: Partial<ApprovalKey> = {}): ApprovalKey => ({
    id,
    userId,
    sid,
    now,
    ...changes,
  });
  const take = (key: ApprovalKey) => store().transaction((tx) => tx.takeApproval(key));

  async function newApproval(userId: string, changes: Partial<ApprovalRecord> = {}) {
    const approval = approvalRecord(userId, { sid: randomUUID(), ...changes });
    await store().transaction((tx) => tx.createApproval(approval, limit));
    return approval;
  }

  /** Which of them are still there. */
  async function findEach(approvals: readonly ApprovalRecord[]): Promise<boolean[]> {
    const found: boolean[] = [];
    for (const approval of approvals) found.push((await store().findApproval(keyOf(approval))) !== null);
    return found;
  }

  test('an approval is found as it was made, as often as it is looked at, and taken once', async () => {
    const userId = await newUser(store());
    for (const changes of [{}, { payloadDigest: null, summary: null }]) {
      const approval = await newApproval(userId, changes);
      for (let count = 0; count < 2; count++) expect(await store().findApproval(keyOf(approval))).toEqual(approval);
      expect(await take(keyOf(approval))).toEqual(approval);
      expect(await store().findApproval(keyOf(approval))).toBeNull();
      expect(await take(keyOf(approval))).toBeNull();
    }
  });

  test('an approval is taken once by 1,000 callers at once', async () => {
    const approval = await newApproval(await newUser(store()));
    const taken = await Promise.all(Array.from({ length: 1000 }, () => take(keyOf(approval))));
    expect(taken.filter((one) => one !== null)).toEqual([approval]);
  });

  test('an approval is neither found nor taken for another user or session, by another id, or when it has expired', async () => {
    const approval = await newApproval(await newUser(store()));
    const wrong = [
      keyOf(approval, { userId: await newUser(store()) }),
      keyOf(approval, { sid: randomUUID() }),
      keyOf(approval, { id: randomUUID() }),
      keyOf(approval, { now: approval.expiresAt }),
    ];
    for (const key of wrong) {
      expect(await store().findApproval(key)).toBeNull();
      expect(await take(key)).toBeNull();
    }
    // None of these has used it up.
    const last = keyOf(approval, { now: approval.expiresAt - 1 });
    expect(await store().findApproval(last)).toEqual(approval);
    expect(await take(last)).toEqual(approval);
  });

  test('the twenty-first approval of a session drops the oldest', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    const elsewhere = await newApproval(userId, { createdAt: now - 1 });
    const approvals: ApprovalRecord[] = [];
    for (let count = 0; count < 21; count++) approvals.push(await newApproval(userId, { sid, createdAt: now + count }));
    expect(await findEach(approvals)).toEqual([false, ...Array(20).fill(true)]);
    // Those of another session do not count.
    expect(await findEach([elsewhere])).toEqual([true]);
  });

  test('the newest approval of a session stays even where the clock was set back', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    for (let count = 0; count < 20; count++) await newApproval(userId, { sid, createdAt: now + count });
    const newest = await newApproval(userId, { sid, createdAt: now - 1 });
    expect(await findEach([newest])).toEqual([true]);
  });

  test('of fifty approvals of a session asked for at once under the user lock twenty are left', async () => {
    const userId = await newUser(store());
    const sid = randomUUID();
    const approvals = Array.from({ length: 50 }, () => approvalRecord(userId, { sid }));
    await Promise.all(
      approvals.map((approval) =>
        store().transaction(async (tx) => {
          await tx.lockUser(userId);
          await tx.createApproval(approval, limit);
        }),
      ),
    );
    expect((await findEach(approvals)).filter(Boolean)).toHaveLength(limit);
  });
}
