/** What a proof leads to: its effects in one transaction, and the record of a wrong code (security.md D1). */
import { newJti } from './accessTokens.js';
import { giveBack, isGuessingSuspected, refuseWrongCode, type Slot } from './attempts.js';
import { appendAudit } from './audit.js';
import { auditOrigin, type Call, type SignedInCall } from './call.js';
import type { Wanted } from './grants.js';
import { findEarlier, rememberAnswer } from './idempotency.js';
import { idsOf, type Minted, mint, nothingMinted } from './minting.js';
import type { MfaNotification } from './options.js';
import type { MfaPolicy } from './policy.js';
import { Refusal, refuse } from './refusals.js';
import { refusalOfEnd, SessionLostError, settleProof } from './session.js';
import { isSuspended } from './store/attemptLimits.js';
import type { Acr, AuditEvent, FactorKind, IdempotencyRecord, SessionRecord, UserRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** What a good proof gave. */
export interface Granted {
  kind: 'granted';
  session: SessionRecord;
  jti: string;
  minted: Minted;
}

/** Thrown inside a transaction to undo it: somebody else's code or device came first. */
export class LostRaceError extends Error {
  override name = 'LostRaceError';
}

/**
 * Runs the transaction in which a proof takes effect. What undoes it without being a wrong code (an ended session, a
 * challenge used meanwhile, a race lost, an answer given before) gives the slot back, where the proof took one: a passkey
 * is not guessable and takes none.
 */
export const takeEffect = async <T extends { kind: string }>(
  call: SignedInCall,
  slot: Slot | null,
  effects: (tx: StoreTransaction) => Promise<T>,
): Promise<T | { kind: 'earlier'; earlier: IdempotencyRecord }> => {
  const { core, session, user, now, repeatKey } = call;
  try {
    const outcome = await core.store.transaction(async (tx) => {
      await tx.lockUser(user.id);
      const earlier = await findEarlier(core, tx, { repeatKey, sid: session.sid, now });
      if (earlier) {
        if (slot) await tx.refundAttempt(slot);
        return { kind: 'earlier' as const, earlier };
      }
      const end = refusalOfEnd(await tx.findSession(session.sid), now);
      if (end) throw new SessionLostError(end);
      return effects(tx);
    });
    if (slot) slot.isSettled = true;
    return outcome;
  } catch (error) {
    const refusal = error instanceof SessionLostError ? error.refusal : error;
    if (!(refusal instanceof Refusal) && !(error instanceof LostRaceError)) throw error;
    if (slot) await giveBack(core, slot);
    throw refusal instanceof Refusal ? refusal : alreadyUsed();
  }
};

/** A replay is called one only to the line of sessions that used the code. */
export const alreadyUsed = (): Refusal => refuse('mfa_invalid_code', { payload: { reason: 'already_used' } });

/** Everything that follows from a proven factor besides the code or passkey itself. */
export const grantProof = async (
  tx: StoreTransaction,
  call: SignedInCall,
  slot: Slot | null,
  input: {
    acr: Acr;
    /** RFC 8176 values, space-separated. */
    amr: string;
    policy: MfaPolicy;
    /** What the log calls it, and of which factor. */
    event: AuditEvent;
    factorId: string | null;
    wanted: Wanted;
    /** Whether tokens wait until new recovery codes are acknowledged. */
    isTokenDeferred?: boolean;
    /** Whether it changed who can sign in, so that other sessions and tokens end. */
    isFactorChange?: boolean;
  },
): Promise<Granted> => {
  const { core, user, now } = call;
  const { policy, wanted } = input;
  await takeApproval(tx, call, wanted);
  const { session, isUpgraded } = await settleProof(tx, call.session, { acr: input.acr, amr: input.amr, now });
  if (input.isFactorChange) await endOtherAccess(tx, call, session.sid);
  if (slot) await tx.clearAttempts(slot);
  const origin = auditOrigin(call);
  await appendAudit(tx, origin, user.id, input.event, { factorId: input.factorId });
  await liftOtherSuspension(tx, call, user.id, slot?.factor ?? null);
  if (isUpgraded) await appendAudit(tx, { ...origin, sid: session.sid }, user.id, 'session_upgraded');
  if (input.isTokenDeferred) await deferTokens(tx, session.sid, wanted, now);
  const minted = input.isTokenDeferred ? nothingMinted : await mint(tx, { core, origin, policy }, session, wanted);
  const jti = newJti();
  await rememberAnswer(tx, call.repeatKey, { oldSid: call.session.sid, session, jti, now, ...idsOf(minted) });
  return { kind: 'granted', session, jti, minted };
};

/** The proof uses the challenge it answers up, in the transaction of everything else it does. */
const takeApproval = async (tx: StoreTransaction, { session, user, now }: SignedInCall, { approvalId }: Wanted) => {
  if (approvalId === null) return;
  if (await tx.takeApproval({ id: approvalId, userId: user.id, sid: session.sid, now })) return;
  throw refuse('mfa_challenge_expired');
};

const deferTokens = async (tx: StoreTransaction, sid: string, { token, elevated }: Wanted, now: number) => {
  if (!token && !elevated) return;
  const { singleUse = true, action = null, count = 0, payloadDigest = null } = token ?? {};
  await tx.setPendingGrant(sid, { singleUse, action, count, payloadDigest, elevated, provenAt: now });
};

/** Ends what was granted or begun under the factors as they were (S-28). A token of this very change is made afterwards. */
export const endOtherAccess = async (tx: StoreTransaction, call: SignedInCall, keepSid: string): Promise<void> => {
  const { core, user, now } = call;
  const revoked = await revokeTokens(tx, user.id, now);
  if (revoked > 0) await appendAudit(tx, auditOrigin(call), user.id, 'token_revoked', { reason: 'factors_changed' });
  if (!core.options.keepOtherSessions) await tx.endOtherSessions(user.id, keepSid, 'factors_changed', now);
  for (const { id, state, lineId } of await tx.listTotpDevices(user.id)) {
    if (state !== 'pending' || lineId === call.session.lineId) continue;
    await tx.deleteTotp(user.id, id);
    await appendAudit(tx, auditOrigin(call), user.id, 'enroll_expired', { factorId: id, reason: 'factors_changed' });
  }
};

/** All proofs for an action that the user still holds. */
export const revokeTokens = async (tx: StoreTransaction, userId: string, now: number): Promise<number> =>
  (await tx.revokeMfaTokens(userId, null, now)) + (await tx.revokeElevatedTokens(userId, null, now));

/** A suspended factor comes back once its owner has passed another one: `proven`, null for a passkey. */
export const liftOtherSuspension = async (
  tx: StoreTransaction,
  call: Call,
  userId: string,
  proven: FactorKind | null,
): Promise<void> => {
  for (const attempt of await tx.listAttempts(userId)) {
    if (attempt.factor === proven || !isSuspended(attempt)) continue;
    await tx.liftSuspension(userId, attempt.factor);
    await appendAudit(tx, auditOrigin(call), userId, 'factor_unsuspended', { reason: attempt.factor });
  }
};

/** Keeps a wrong code in the log and gives the refusal for it: the same whatever was wrong with it (D13). */
export const recordWrongCode = async (
  call: SignedInCall,
  slot: Slot,
  event: 'totp_fail' | 'recovery_fail',
  alsoIn?: (tx: StoreTransaction) => Promise<Refusal | null>,
): Promise<Refusal> => {
  const { core, user, now } = call;
  slot.isSettled = true;
  core.failures.noteFailure(call.ip, now);
  const { refusal, wasSuspended } = await core.store.transaction(async (tx) => {
    await tx.lockUser(user.id);
    await appendAudit(tx, auditOrigin(call), user.id, event);
    const attempt = (await tx.listAttempts(user.id)).find(({ factor }) => factor === slot.factor);
    const wasSuspended = attempt !== undefined && isSuspended(attempt);
    if (wasSuspended) await appendAudit(tx, auditOrigin(call), user.id, 'factor_suspended', { reason: slot.factor });
    return { refusal: (await alsoIn?.(tx)) ?? null, wasSuspended };
  });
  if (isGuessingSuspected(slot)) tell(call, 'guessing_suspected');
  if (wasSuspended) tell(call, 'factor_suspended');
  return refusal ?? refuseWrongCode(slot);
};

/** Notes a code that was good once: it costs its owner nothing. */
export const recordReplay = async (tx: StoreTransaction, call: SignedInCall, slot: Slot, factorId: string) => {
  await tx.refundAttempt(slot);
  await appendAudit(tx, auditOrigin(call), call.user.id, 'totp_replay', { factorId });
};

export const tell = (
  call: Call & { user: UserRecord },
  type: MfaNotification['type'],
  details: Pick<MfaNotification, 'recoveryCodesLeft'> = {},
): void => call.core.notify({ type, userId: call.user.id, email: call.user.email, at: call.now, ...details });
