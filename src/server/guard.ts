/** Who may do what: the scope rule (security.md D6) and the demand for a fresh proof (D9), in this one place. */
import type { ProofKind } from '../wire/errorCodes.js';
import { isFullyAuthenticatedScope, isWaitingForMfaScope } from '../wire/scopes.js';
import { appendAudit } from './audit.js';
import { auditOrigin, type SessionRoute, type SignedInCall } from './call.js';
import { sha256 } from './crypto.js';
import { refuse } from './refusals.js';
import { demandLiveSession } from './session.js';
import type { SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

const FRESH_MS = 300_000;

/** Refuses a session that has not come far enough for the route. A scope that is neither is refused everywhere. */
export const requireScope = (session: SessionRecord, access: SessionRoute['access']): void => {
  const isFull = isFullyAuthenticatedScope(session.scope);
  const isEnough = access === 'basic' ? isFull : isFull || isWaitingForMfaScope(session.scope);
  if (!isEnough) throw refuse('insufficient_scope');
};

const isFresh = (provenAt: number | null, now: number): boolean =>
  provenAt !== null && provenAt <= now && now - provenAt <= FRESH_MS;

const hasFreshFirstFactor = (session: SessionRecord, now: number): boolean => isFresh(session.firstFactorAt, now);

/** A factor proven in the last five minutes in this session; a recovery code only where it is enough. */
export const hasFreshFactor = (session: SessionRecord, now: number, isRecoveryEnough: boolean): boolean =>
  isFresh(session.factorAt, now) &&
  (session.acr === 'factor' || session.acr === 'phr' || (isRecoveryEnough && session.acr === 'recovery'));

export const demandFreshFirstFactor = (session: SessionRecord, now: number): void => {
  if (!hasFreshFirstFactor(session, now)) throw elevationRequired(['first_factor']);
};

/** Refuses with what would satisfy, unless a factor was proven just now or an unspent token for it is given. */
export const demandFreshFactor = async (
  tx: StoreTransaction,
  call: SignedInCall,
  { isRecoveryEnough = false } = {},
): Promise<void> => {
  // Read again: it may have ended since the request was let in.
  const session = await demandLiveSession(tx, call.session.sid, call.now);
  if (hasFreshFactor(session, call.now, isRecoveryEnough)) return;
  if (await spendToken(tx, { ...call, session })) return;
  throw elevationRequired(isRecoveryEnough ? ['totp', 'recovery'] : ['totp']);
};

export const elevationRequired = (satisfiedBy: ProofKind[]) =>
  refuse('elevated_access_token_required', { payload: { satisfiedBy } });

/** What a token must not be bound to anything else than, in order to change factors with it. */
const FACTOR_CHANGE = 'mfa.factors';

const spendToken = async (tx: StoreTransaction, call: SignedInCall): Promise<boolean> => {
  const { session, user, mfaToken, now } = call;
  if (mfaToken === null) return false;
  const hash = await sha256(mfaToken);
  const token = await tx.findMfaToken(hash);
  const isReal = session.acr === 'factor' || session.acr === 'phr';
  // A token does not say which factor earned it: only one minted since the session's last real proof is known to be one.
  const isEarnedByFactor = isReal && session.factorAt !== null && token !== null && token.createdAt >= session.factorAt;
  // A persistent one is never spent, and would stand for a proof that is an hour old.
  if (!token?.singleUse) return false;
  if (!isEarnedByFactor) return false;
  const used = await tx.consumeMfaToken({
    hash,
    userId: user.id,
    sid: session.sid,
    action: FACTOR_CHANGE,
    isStrict: false,
    now,
  });
  if (used) await appendAudit(tx, auditOrigin(call), user.id, 'token_used', { factorId: used.id });
  return used !== null;
};
