/** What a guess leads to: the effects of a right code in one transaction, and the record of a wrong one (security.md D1). */
import type { CreateMfaToken } from '../wire/actions.js';
import { newJti } from './accessTokens.js';
import { giveBack, isGuessingSuspected, refuseWrongCode, type Slot } from './attempts.js';
import { appendAudit } from './audit.js';
import { auditOrigin, type SignedInCall } from './call.js';
import { findEarlier, rememberAnswer } from './idempotency.js';
import { prepareMfaToken, type TokenGrant } from './mfaTokens.js';
import type { MfaNotification } from './options.js';
import type { MfaPolicy } from './policy.js';
import { type Refusal, refuse } from './refusals.js';
import { refusalOfEnd, SessionLostError, settleProof } from './session.js';
import { isSuspended } from './store/attemptLimits.js';
import type { Acr, AuditEvent, FactorKind, IdempotencyRecord, SessionRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** What a right code gave. */
export interface Granted {
  kind: 'granted';
  session: SessionRecord;
  jti: string;
  mfaToken?: string;
}

/** Thrown inside a transaction to undo it: somebody else's code or device came first. */
export class LostRaceError extends Error {
  override name = 'LostRaceError';
}

/**
 * Runs the transaction in which a code takes effect. What undoes it without being a wrong code (an ended session, a race
 * lost, an answer given before) gives the slot back.
 */
export const settleGuess = async <T extends { kind: string }>(
  call: SignedInCall,
  slot: Slot,
  effects: (tx: StoreTransaction) => Promise<T>,
): Promise<T | { kind: 'earlier'; earlier: IdempotencyRecord }> => {
  const { core, session, user, now, repeatKey } = call;
  try {
    const outcome = await core.store.transaction(async (tx) => {
      await tx.lockUser(user.id);
      const earlier = await findEarlier(core, tx, { repeatKey, sid: session.sid, now });
      if (earlier) {
        await tx.refundAttempt(slot);
        return { kind: 'earlier' as const, earlier };
      }
      const end = refusalOfEnd(await tx.findSession(session.sid), now);
      if (end) throw new SessionLostError(end);
      return effects(tx);
    });
    slot.isSettled = true;
    return outcome;
  } catch (error) {
    const isLost = error instanceof SessionLostError;
    if (!isLost && !(error instanceof LostRaceError)) throw error;
    await giveBack(core, slot);
    throw isLost ? error.refusal : alreadyUsed();
  }
};

/** A replay is called one only to the line of sessions that used the code. */
export const alreadyUsed = (): Refusal => refuse('mfa_invalid_code', { payload: { reason: 'already_used' } });

/** Everything that follows from a proven factor besides the code itself. */
export const grantProof = async (
  tx: StoreTransaction,
  call: SignedInCall,
  slot: Slot,
  input: {
    acr: Acr;
    policy: MfaPolicy;
    /** What the log calls it, and of which factor. */
    event: AuditEvent;
    factorId: string | null;
    token: TokenGrant | null;
    /** Whether the token waits until new recovery codes are acknowledged. */
    isTokenDeferred?: boolean;
    /** Whether it changed who can sign in, so that other sessions and tokens end. */
    isFactorChange?: boolean;
  },
): Promise<Granted> => {
  const { user, now } = call;
  const { session, isUpgraded } = await settleProof(tx, call.session, { acr: input.acr, amr: 'otp', now });
  if (input.isFactorChange) await endOtherAccess(tx, call, session.sid);
  const minted =
    input.token && !input.isTokenDeferred ? await prepareMfaToken(session, input.token, input.policy, now) : null;
  if (minted) await tx.createMfaToken(minted.record);
  if (input.token && input.isTokenDeferred) {
    await tx.setPendingGrant(session.sid, { ...input.token, provenAt: now });
  }
  await tx.clearAttempts(slot);
  const jti = newJti();
  const mfaTokenId = minted?.record.id ?? null;
  await rememberAnswer(tx, call.repeatKey, { oldSid: call.session.sid, session, jti, mfaTokenId, now });
  const origin = auditOrigin(call);
  await appendAudit(tx, origin, user.id, input.event, { factorId: input.factorId });
  await liftOtherSuspension(tx, call, slot.factor);
  if (isUpgraded) await appendAudit(tx, { ...origin, sid: session.sid }, user.id, 'session_upgraded');
  if (minted) await appendAudit(tx, origin, user.id, 'token_issued', { factorId: mfaTokenId });
  return { kind: 'granted', session, jti, ...(minted && { mfaToken: minted.token }) };
};

/** Ends what was granted under the factors as they were (S-28). A token of this very change is made afterwards. */
export const endOtherAccess = async (tx: StoreTransaction, call: SignedInCall, keepSid: string): Promise<void> => {
  const { core, user, now } = call;
  const revoked = await tx.revokeMfaTokens(user.id, null, now);
  if (revoked > 0) await appendAudit(tx, auditOrigin(call), user.id, 'token_revoked', { reason: 'factors_changed' });
  if (!core.options.keepOtherSessions) await tx.endOtherSessions(user.id, keepSid, 'factors_changed', now);
};

/** A suspended factor comes back once its owner has passed another one. */
const liftOtherSuspension = async (tx: StoreTransaction, call: SignedInCall, proven: FactorKind): Promise<void> => {
  for (const attempt of await tx.listAttempts(call.user.id)) {
    if (attempt.factor === proven || !isSuspended(attempt)) continue;
    await tx.liftSuspension(call.user.id, attempt.factor);
    await appendAudit(tx, auditOrigin(call), call.user.id, 'factor_unsuspended', { reason: attempt.factor });
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
  call: SignedInCall,
  type: MfaNotification['type'],
  details: Pick<MfaNotification, 'recoveryCodesLeft'> = {},
): void => call.core.notify({ type, userId: call.user.id, email: call.user.email, at: call.now, ...details });

/** What a request asked to have minted. */
export const wantedToken = (body: { createMfaToken?: CreateMfaToken; action?: string }): TokenGrant | null =>
  body.createMfaToken ? { singleUse: body.createMfaToken.singleUse, action: body.action ?? null } : null;

/** Scopes come with step-up; until then none can be granted. */
export const refuseScopes = (scopes: readonly string[] | undefined): void => {
  if (scopes && scopes.length > 0) throw refuse('invalid_scopes', { payload: { field: 'requestedScopes' } });
};
