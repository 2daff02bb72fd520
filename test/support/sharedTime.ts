/** One time for the server and for the person's device, so that neither's clock is off. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { Page } from './renderWithMfa.js';

/** For a whole file: only the date is ours, timers run as ever. */
export const shareTime = (): void => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 15, 12, 0, 15) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
};

/** Time passes, for the server and for the person. */
export const pass = (page: Page, seconds: number): void => {
  page.server.clock.advance(seconds * 1000);
  vi.setSystemTime(Date.now() + seconds * 1000);
};
