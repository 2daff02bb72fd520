/** Elevated access tokens: signed proofs for scopes, of which the database knows each by its `jti` (security.md D5). */
import { parseScope } from '../wire/scopes.js';
import { newJti } from './accessTokens.js';
import { sha256 } from './crypto.js';
import type { SigningKeys } from './signingKeys.js';
import type { Acr, SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';
import type { ElevatedTokenRecord } from './store/stepUpRecords.js';

/** Not a type that anything takes for an access token. */
const ELEVATED_TOKEN_TYPE = 'elevated+jwt';

/** What was asked for and may be had. */
export interface ElevatedGrant {
  /** Space-separated. */
  scopes: string;
  singleUse: boolean;
  lifetimeMs: number;
}

export interface NewElevatedToken {
  /** Given to the client once, and kept nowhere. */
  token: string;
  record: ElevatedTokenRecord;
}

export interface ElevatedTokens {
  sign(record: ElevatedTokenRecord, jti: string): Promise<string>;
  /** The `jti` of a token that is ours, or null; whose it is, and whether it is still good, its row says. */
  verify(token: string): Promise<string | null>;
}

export const createElevatedTokens = (input: { signing: SigningKeys; issuer: string }): ElevatedTokens => {
  const { signing, issuer } = input;
  const audience = `${issuer}/elevated`;
  return {
    sign: (record, jti) =>
      signing.sign(ELEVATED_TOKEN_TYPE, {
        iss: issuer,
        aud: audience,
        sub: record.userId,
        sid: record.sid,
        jti,
        iat: Math.floor(record.createdAt / 1000),
        exp: Math.floor(record.expiresAt / 1000),
        scope: record.scopes,
        singleUse: record.singleUse,
        acr: record.acr,
      }),
    async verify(token) {
      const claims = await signing.verify(ELEVATED_TOKEN_TYPE, token, { issuer, audience });
      return typeof claims?.jti === 'string' ? claims.jti : null;
    },
  };
};

export const prepareElevatedToken = async (
  tokens: ElevatedTokens,
  { userId, sid, expiresAt }: Pick<SessionRecord, 'userId' | 'sid' | 'expiresAt'>,
  { scopes, singleUse, lifetimeMs, acr }: ElevatedGrant & { acr: Acr },
  now: number,
): Promise<NewElevatedToken> => {
  const jti = newJti();
  const record: ElevatedTokenRecord = {
    id: await sha256(jti),
    userId,
    sid,
    scopes,
    singleUse,
    acr,
    createdAt: now,
    expiresAt: Math.min(now + lifetimeMs, expiresAt),
    usedAt: null,
    revokedAt: null,
  };
  return { token: await tokens.sign(record, jti), record };
};

/** Uses a token of this user and session, if its row has the scope and is otherwise what is asked for. */
export const spendElevatedToken = async (
  tx: StoreTransaction,
  tokens: ElevatedTokens,
  token: string,
  asked: { userId: string; sid: string; scope: string; now: number; accepts(record: ElevatedTokenRecord): boolean },
): Promise<ElevatedTokenRecord | null> => {
  const { userId, sid, now } = asked;
  const jti = await tokens.verify(token);
  if (jti === null) return null;
  const id = await sha256(jti);
  const record = await tx.findElevatedToken(id);
  if (!record || !parseScope(record.scopes).has(asked.scope) || !asked.accepts(record)) return null;
  return tx.consumeElevatedToken({ id, userId, sid, now });
};
