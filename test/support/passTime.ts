/** Lets time pass while something is awaited, so that no test waits for a back-off. */
import { vi } from 'vitest';

/** Timers and the clock are the test's; everything else goes on. */
export const holdTime = (): void => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });

/** Time stands still while the server is at work, however long that takes on this machine. */
export const passTimeUntil = async <T>(promise: Promise<T>, wire: { isBusy(): boolean }): Promise<T> => {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  promise.then(settle, settle);
  while (!isSettled) {
    // WebCrypto's work is no timer: ours waits in line behind what was begun before.
    await Promise.all(Array.from({ length: 8 }, () => crypto.subtle.digest('SHA-256', new Uint8Array(1))));
    await new Promise((resolve) => setImmediate(resolve));
    if (!wire.isBusy()) await vi.advanceTimersByTimeAsync(250);
  }
  return promise;
};
