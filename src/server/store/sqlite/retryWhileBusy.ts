/** Repeats what another process's lock refused, leaving this process free in between (security.md D15). */
import { setTimeout } from 'node:timers/promises';
import { StoreBusyError } from '../Store.js';
import { writeDeadlineMs } from '../writeQueue.js';

const shortestPauseMs = 2;
const longestPauseMs = 40;

/** Tries at least once; throws `StoreBusyError` when the lock was still held at `deadline` (of `performance.now()`). */
export async function retryWhileBusy<T>(
  work: () => T,
  deadline: number = performance.now() + writeDeadlineMs,
): Promise<T> {
  for (let longest = shortestPauseMs; ; longest = Math.min(longest * 2, longestPauseMs)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() >= deadline) {
        throw new StoreBusyError('Another process held the write lock of the database file for too long.', {
          cause: error,
        });
      }
      // Jitter, so that processes that were refused together do not come back together.
      await setTimeout(shortestPauseMs + Math.random() * longest);
    }
  }
}

export function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isBusy(error: unknown): boolean {
  // With its extended forms: _RECOVERY while a log left by a killed process is read back, _SNAPSHOT, _TIMEOUT.
  return /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));
}
