// Sends one request, again where that is safe and the trouble may pass.
import { MfaCancelledError, MfaNetworkError } from './errors.js';

const MAX_REPEATS = 2;
const BACKOFF_MS = 300;
/** A server that asks for more patience than this is busy: the person is told instead. */
const MAX_WAIT_MS = 5_000;
/** No answer for this long is none. */
const TIMEOUT_MS = 20_000;

/** What came back, read to its end. */
export interface Exchange {
  response: Response;
  text: string;
}

export type Fetch = (request: Request) => Promise<Response>;

export const aborted = (reason = 'aborted'): MfaCancelledError => new MfaCancelledError(reason, 'Request aborted');

/** Seconds, as `Retry-After` says them. */
export const retryAfterOf = ({ headers }: Response): number | undefined =>
  Number(headers.get('retry-after')) || undefined;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve());
  });

const exchange = async (
  fetch: Fetch,
  build: (signal: AbortSignal) => Request,
  signal: AbortSignal,
): Promise<Exchange> => {
  const attempt = new AbortController();
  const stop = (): void => attempt.abort();
  const timer = setTimeout(stop, TIMEOUT_MS);
  signal.addEventListener('abort', stop);
  try {
    const response = await fetch(build(attempt.signal));
    return { response, text: await response.text() };
  } catch (error) {
    throw new MfaNetworkError('network_error', error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
};

/** An answer, or a network error after the last repeat. `mayRepeat` says that a second time does no harm. */
export const attempt = async (
  fetch: Fetch,
  build: (signal: AbortSignal) => Request,
  mayRepeat: boolean,
  signal: AbortSignal,
): Promise<Exchange> => {
  for (let repeats = mayRepeat ? 0 : MAX_REPEATS; ; repeats++) {
    if (signal.aborted) throw aborted();
    let wait = BACKOFF_MS * 4 ** repeats * (1 + Math.random() / 2);
    try {
      const done = await exchange(fetch, build, signal);
      const { status } = done.response;
      wait = (retryAfterOf(done.response) ?? 0) * 1000 || wait;
      if (status < 502 || status > 504 || repeats >= MAX_REPEATS || wait > MAX_WAIT_MS) return done;
    } catch (error) {
      if (signal.aborted) throw aborted();
      if (repeats >= MAX_REPEATS) throw error;
    }
    await pause(wait, signal);
  }
};
