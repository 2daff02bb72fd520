/**
 * One prompt at a time over all tabs, by the name of a lock and nothing else. Where there are no locks each tab goes by itself.
 */

/** Begins once no other tab is at it; the answer ends the turn, or the waiting for it. */
export const takeTurn = (name: string, begin: () => void): (() => void) => {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) {
    begin();
    return () => {};
  }
  const waiting = new AbortController();
  let end = () => {};
  let hasBegun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const start = () => {
    hasBegun = true;
    begin();
    return ended;
  };
  locks.request(name, { signal: waiting.signal }, start).catch(() => {
    // A page that may not have locks, such as a sandboxed one.
    if (!hasBegun && !waiting.signal.aborted) begin();
  });
  return () => {
    waiting.abort();
    end();
  };
};
