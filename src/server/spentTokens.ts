/** Uses the token that came with a protected request: an MFA token, or an elevated access token (security.md D1, D5). */
import { ELEVATED_TOKEN_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import { type ActionSetting, levelsFrom, reaches } from './actions.js';
import type { Core } from './core.js';
import { sha256 } from './crypto.js';
import { spendElevatedToken } from './elevatedTokens.js';
import type { GuardedRequest } from './guardedRequest.js';
import type { Acr, SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** Who proved themselves, and how. */
export interface MfaProof {
  userId: string;
  sessionId: string;
  /** Null where no proof was asked: the policy does not require one, or the user has no factor and need not have one. */
  factor: 'passkey' | 'totp' | 'recovery' | null;
  /** RFC 8176 values. */
  amr: string[];
  /** How strong the proof is: `phr` resists phishing. */
  acr: Acr;
  /** When it was given, unix milliseconds. */
  authTime: number;
}

/** What is asked of the proof. */
export interface ProtectedDemand {
  setting: ActionSetting;
  payloadDigest: string | null;
  maxAge: number | undefined;
}

/** A token that was good, and what it proves. */
export interface Used {
  tokenId: string;
  proof: MfaProof;
}

const isYoungEnough = (provenAt: number, { maxAge }: ProtectedDemand, now: number): boolean =>
  maxAge === undefined || now - provenAt <= maxAge * 1000;

export const spendMfaHeader = async (
  tx: StoreTransaction,
  request: GuardedRequest,
  { userId, sid }: SessionRecord,
  demand: ProtectedDemand,
  now: number,
): Promise<Used | null> => {
  const token = request.headers.get(MFA_TOKEN_HEADER);
  if (!token) return null;
  const { setting, payloadDigest } = demand;
  const hash = await sha256(token);
  if (demand.maxAge !== undefined) {
    // It never changes, so what was read holds when it is used.
    const found = await tx.findMfaToken(hash);
    if (!found || !isYoungEnough(found.provenAt, demand, now)) return null;
  }
  const used = await tx.consumeMfaToken({
    hash,
    userId,
    sid,
    action: setting.action,
    // A token that names no action was not given for one that resists phishing (D5).
    isStrict: setting.binding === 'strict' || setting.minLevel === 'phr',
    payloadDigest,
    levels: levelsFrom(setting.minLevel),
    needsSingleUse: setting.tokenBehavior === 'single_use',
    now,
  });
  if (!used) return null;
  const { id: tokenId, acr, amr, provenAt: authTime } = used;
  return { tokenId, proof: { userId, sessionId: sid, factor: factorOf(acr), amr: listAmr(amr), acr, authTime } };
};

/** An elevated access token names scopes: never one payload, and not one action where the policy wants that. */
export const spendElevatedHeader = async (
  tx: StoreTransaction,
  core: Core,
  request: GuardedRequest,
  session: SessionRecord,
  demand: ProtectedDemand,
  now: number,
): Promise<Used | null> => {
  const token = request.headers.get(ELEVATED_TOKEN_HEADER);
  const { setting, payloadDigest } = demand;
  const { scope, minLevel, tokenBehavior, binding } = setting;
  if (!token || scope === undefined || payloadDigest !== null || binding === 'strict') return null;
  const { userId, sid } = session;
  const used = await spendElevatedToken(tx, core.elevatedTokens, token, {
    userId,
    sid,
    scope,
    now,
    accepts: (record) =>
      reaches(record.acr, minLevel) &&
      (record.singleUse || tokenBehavior !== 'single_use') &&
      isYoungEnough(record.createdAt, demand, now),
  });
  if (!used) return null;
  const { id: tokenId, acr, createdAt: authTime } = used;
  return {
    tokenId,
    proof: { userId, sessionId: sid, factor: factorOf(acr), amr: listAmr(session.amr), acr, authTime },
  };
};

export const listAmr = (amr: string): string[] => amr.split(' ').filter(Boolean);

const factorOf = (acr: Acr): MfaProof['factor'] => {
  switch (acr) {
    case 'phr':
      return 'passkey';
    case 'factor':
      return 'totp';
    case 'recovery':
      return 'recovery';
    case 'first_factor':
      return null;
  }
};
