/** MFA tokens: a single-use one is used in one conditional statement. */
import type { MfaTokenRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { bit, first, type SqlConnection } from './connection.js';

const tokenColumns = [
  'id',
  'hash',
  'user_id as userId',
  'sid',
  'action',
  'single_use as singleUse',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
  'revoked_at as revokedAt',
] as const;

type TokenWrites = Pick<StoreTransaction, 'createMfaToken' | 'consumeMfaToken' | 'revokeMfaToken' | 'revokeMfaTokens'>;

export function tokenReads(db: SqlConnection): Pick<StoreReads, 'findMfaToken'> {
  return {
    async findMfaToken(hash) {
      return toRecord(await first(db, db.build.selectFrom('mfa_token').select(tokenColumns).where('hash', '=', hash)));
    },
  };
}

export function tokenWrites(db: SqlConnection): TokenWrites {
  return {
    async createMfaToken(token) {
      await db.all(
        db.build.insertInto('mfa_token').values({
          id: token.id,
          hash: token.hash,
          user_id: token.userId,
          sid: token.sid,
          action: token.action,
          single_use: bit(token.singleUse),
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          used_at: token.usedAt,
          revoked_at: token.revokedAt,
        }),
      );
    },
    async consumeMfaToken({ hash, userId, sid, action, isStrict, now }) {
      const query = db.build
        .updateTable('mfa_token')
        .set({ used_at: now })
        .where('hash', '=', hash)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where(({ or, eb }) =>
          isStrict ? eb('action', '=', action) : or([eb('action', '=', action), eb('action', 'is', null)]),
        )
        .where(({ or, eb }) => or([eb('single_use', '=', 0), eb('used_at', 'is', null)]))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now);
      return toRecord(await first(db, query.returning(tokenColumns)));
    },
    async revokeMfaToken(id, now) {
      await db.all(
        db.build.updateTable('mfa_token').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null),
      );
    },
    async revokeMfaTokens(userId, exceptId, now) {
      const all = db.build
        .updateTable('mfa_token')
        .set({ revoked_at: now })
        .where('user_id', '=', userId)
        .where('revoked_at', 'is', null)
        .returning('id');
      return (await db.all(exceptId === null ? all : all.where('id', '!=', exceptId))).length;
    },
  };
}

function toRecord(row: (Omit<MfaTokenRecord, 'singleUse'> & { singleUse: number }) | null): MfaTokenRecord | null {
  return row && { ...row, singleUse: row.singleUse === 1 };
}
