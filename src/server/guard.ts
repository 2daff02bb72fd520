/** Who may do what: the scope rule (security.md D6) and the demand for a fresh proof (D9), in this one place. */
import type { ActionLevel } from '../wire/actions.js';
import type { ProofKind } from '../wire/errorCodes.js';
import { isFullyAuthenticatedScope, isWaitingForMfaScope, TokenScope } from '../wire/scopes.js';
import { FACTOR_CHANGE, reaches } from './actions.js';
import { appendAudit } from './audit.js';
import { auditOrigin, type Call, type SessionRoute, type SignedInCall } from './call.js';
import { sha256 } from './crypto.js';
import { spendElevatedToken } from './elevatedTokens.js';
import { type Refusal, refuse } from './refusals.js';
import { demandLiveSession } from './session.js';
import type { SessionRecord, UserRecord } from './store/records.js';
import type { StoreReads, StoreTransaction } from './store/Store.js';

/** For how long a proof is fresh. */
export const FRESH_MS = 300_000;

/** Refuses a session that has not come far enough for the route. A scope that is neither is refused everywhere. */
export const requireScope = (session: SessionRecord, access: SessionRoute['access']): void => {
  const isFull = isFullyAuthenticatedScope(session.scope);
  const isEnough = access === 'basic' ? isFull : isFull || isWaitingForMfaScope(session.scope);
  if (!isEnough) throw refuse('insufficient_scope');
};

/** What a proof must be for what is asked. */
export interface ProofDemand {
  /** Whether a recovery code counts as well. */
  isRecoveryEnough?: boolean;
  /** When what is asked was begun, for what takes a while: a proof that was fresh then is good to finish with. */
  begunAt?: number;
  /** Of the elevated access tokens that are as good. */
  scope?: TokenScope;
}

const isFresh = (provenAt: number | null, now: number, begunAt = now): boolean =>
  provenAt !== null && provenAt <= now && begunAt - provenAt <= FRESH_MS;

/** A factor proven in the last five minutes in this session; a recovery code only where it is enough. */
export const hasFreshFactor = (session: SessionRecord, now: number, demand: ProofDemand = {}): boolean =>
  isFresh(session.factorAt, now, demand.begunAt) && reaches(session.acr, levelOf(demand));

export const hasFreshFirstFactor = (session: SessionRecord, now: number, begunAt?: number): boolean =>
  isFresh(session.firstFactorAt, now, begunAt);

const levelOf = ({ isRecoveryEnough = false }: ProofDemand): ActionLevel => (isRecoveryEnough ? 'recovery' : 'factor');

export const demandFreshFirstFactor = (session: SessionRecord, now: number, begunAt?: number): void => {
  if (!hasFreshFirstFactor(session, now, begunAt)) throw firstFactorRequired();
};

const firstFactorRequired = (): Refusal =>
  refuse('elevated_access_token_required', { payload: { satisfiedBy: ['first_factor'] } });

/** Refuses with what would satisfy, unless a factor was proven just now or an unspent token for it is given. */
export const demandFreshFactor = async (
  tx: StoreTransaction,
  call: SignedInCall,
  demand: ProofDemand = {},
): Promise<void> => {
  // Read again: it may have ended since the request was let in.
  const session = await demandLiveSession(tx, call.session.sid, call.now);
  if (hasFreshFactor(session, call.now, demand)) return;
  if (await spendMfaToken(tx, call)) return;
  // One that a first factor earned was for enrolling the first factor.
  if (demand.scope && (await spendElevated(tx, call, demand.scope, 'factor'))) return;
  throw await elevationRequired(tx, call, levelOf(demand));
};

/**
 * Refuses beforehand what could not be proven, so that nobody computes or goes through a browser's sheet for nothing.
 * A token in the request is neither looked at nor spent: `demandFreshFactor` decides, in the transaction of the change.
 */
export const expectFreshFactor = async (call: SignedInCall, demand: ProofDemand = {}): Promise<void> => {
  if (call.mfaToken !== null || hasFreshFactor(call.session, call.now, demand)) return;
  if (demand.scope && call.elevatedToken !== null) return;
  throw await elevationRequired(call.core.store, call, levelOf(demand));
};

