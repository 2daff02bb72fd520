/** What is kept of a success for a while, so that a lost answer can be asked for again (security.md D17). */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, hasRow, type SqlConnection } from './connection.js';

const idempotencyColumns = [
  'key_hash as keyHash',
  'body_mac as bodyMac',
  'old_sid as oldSid',
  'new_sid as newSid',
  'jti',
  'mfa_token_id as mfaTokenId',
  'elevated_id as elevatedId',
  'expires_at as expiresAt',
] as const;

export function idempotencyReads(db: SqlConnection): Pick<StoreReads, 'findIdempotency'> {
  return {
    async findIdempotency(keyHash, now) {
      const query = db.build.selectFrom('mfa_idempotency').select(idempotencyColumns).where('key_hash', '=', keyHash);
      return first(db, query.where('expires_at', '>', now));
    },
  };
}

export function idempotencyWrites(
  db: SqlConnection,
): Pick<StoreTransaction, 'createIdempotency' | 'updateIdempotency'> {
  return {
    async createIdempotency(record, now) {
      const row = {
        key_hash: record.keyHash,
        body_mac: record.bodyMac,
        old_sid: record.oldSid,
        new_sid: record.newSid,
        jti: record.jti,
        mfa_token_id: record.mfaTokenId,
        elevated_id: record.elevatedId,
        expires_at: record.expiresAt,
      };
      const query = db.build
        .insertInto('mfa_idempotency')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('key_hash').doUpdateSet(row).where('mfa_idempotency.expires_at', '<=', now),
        );
      return hasRow(db, query.returning('key_hash'));
    },
    async updateIdempotency(keyHash, { jti, mfaTokenId, elevatedId }) {
      const granted = { jti, mfa_token_id: mfaTokenId, elevated_id: elevatedId };
      await db.all(db.build.updateTable('mfa_idempotency').set(granted).where('key_hash', '=', keyHash));
    },
  };
}
