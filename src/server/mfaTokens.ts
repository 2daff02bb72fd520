/** MFA tokens: opaque proofs for an action, bound to user and session (security.md D5). */
import { settingOf } from './actions.js';
import { randomToken, sha256 } from './crypto.js';
import type { MfaPolicy } from './policy.js';
import type { SessionRecord } from './store/records.js';
import type { MfaTokenRecord } from './store/stepUpRecords.js';

const SINGLE_USE_MS = 120_000;
const PERSISTENT_MS = 3_600_000;

/** What one MFA token is to be good for. */
export interface TokenGrant {
  singleUse: boolean;
  action: string | null;
  payloadDigest: string | null;
}

/** How it was earned. */
type TokenProof = Pick<MfaTokenRecord, 'acr' | 'amr' | 'provenAt'>;

export interface NewMfaToken {
  /** Given to the client once, and kept nowhere. */
  token: string;
  record: MfaTokenRecord;
}

/** For an action, as long as its policy says; for any, as long as its kind may live. */
const lifetimeMs = ({ singleUse, action }: TokenGrant, policy: MfaPolicy): number => {
  const longest = singleUse ? SINGLE_USE_MS : PERSISTENT_MS;
  return action === null ? longest : Math.min(settingOf(policy, action).tokenExpirySeconds * 1000, longest);
};

/** What a session has proven last. */
const proofOfSession = ({ acr, amr, factorAt, authTime }: SessionRecord): TokenProof => ({
  acr,
  amr,
  provenAt: factorAt ?? authTime,
});

export const prepareMfaToken = async (
  session: SessionRecord,
  grant: TokenGrant,
  policy: MfaPolicy,
  now: number,
  { acr, amr, provenAt }: TokenProof = proofOfSession(session),
): Promise<NewMfaToken> => {
  const token = `mfa_${randomToken()}`;
  const hash = await sha256(token);
  const { singleUse, action, payloadDigest } = grant;
  return {
    token,
    record: {
      // Found by its hash alone, also when a lost answer is asked for again.
      id: hash,
      hash,
      userId: session.userId,
      sid: session.sid,
      action,
      singleUse,
      acr,
      amr,
      provenAt,
      payloadDigest,
      createdAt: now,
      expiresAt: Math.min(now + lifetimeMs(grant, policy), session.expiresAt),
      usedAt: null,
      revokedAt: null,
    },
  };
};