/** What this user really has to prove themselves with: strongest first. */
export const methodsOf = async (
  store: StoreReads,
  userId: string,
  minLevel: ActionLevel,
  now: number,
): Promise<ProofKind[]> => {
  const methods: ProofKind[] = [];
  if ((await store.listPasskeys(userId)).length > 0) methods.push('passkey');
  if (minLevel === 'phr') return methods;
  if ((await store.listTotpDevices(userId)).some(({ state }) => state === 'verified')) methods.push('totp');
  if (minLevel === 'recovery' && (await store.findRecoverySets(userId, now)).left > 0) methods.push('recovery');
  return methods;
};

/** The demand for a proof, with what would satisfy it. */
export const elevationRequired = async (
  store: StoreReads,
  { user, now }: Call & { user: UserRecord },
  minLevel: ActionLevel,
): Promise<Refusal> => {
  const satisfiedBy = await methodsOf(store, user.id, minLevel, now);
  return refuse('elevated_access_token_required', { payload: { satisfiedBy } });
};

const LINK = TokenScope.Credentiallink;

/**
 * Who may add a factor: the first one after a fresh sign-in or proving the first factor again, any other with a fresh proof
 * in a full session (D9).
 */
export const demandMayAddFactor = async (
  tx: StoreTransaction,
  call: SignedInCall,
  demand: ProofDemand = {},
): Promise<void> => {
  const session = await demandLiveSession(tx, call.session.sid, call.now);
  if (!(await tx.hasVerifiedFactor(call.user.id))) {
    if (hasFreshFirstFactor(session, call.now, demand.begunAt)) return;
    if (!(await spendElevated(tx, call, LINK, null))) throw firstFactorRequired();
    return;
  }
  // A session that waits may enrol the first factor and no other.
  requireScope(session, 'basic');
  await demandFreshFactor(tx, call, { ...demand, scope: LINK });
};

/** The same beforehand. Published clients bring their token only with what they made: here it is enough that there is one. */
export const expectMayAddFactor = async (call: SignedInCall, demand: ProofDemand = {}): Promise<void> => {
  const { core, session, user, now } = call;
  const { store } = core;
  const whose = { userId: user.id, sid: session.sid, now };
  if (!(await store.hasVerifiedFactor(user.id))) {
    if (call.elevatedToken !== null || hasFreshFirstFactor(session, now)) return;
    if (!(await store.hasLiveElevatedToken({ ...whose, scope: LINK }))) throw firstFactorRequired();
    return;
  }
  requireScope(session, 'basic');
  if (await store.hasLiveElevatedToken({ ...whose, scope: LINK })) return;
  if (await store.hasUnspentMfaToken(whose)) return;
  await expectFreshFactor(call, { ...demand, scope: LINK });
};

/** A single-use token that a factor earned. A persistent one is never spent, and would stand for a proof an hour old. */
const spendMfaToken = async (tx: StoreTransaction, call: SignedInCall): Promise<boolean> => {
  const { session, user, mfaToken, now } = call;
  if (mfaToken === null) return false;
  const used = await tx.consumeMfaToken({
    hash: await sha256(mfaToken),
    userId: user.id,
    sid: session.sid,
    action: FACTOR_CHANGE,
    isStrict: false,
    payloadDigest: null,
    levels: ['factor', 'phr'],
    needsSingleUse: true,
    now,
  });
  if (used) await appendAudit(tx, auditOrigin(call), user.id, 'token_used', { factorId: used.id });
  return used !== null;
};

/** `minLevel` null where there is no factor yet that could have earned it. */
const spendElevated = async (
  tx: StoreTransaction,
  call: SignedInCall,
  scope: TokenScope,
  minLevel: ActionLevel | null,
): Promise<boolean> => {
  const { core, session, user, elevatedToken, now } = call;
  if (elevatedToken === null) return false;
  const used = await spendElevatedToken(tx, core.elevatedTokens, elevatedToken, {
    userId: user.id,
    sid: session.sid,
    scope,
    now,
    accepts: ({ acr }) => minLevel === null || reaches(acr, minLevel),
  });
  if (used) await appendAudit(tx, auditOrigin(call), user.id, 'token_used', { factorId: used.id, reason: scope });
  return used !== null;
};
