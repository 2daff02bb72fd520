/** What an application leaves for a user to do, such as a reshare after a delegate was approved. */
import { tidySummary } from './approvals.js';
import type { Core } from './core.js';
import { randomUuid } from './crypto.js';
import { refuse } from './refusals.js';
import { readBody, waitingAction } from './schema.js';

/** Something the user still has to do. */
export interface LeftAction {
  id: string;
  action: string;
  subject: string | null;
  summary: string | null;
  /** Unix milliseconds. */
  createdAt: number;
}

/** The application's side of what waits for its users. Nothing here checks who is asking: call it from code that has. */
export interface MfaWaiting {
  /**
   * Leaves an action for the user, who is told of it at the next sign-in. Resolves to its id: the same action on the same
   * subject waits once, and its summary is renewed. Rejects with code `not_found` for an unknown user, `invalid_request` for
   * a name longer than 100 characters or a subject longer than 200.
   */
  leave(userId: string, waiting: { action: string; subject?: string; summary?: string }): Promise<string>;
  /** Oldest first. */
  list(userId: string): Promise<LeftAction[]>;
  /** Takes it away, once it is done or no longer wanted. False when it was settled before. */
  settle(userId: string, id: string): Promise<boolean>;
}

export const createWaiting = ({ store, environmentId, clock }: Core): MfaWaiting => ({
  async leave(userId, waiting) {
    const { action, subject = null, summary } = readBody(waitingAction, waiting);
    if (!(await store.findUser(environmentId, userId))) throw refuse('not_found');
    return store.transaction(async (tx) => {
      await tx.lockUser(userId);
      const left = { userId, environmentId, action, subject, summary: tidySummary(summary) };
      return tx.leaveWaitingAction({ ...left, id: randomUuid(), createdAt: clock() });
    });
  },
  async list(userId) {
    const waiting = await store.listWaitingActions(userId);
    return waiting.map(({ userId: _owner, environmentId: _environment, ...left }) => left);
  },
  settle: (userId, id) => store.transaction((tx) => tx.settleWaitingAction(userId, id)),
});
