/** Lets time pass while something is awaited, so that no test waits for a back-off. Needs Vitest's fake timers. */
import { vi } from 'vitest';

export const passTimeUntil = async <T>(promise: Promise<T>): Promise<T> => {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    await vi.advanceTimersByTimeAsync(250);
    // What WebCrypto does is no timer.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return promise;
};

/** Timers and the clock are the test's; everything else goes on. */
export const holdTime = (): void => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
