/** How many guesses a factor bears and how long each failure makes the next one wait (security.md D2). */
import type { AttemptRecord } from './records.js';

const second = 1000;
const day = 24 * 60 * 60 * second;

export const attemptLimits = {
  /** Consecutive failures that suspend a factor; NIST SP 800-63B §3.2.2 allows at most 100. */
  consecutive: 50,
  /** Failures within `windowMs` that suspend it, however many successes lie between. */
  perWindow: 300,
  windowMs: 30 * day,
  /** Below this many consecutive failures nobody waits. */
  free: 5,
} as const;

/** The pause after the fifth, sixth … consecutive failure; the last one is kept from then on. */
export const attemptWaits = [30, 60, 120, 240, 480, 960, 1920, 3600].map((seconds) => seconds * second);

/** Milliseconds until the next try after `fails` consecutive failures. */
export function waitAfter(fails: number): number {
  if (fails < attemptLimits.free) return 0;
  return attemptWaits[Math.min(fails - attemptLimits.free, attemptWaits.length - 1)] ?? 0;
}

/** Whether only a session that passed another factor can make this one usable again: no time lifts it. */
export function isSuspended({ fails, windowFails }: Pick<AttemptRecord, 'fails' | 'windowFails'>): boolean {
  return fails >= attemptLimits.consecutive || windowFails >= attemptLimits.perWindow;
}
