// Lets a caller give up its calls. Apart from the rest, so that who never does so does not carry it.
import { type MfaClient, WAIT } from './core.js';
import { cancelled, type Waiting } from './flights.js';

/** Waits until the signal says to stop. */
const waitUntil =
  (signal: AbortSignal): Waiting =>
  (begin) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) throw cancelled('aborted');
      const flight = begin();
      flight.promise.then(resolve, reject);
      signal.addEventListener('abort', () => {
        flight.waiting--;
        // Not at once: an answer just taken over is told even when it took its caller off the screen, and a component
        // that mounts again in the same tick (StrictMode) joins the same request.
        setTimeout(() => {
          reject(cancelled('aborted'));
          if (!flight.waiting) flight.controller.abort(cancelled('aborted'));
        });
      });
    });

/**
 * The same client, whose calls end when the signal does: `getMfaDevices(withSignal(client, signal))`. They then reject
 * with `MfaCancelledError`, reason `aborted`.
 */
export const withSignal = (client: MfaClient, signal: AbortSignal): MfaClient =>
  Object.create(client, { [WAIT]: { value: waitUntil(signal) } });
