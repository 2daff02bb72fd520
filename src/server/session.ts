/** Sessions: how they begin, what ends them, and how a proof moves them (security.md D5). */
import { isWaitingForMfaScope, JwtScope } from '../wire/scopes.js';
import { randomBytes, randomUuid, toBase64url } from './crypto.js';
import { type Refusal, refuse } from './refusals.js';
import type { Acr, SessionRecord } from './store/records.js';
import type { StoreReads, StoreTransaction } from './store/Store.js';

const ABSOLUTE_MS = 24 * 3_600_000;
const IDLE_MS = 3_600_000;
/** A session that waits for its second factor lives half an hour, used or not. */
const WAITING_MS = 30 * 60_000;
/** How exactly `lastSeenAt` is kept: writing it on every request would make every read a write. */
export const TOUCH_EVERY_MS = 60_000;

const newSid = (): string => toBase64url(randomBytes(32));

export const newSession = (input: {
  environmentId: string;
  userId: string;
  scope: string;
  /** When the first factor was proven, which may be before now. */
  firstFactorAt: number;
  credentialId: string | null;
  amr: string;
  now: number;
}): SessionRecord => {
  const isWaiting = isWaitingForMfaScope(input.scope);
  return {
    sid: newSid(),
    environmentId: input.environmentId,
    userId: input.userId,
    lineId: randomUuid(),
    scope: input.scope,
    createdAt: input.now,
    lastSeenAt: input.now,
    expiresAt: input.now + (isWaiting ? WAITING_MS : ABSOLUTE_MS),
    idleMs: isWaiting ? WAITING_MS : IDLE_MS,
    firstFactorAt: input.firstFactorAt,
    credentialId: input.credentialId,
    authTime: input.firstFactorAt,
    factorAt: null,
    acr: 'first_factor',
    amr: input.amr,
    endedAt: null,
    endReason: null,
    retiredJti: null,
    pendingGrant: null,
  };
};

/** Why a session no longer counts, or null while it does. */
const findSessionEnd = (session: SessionRecord | null, now: number): 'session_ended' | 'session_expired' | null => {
  if (!session || session.endedAt !== null) return 'session_ended';
  return now >= session.expiresAt || now - session.lastSeenAt > session.idleMs ? 'session_expired' : null;
};

/** The refusal for a session that no longer counts, or null while it does. */
export const refusalOfEnd = (session: SessionRecord | null, now: number): Refusal | null => {
  const end = findSessionEnd(session, now);
  // The one that came of the upgrade lies in the browser under the same name: a late answer must not take it away.
  return end && refuse(end, { keepsCookie: session?.endReason === 'upgraded' });
};

/** The session as it is now. Throws its refusal when it ended after the request was let in. */
export const demandLiveSession = async (
  store: Pick<StoreReads, 'findSession'>,
  sid: string,
  now: number,
): Promise<SessionRecord> => {
  const session = await store.findSession(sid);
  const refusal = refusalOfEnd(session, now);
  if (refusal || !session) throw refusal ?? refuse('session_ended');
  return session;
};

/** Thrown inside a transaction to undo it: the session ended between the check and the effect. */
export class SessionLostError extends Error {
  override name = 'SessionLostError';

  constructor(readonly refusal: Refusal = refuse('session_ended')) {
    super(refusal.code);
  }
}

/** What a session notes of a proof; RFC 8176 calls two proofs of different kinds `mfa`. */
export const proofOf = (session: SessionRecord, proof: { acr: Acr; amr: string; now: number }) => ({
  authTime: proof.now,
  factorAt: proof.now,
  acr: proof.acr,
  amr: [...new Set(`${session.amr} ${proof.amr} mfa`.split(' '))].filter(Boolean).join(' '),
});

/**
 * Lets a session go on with a factor proven: one that waited is replaced by a full one with a new id, and ends in the
 * same transaction; any other keeps its id.
 */
export const settleProof = async (
  tx: StoreTransaction,
  session: SessionRecord,
  proof: { acr: Acr; amr: string; now: number },
): Promise<{ session: SessionRecord; isUpgraded: boolean }> => {
  const proven = proofOf(session, proof);
  if (!isWaitingForMfaScope(session.scope)) {
    if (!(await tx.recordProof(session.sid, proven))) throw new SessionLostError();
    return { session: { ...session, ...proven }, isUpgraded: false };
  }
  if (!(await tx.endSession(session.sid, 'upgraded', proof.now))) throw new SessionLostError();
  const upgraded: SessionRecord = {
    ...session,
    ...proven,
    sid: newSid(),
    scope: JwtScope.Userbasic,
    lastSeenAt: proof.now,
    expiresAt: session.createdAt + ABSOLUTE_MS,
    idleMs: IDLE_MS,
    retiredJti: null,
    pendingGrant: null,
  };
  await tx.createSession(upgraded);
  return { session: upgraded, isUpgraded: true };
};
