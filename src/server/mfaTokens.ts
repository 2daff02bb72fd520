/** MFA tokens: opaque proofs for an action, bound to user and session (security.md D5). */
import type { CreateMfaToken } from '../wire/actions.js';
import { randomToken, sha256 } from './crypto.js';
import type { MfaPolicy } from './policy.js';
import type { MfaTokenRecord, SessionRecord } from './store/records.js';

const SINGLE_USE_MS = 120_000;
const PERSISTENT_MS = 3_600_000;

export interface TokenGrant extends CreateMfaToken {
  action: string | null;
}

export interface NewMfaToken {
  /** Given to the client once, and kept nowhere. */
  token: string;
  record: MfaTokenRecord;
}

export const prepareMfaToken = async (
  session: SessionRecord,
  grant: TokenGrant,
  policy: MfaPolicy,
  now: number,
): Promise<NewMfaToken> => {
  const token = `mfa_${randomToken()}`;
  const setting = policy.actions.find(({ action }) => action === grant.action);
  const wantedMs = setting?.tokenExpirySeconds === undefined ? null : setting.tokenExpirySeconds * 1000;
  const longestMs = grant.singleUse ? SINGLE_USE_MS : PERSISTENT_MS;
  const hash = await sha256(token);
  return {
    token,
    record: {
      // Found by its hash alone, also when a lost answer is asked for again.
      id: hash,
      hash,
      userId: session.userId,
      sid: session.sid,
      action: grant.action,
      singleUse: grant.singleUse,
      createdAt: now,
      expiresAt: Math.min(now + Math.min(wantedMs ?? longestMs, longestMs), session.expiresAt),
      usedAt: null,
      revokedAt: null,
    },
  };
};
