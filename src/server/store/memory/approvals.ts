/** Approvals asked for: each is taken once, and a session has few. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

export function approvalReads(db: () => Views): Pick<StoreReads, 'findApproval'> {
  return {
    async findApproval({ id, userId, sid, now }) {
      const approval = db().approvals.get(id);
      return approval?.userId === userId && approval.sid === sid && approval.expiresAt > now ? approval : null;
    },
  };
}

export function approvalWrites(db: () => Tables): Pick<StoreTransaction, 'createApproval' | 'takeApproval'> {
  const reads = approvalReads(db);

  return {
    async createApproval(approval, limit) {
      const { approvals } = db();
      const others = approvals.of(approval.userId).filter(({ sid }) => sid === approval.sid);
      others.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
      // Before the new one is there: it stays even where the clock was set back.
      for (const { id } of others.slice(limit - 1)) approvals.delete(id);
      approvals.insert(approval);
    },
    async takeApproval(input) {
      const approval = await reads.findApproval(input);
      return approval && db().approvals.delete(approval.id) ? approval : null;
    },
  };
}
