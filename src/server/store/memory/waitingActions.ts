/** What waits for the user: the same action on the same subject once. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { type Tables, type Views, waitingKey } from './tables.js';

type WaitingWrites = Pick<StoreTransaction, 'leaveWaitingAction' | 'settleWaitingAction'>;

export function waitingReads(db: () => Views): Pick<StoreReads, 'listWaitingActions'> {
  return {
    async listWaitingActions(userId) {
      const waiting = db().waitingActions.of(userId);
      return waiting.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
  };
}

export function waitingWrites(db: () => Tables): WaitingWrites {
  return {
    async leaveWaitingAction(waiting) {
      const { waitingActions } = db();
      const known = waitingActions.get(waitingKey(waiting));
      if (known) waitingActions.put({ ...known, summary: waiting.summary });
      else waitingActions.insert(waiting);
      return known?.id ?? waiting.id;
    },
    async settleWaitingAction(userId, id) {
      const { waitingActions } = db();
      const waiting = waitingActions.of(userId).find((one) => one.id === id);
      return waiting !== undefined && waitingActions.delete(waitingKey(waiting));
    },
  };
}
