/** MFA tokens: a single-use one is used once. */

import type { StoreReads, StoreTransaction } from '../Store.js';
import type { MfaTokenRecord } from '../stepUpRecords.js';
import type { Tables, Views } from './tables.js';

type TokenWrites = Pick<StoreTransaction, 'createMfaToken' | 'consumeMfaToken' | 'revokeMfaToken' | 'revokeMfaTokens'>;

export function tokenReads(db: () => Views): Pick<StoreReads, 'findMfaToken' | 'hasUnspentMfaToken'> {
  return {
    async findMfaToken(hash) {
      return db().mfaTokens.get(hash) ?? null;
    },
    async hasUnspentMfaToken({ userId, sid, now }) {
      const isEarnedByFactor = ({ acr }: MfaTokenRecord) => acr === 'factor' || acr === 'phr';
      const isUnspent = (token: MfaTokenRecord) => token.singleUse && token.usedAt === null;
      const isLive = ({ revokedAt, expiresAt }: MfaTokenRecord) => revokedAt === null && expiresAt > now;
      const ofSession = db()
        .mfaTokens.of(userId)
        .filter((token) => token.sid === sid);
      return ofSession.some((token) => isEarnedByFactor(token) && isUnspent(token) && isLive(token));
    },
  };
}

export function tokenWrites(db: () => Tables): TokenWrites {
  return {
    async createMfaToken(token) {
      db().mfaTokens.insert(token);
    },
    async consumeMfaToken({ hash, userId, sid, action, isStrict, payloadDigest, levels, needsSingleUse, now }) {
      const { mfaTokens } = db();
      const token = mfaTokens.get(hash);
      if (token?.userId !== userId || token.sid !== sid) return null;
      if (token.action !== action && (isStrict || token.action !== null)) return null;
      if (token.payloadDigest !== payloadDigest || !levels.includes(token.acr)) return null;
      if (token.singleUse ? token.usedAt !== null : needsSingleUse) return null;
      if (token.revokedAt !== null || token.expiresAt <= now) return null;
      const used = { ...token, usedAt: now };
      mfaTokens.put(used);
      return used;
    },
    async revokeMfaToken(id, now) {
      const { mfaTokens } = db();
      const token = mfaTokens.all().find((one) => one.id === id);
      if (token?.revokedAt === null) mfaTokens.put({ ...token, revokedAt: now });
    },
    async revokeMfaTokens(userId, exceptId, now) {
      const { mfaTokens } = db();
      const live = mfaTokens.of(userId).filter(({ id, revokedAt }) => id !== exceptId && revokedAt === null);
      for (const token of live) mfaTokens.put({ ...token, revokedAt: now });
      return live.length;
    },
  };
}
