/** A clock in the test's hand. */
export interface TestClock {
  (): number;
  now: number;
  /** Moves on by milliseconds. */
  advance(ms: number): void;
}

/** Starts in the middle of a 30-second step, so that half a step either way changes nothing. */
export const createClock = (start = Date.UTC(2030, 0, 15, 12, 0, 15)): TestClock => {
  const clock = Object.assign(() => clock.now, {
    now: start,
    advance(ms: number) {
      clock.now += ms;
    },
  });
  return clock;
};
