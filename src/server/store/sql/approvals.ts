/** Approvals asked for: each is taken once, and a session has few. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, type SqlConnection } from './connection.js';

const approvalColumns = [
  'id',
  'user_id as userId',
  'sid',
  'action',
  'payload_digest as payloadDigest',
  'summary',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const;

export function approvalReads(db: SqlConnection): Pick<StoreReads, 'findApproval'> {
  return {
    async findApproval({ id, userId, sid, now }) {
      const query = db.build
        .selectFrom('mfa_approval')
        .select(approvalColumns)
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where('expires_at', '>', now);
      return first(db, query);
    },
  };
}

export function approvalWrites(db: SqlConnection): Pick<StoreTransaction, 'createApproval' | 'takeApproval'> {
  return {
    async createApproval(approval, limit) {
      const newest = db.build
        .selectFrom('mfa_approval')
        .select('id')
        .where('user_id', '=', approval.userId)
        .where('sid', '=', approval.sid)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit - 1);
      // Before the new one is there: it stays even where the clock was set back.
      await db.all(
        db.build
          .deleteFrom('mfa_approval')
          .where('user_id', '=', approval.userId)
          .where('sid', '=', approval.sid)
          .where('id', 'not in', newest),
      );
      await db.all(
        db.build.insertInto('mfa_approval').values({
          id: approval.id,
          user_id: approval.userId,
          sid: approval.sid,
          action: approval.action,
          payload_digest: approval.payloadDigest,
          summary: approval.summary,
          created_at: approval.createdAt,
          expires_at: approval.expiresAt,
        }),
      );
    },
    async takeApproval({ id, userId, sid, now }) {
      const query = db.build
        .deleteFrom('mfa_approval')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where('expires_at', '>', now);
      return first(db, query.returning(approvalColumns));
    },
  };
}
