/** What waits for the user: the same action on the same subject once, by the database's own constraint. */
import { sql } from 'kysely';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, hasRow, type SqlConnection } from './connection.js';

const waitingColumns = [
  'id',
  'user_id as userId',
  'environment_id as environmentId',
  'action',
  'subject',
  'summary',
  'created_at as createdAt',
] as const;

type WaitingWrites = Pick<StoreTransaction, 'leaveWaitingAction' | 'settleWaitingAction'>;

export function waitingReads(db: SqlConnection): Pick<StoreReads, 'listWaitingActions'> {
  return {
    async listWaitingActions(userId) {
      const query = db.build.selectFrom('mfa_waiting_action').select(waitingColumns).where('user_id', '=', userId);
      return db.all(query.orderBy('created_at').orderBy('id'));
    },
  };
}

export function waitingWrites(db: SqlConnection): WaitingWrites {
  return {
    async leaveWaitingAction(waiting) {
      const { summary } = waiting;
      const query = db.build
        .insertInto('mfa_waiting_action')
        .values({
          id: waiting.id,
          user_id: waiting.userId,
          environment_id: waiting.environmentId,
          action: waiting.action,
          subject: waiting.subject,
          summary,
          created_at: waiting.createdAt,
        })
        // The expression is that of the unique index, word for word, or it would not be found.
        .onConflict((conflict) =>
          conflict.expression(sql`user_id, action, coalesce(subject, '')`).doUpdateSet({ summary }),
        );
      // Makes the row or changes it, and gives its id either way.
      const row = await first(db, query.returning('id'));
      if (!row) throw new Error('The database kept no waiting action.');
      return row.id;
    },
    async settleWaitingAction(userId, id) {
      const query = db.build.deleteFrom('mfa_waiting_action').where('id', '=', id).where('user_id', '=', userId);
      return hasRow(db, query.returning('id'));
    },
  };
}
