/** Elevated access tokens: a single-use one is used in one conditional statement. */
import { parseScope } from '../../../wire/scopes.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { ElevatedTokenRecord } from '../stepUpRecords.js';
import { bit, first, type SqlConnection } from './connection.js';

const elevatedColumns = [
  'id',
  'user_id as userId',
  'sid',
  'scopes',
  'single_use as singleUse',
  'acr',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
  'revoked_at as revokedAt',
] as const;

type ElevatedReads = Pick<StoreReads, 'findElevatedToken' | 'hasLiveElevatedToken'>;
type ElevatedWrites = Pick<
  StoreTransaction,
  'createElevatedToken' | 'consumeElevatedToken' | 'revokeElevatedToken' | 'revokeElevatedTokens'
>;

export function elevatedReads(db: SqlConnection): ElevatedReads {
  return {
    async findElevatedToken(id) {
      return toRecord(
        await first(db, db.build.selectFrom('mfa_elevated_token').select(elevatedColumns).where('id', '=', id)),
      );
    },
    async hasLiveElevatedToken({ userId, sid, scope, now }) {
      const live = db.build
        .selectFrom('mfa_elevated_token')
        .select('scopes')
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where(({ or, eb }) => or([eb('single_use', '=', 0), eb('used_at', 'is', null)]))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now);
      // A session has few; LIKE would take some characters of a scope for a pattern.
      return (await db.all(live)).some(({ scopes }) => parseScope(scopes).has(scope));
    },
  };
}

export function elevatedWrites(db: SqlConnection): ElevatedWrites {
  const unrevoked = (now: number) =>
    db.build.updateTable('mfa_elevated_token').set({ revoked_at: now }).where('revoked_at', 'is', null);

  return {
    async createElevatedToken(token) {
      await db.all(
        db.build.insertInto('mfa_elevated_token').values({
          id: token.id,
          user_id: token.userId,
          sid: token.sid,
          scopes: token.scopes,
          single_use: bit(token.singleUse),
          acr: token.acr,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          used_at: token.usedAt,
          revoked_at: token.revokedAt,
        }),
      );
    },
    async consumeElevatedToken({ id, userId, sid, now }) {
      const query = db.build
        .updateTable('mfa_elevated_token')
        .set({ used_at: now })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where(({ or, eb }) => or([eb('single_use', '=', 0), eb('used_at', 'is', null)]))
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now);
      return toRecord(await first(db, query.returning(elevatedColumns)));
    },
    async revokeElevatedToken(id, now) {
      await db.all(unrevoked(now).where('id', '=', id));
    },
    async revokeElevatedTokens(userId, exceptId, now) {
      const all = unrevoked(now).where('user_id', '=', userId).returning('id');
      return (await db.all(exceptId === null ? all : all.where('id', '!=', exceptId))).length;
    },
  };
}

type Row = Omit<ElevatedTokenRecord, 'singleUse'> & { singleUse: number };

function toRecord(row: Row | null): ElevatedTokenRecord | null {
  return row && { ...row, singleUse: row.singleUse === 1 };
}
