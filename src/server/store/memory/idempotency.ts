/** What is kept of a success for a while, so that a lost answer can be asked for again (security.md D17). */
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

export function idempotencyReads(db: () => Views): Pick<StoreReads, 'findIdempotency'> {
  return {
    async findIdempotency(keyHash, now) {
      const record = db().idempotency.get(keyHash);
      return record && record.expiresAt > now ? record : null;
    },
  };
}

export function idempotencyWrites(db: () => Tables): Pick<StoreTransaction, 'createIdempotency' | 'updateIdempotency'> {
  return {
    async createIdempotency(record, now) {
      const { idempotency } = db();
      const known = idempotency.get(record.keyHash);
      if (known && known.expiresAt > now) return false;
      idempotency.put(record);
      return true;
    },
    async updateIdempotency(keyHash, { jti, mfaTokenId, elevatedId }) {
      const { idempotency } = db();
      const record = idempotency.get(keyHash);
      if (record) idempotency.put({ ...record, jti, mfaTokenId, elevatedId });
    },
  };
}
