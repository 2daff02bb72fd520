/** Elevated access tokens: a single-use one is used once. */
import { parseScope } from '../../../wire/scopes.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { ElevatedTokenRecord } from '../stepUpRecords.js';
import type { Tables, Views } from './tables.js';

type ElevatedReads = Pick<StoreReads, 'findElevatedToken' | 'hasLiveElevatedToken'>;
type ElevatedWrites = Pick<
  StoreTransaction,
  'createElevatedToken' | 'consumeElevatedToken' | 'revokeElevatedToken' | 'revokeElevatedTokens'
>;

function isUsable(token: ElevatedTokenRecord, sid: string, now: number): boolean {
  const isSpent = token.singleUse && token.usedAt !== null;
  return token.sid === sid && !isSpent && token.revokedAt === null && token.expiresAt > now;
}

export function elevatedReads(db: () => Views): ElevatedReads {
  return {
    async findElevatedToken(id) {
      return db().elevatedTokens.get(id) ?? null;
    },
    async hasLiveElevatedToken({ userId, sid, scope, now }) {
      const live = db()
        .elevatedTokens.of(userId)
        .filter((token) => isUsable(token, sid, now));
      return live.some(({ scopes }) => parseScope(scopes).has(scope));
    },
  };
}

export function elevatedWrites(db: () => Tables): ElevatedWrites {
  return {
    async createElevatedToken(token) {
      db().elevatedTokens.insert(token);
    },
    async consumeElevatedToken({ id, userId, sid, now }) {
      const { elevatedTokens } = db();
      const token = elevatedTokens.get(id);
      if (token?.userId !== userId || !isUsable(token, sid, now)) return null;
      const used = { ...token, usedAt: now };
      elevatedTokens.put(used);
      return used;
    },
    async revokeElevatedToken(id, now) {
      const { elevatedTokens } = db();
      const token = elevatedTokens.get(id);
      if (token?.revokedAt === null) elevatedTokens.put({ ...token, revokedAt: now });
    },
    async revokeElevatedTokens(userId, exceptId, now) {
      const { elevatedTokens } = db();
      const live = elevatedTokens.of(userId).filter(({ id, revokedAt }) => id !== exceptId && revokedAt === null);
      for (const token of live) elevatedTokens.put({ ...token, revokedAt: now });
      return live.length;
    },
  };
}
