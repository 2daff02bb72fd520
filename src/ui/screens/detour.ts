import type { Method, Screen, ScreenEvent } from '../../controller/screens.js';
import { isEnrolling } from '../../hooks/screenKinds.js';
import type { ActionLevel } from '../../wire/actions.js';
import type { ProofKind } from '../../wire/errorCodes.js';
import { type Failure, readFailure } from '../messages/failure.js';

/** Failures that have led elsewhere: an effect may be run twice for one of them, and must not lead on twice. */
const followed = new WeakSet<object>();

const isProving = (screen: Screen): boolean =>
  ['OtpVerification', 'PasskeyPrompt', 'EnterBackupCodes'].includes(screen.name) && !isEnrolling(screen);

/** The failure of something a screen does. A proof refused for want of a proof was too weak for what it was to approve. */
export const failureOn = (error: unknown, screen: Screen): Failure => {
  const failure = readFailure(error);
  return failure.kind === 'proof' && isProving(screen) ? { ...failure, kind: 'tooWeak' } : failure;
};

/** How strong a proof has to be that one of these would give. */
const levelFrom = (satisfiedBy: readonly ProofKind[] = []): ActionLevel => {
  if (satisfiedBy.includes('recovery')) return 'recovery';
  return satisfiedBy.includes('totp') ? 'factor' : 'phr';
};

/**
 * Where a failure leads, when it leads anywhere: to the lock, to a fresh proof, to a fresh sign-in. Undefined when the
 * screen itself says what is wrong.
 */
export function detourFor(error: unknown, screen: Screen, method: Method): ScreenEvent | undefined {
  const { kind, retryAfter = 0 } = failureOn(error, screen);
  switch (kind) {
    // The last of the tries: what follows is the wait, and nobody need type another code to find out.
    case 'wrong':
    case 'locked':
      // A server that does not say for how long: there is nothing to count down, so the screen tells of it.
      if (retryAfter === 0) return undefined;
      return { type: 'wasLocked', method, lockedUntil: Date.now() + retryAfter * 1000 };
    case 'suspended':
      return { type: 'wasLocked', method, lockedUntil: null };
    case 'signInAgain':
      return { type: 'signInAgainRequired' };
    case 'proof':
      return { type: 'proofRequired', then: screen };
    default:
      return undefined;
  }
}

/** Sends a failure where it leads, once. Answers with the failure when the screen is to tell of it. */
export function follow(
  error: unknown,
  screen: Screen,
  method: Method,
  onEvent: (event: ScreenEvent) => void,
): Failure | undefined {
  const detour = detourFor(error, screen, method);
  if (!detour) {
    const failure = failureOn(error, screen);
    if (failure.kind === 'tooWeak') onEvent({ type: 'proofTooWeak', minLevel: levelFrom(failure.satisfiedBy) });
    return failure;
  }
  if (typeof error === 'object' && error !== null) {
    if (followed.has(error)) return undefined;
    followed.add(error);
  }
  onEvent(detour);
  return undefined;
}
