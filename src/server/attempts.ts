/** The limiter on guesses: a slot is taken before a code is looked at, and settled afterwards (security.md D2). */
import type { Core } from './core.js';
import { Refusal, refuse } from './refusals.js';
import { attemptLimits, waitAfter } from './store/attemptLimits.js';
import type { FactorKind } from './store/records.js';

/** A reserved guess. */
export interface Slot {
  readonly userId: string;
  readonly factor: FactorKind;
  /** Failures in a row, this reservation included. */
  readonly fails: number;
  readonly epoch: number;
  /** Whether the guess is known to have been wrong, or its transaction had the last word: then nothing is given back. */
  isSettled: boolean;
}

/**
 * Takes a slot and runs the story of one guess with it. Whatever the story does, the slot stays counted, unless the story
 * gives it back or the server itself fails before the guess is known to be wrong.
 */
export const withSlot = async <T>(
  core: Core,
  input: { userId: string; factor: FactorKind; now: number },
  story: (slot: Slot) => Promise<T>,
): Promise<T> => {
  const reservation = await core.store.reserveAttempt(input);
  if (!reservation.isReserved) {
    if (reservation.isSuspended) throw refuse('mfa_factor_suspended');
    // A success may have lifted the wait since: then the next try is welcome in a second.
    const lockedUntil = Math.max(reservation.nextAt, input.now + 1000);
    const retryAfter = Math.ceil((lockedUntil - input.now) / 1000);
    throw refuse('mfa_rate_limited', { retryAfter, payload: { lockedUntil } });
  }
  const { fails, epoch } = reservation;
  const slot: Slot = { userId: input.userId, factor: input.factor, fails, epoch, isSettled: false };
  try {
    return await story(slot);
  } catch (error) {
    const isOurFault = !(error instanceof Refusal);
    if (isOurFault && !slot.isSettled) await giveBack(core, slot);
    throw error;
  }
};

/** Gives the slot back in a transaction of its own. A store that cannot do even that leaves the guess counted. */
export const giveBack = async (core: Core, slot: Slot): Promise<void> => {
  try {
    await core.store.transaction(async (tx) => {
      await tx.lockUser(slot.userId);
      await tx.refundAttempt(slot);
    });
  } catch (error) {
    core.reportError(error, 'refund');
  }
};

/** The refusal of a wrong code: with the tries left before a wait, or with the wait that has just begun. */
export const refuseWrongCode = ({ fails }: Slot): Refusal => {
  if (fails < attemptLimits.free) {
    return refuse('mfa_invalid_code', { payload: { attemptsLeft: attemptLimits.free - fails } });
  }
  return refuse('mfa_invalid_code', fails < attemptLimits.consecutive ? { retryAfter: waitAfter(fails) / 1000 } : {});
};

/** Whether this failure is the one after which the first factor must be presumed known to somebody else. */
export const isGuessingSuspected = (slot: Slot): boolean => slot.fails === attemptLimits.free;
