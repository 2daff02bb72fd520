// Sends one request, again where that is safe and the trouble may pass.
import { MfaNetworkError } from './errors.js';

const BACKOFF_MS = 300;
/** A server that asks for more patience than this is busy: the person is told instead. */
const MAX_WAIT_MS = 5_000;

/** Seconds, as `Retry-After` says them. */
export const retryAfterOf = ({ headers }: Response): number | undefined =>
  Number(headers.get('retry-after')) || undefined;

/** An answer and its text, or a network error after the last repeat. */
export const attempt = async (
  send: () => Promise<Response>,
  repeats: number,
  signal: AbortSignal,
): Promise<[Response, string]> => {
  for (let backoff = BACKOFF_MS; ; backoff *= 4) {
    let wait = backoff * (1 + Math.random());
    try {
      const response = await send();
      const text = await response.text();
      wait = (retryAfterOf(response) ?? 0) * 1000 || wait;
      if (!/50[234]/.test(`${response.status}`) || !repeats-- || wait > MAX_WAIT_MS) return [response, text];
    } catch (error) {
      if (!signal.aborted && !repeats--) throw new MfaNetworkError('network_error', error);
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, wait));
    if (signal.aborted) throw signal.reason;
  }
};
