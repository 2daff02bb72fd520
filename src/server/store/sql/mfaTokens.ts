/** MFA tokens: a single-use one is used in one conditional statement. */
import type { Acr } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { MfaTokenRecord } from '../stepUpRecords.js';
import { bit, first, hasRow, type SqlConnection } from './connection.js';

const tokenColumns = [
  'id',
  'hash',
  'user_id as userId',
  'sid',
  'action',
  'single_use as singleUse',
  'acr',
  'amr',
  'proven_at as provenAt',
  'payload_digest as payloadDigest',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
  'revoked_at as revokedAt',
] as const;

/** What a row counts as whose release did not note how it was earned. */
const unknownLevel: Acr = 'recovery';

type TokenWrites = Pick<StoreTransaction, 'createMfaToken' | 'consumeMfaToken' | 'revokeMfaToken' | 'revokeMfaTokens'>;

export function tokenReads(db: SqlConnection): Pick<StoreReads, 'findMfaToken' | 'hasUnspentMfaToken'> {
  return {
    async findMfaToken(hash) {
      return toRecord(await first(db, db.build.selectFrom('mfa_token').select(tokenColumns).where('hash', '=', hash)));
    },
    async hasUnspentMfaToken({ userId, sid, now }) {
      const unspent = db.build
        .selectFrom('mfa_token')
        .select('id')
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where('single_use', '=', 1)
        .where('acr', 'in', ['factor', 'phr'])
        .where('used_at', 'is', null)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now);
      return hasRow(db, unspent.limit(1));
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
          acr: token.acr,
          amr: token.amr,
          proven_at: token.provenAt,
          payload_digest: token.payloadDigest,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          used_at: token.usedAt,
          revoked_at: token.revokedAt,
        }),
      );
    },
    async consumeMfaToken({ hash, userId, sid, action, isStrict, payloadDigest, levels, needsSingleUse, now }) {
      const query = db.build
        .updateTable('mfa_token')
        .set({ used_at: now })
        .where('hash', '=', hash)
        .where('user_id', '=', userId)
        .where('sid', '=', sid)
        .where(({ or, eb }) =>
          isStrict ? eb('action', '=', action) : or([eb('action', '=', action), eb('action', 'is', null)]),
        )
        .where('payload_digest', payloadDigest === null ? 'is' : '=', payloadDigest)
        .where(({ or, eb, fn, val }) => {
          const level = fn.coalesce('acr', val(unknownLevel));
          return or(levels.map((accepted) => eb(level, '=', accepted)));
        })
        .where(({ or, and, eb }) => {
          const isUnspent = and([eb('single_use', '=', 1), eb('used_at', 'is', null)]);
          return needsSingleUse ? isUnspent : or([eb('single_use', '=', 0), isUnspent]);
        })
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

type Row = Omit<MfaTokenRecord, 'singleUse' | 'acr' | 'amr' | 'provenAt'> & {
  singleUse: number;
  acr: Acr | null;
  amr: string | null;
  provenAt: number | null;
};

function toRecord(row: Row | null): MfaTokenRecord | null {
  if (!row) return null;
  const { acr, amr, provenAt } = row;
  return {
    ...row,
    singleUse: row.singleUse === 1,
    acr: acr ?? unknownLevel,
    amr: amr ?? '',
    provenAt: provenAt ?? row.createdAt,
  };
}
