/** Removes what has expired, now and then, beside the requests that come anyway. */
import type { Store } from './store/Store.js';

const EVERY_MS = 15 * 60_000;

export interface Housekeeping {
  /** Starts a round when the last one is long enough ago; nobody waits for it. */
  atTimes(now: number): void;
  /** Waits for a round under way. */
  settle(): Promise<void>;
}

export const createHousekeeping = (store: Store, reportError: (error: unknown) => void): Housekeeping => {
  let lastAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();
  return {
    atTimes(now) {
      if (now - lastAt < EVERY_MS) return;
      lastAt = now;
      running = store.transaction((tx) => tx.purgeExpired(now)).then(() => undefined, reportError);
    },
    settle: () => running,
  };
};
