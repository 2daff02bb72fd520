// Callers with the same intent at the same time share one request; it is aborted when the last of them gave up.
import { MfaCancelledError, MfaNetworkError } from './errors.js';

interface Flight {
  promise: Promise<unknown>;
  controller: AbortController;
  waiting: number;
}

/** The requests under way, by what they are for. */
export interface FlightState {
  flights: Map<string, Flight>;
}

/** No answer for this long is none, repeats included. */
const TIMEOUT_MS = 30_000;

/** What a request given up rejects with. */
export const cancelled = (reason: string): MfaCancelledError => new MfaCancelledError(reason, 'Request aborted');

/** Joins the flight of this name, or starts one. */
export const join = <T>(
  { flights }: FlightState,
  name: string,
  signal: AbortSignal | undefined,
  begin: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  let flight = flights.get(name);
  if (!flight || flight.controller.signal.aborted) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new MfaNetworkError()), TIMEOUT_MS);
    const land = (): void => {
      clearTimeout(timer);
      if (flights.get(name) === begun) flights.delete(name);
    };
    const begun: Flight = { controller, waiting: 0, promise: begin(controller.signal).finally(land) };
    flights.set(name, begun);
    flight = begun;
  }
  const joined = flight;
  joined.waiting++;
  const promise = joined.promise as Promise<T>;
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(cancelled('aborted'));
      joined.waiting--;
      // Not at once: a component that mounts again in the same tick (StrictMode) joins the same request.
      setTimeout(() => joined.waiting || joined.controller.abort(cancelled('aborted')));
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    promise.then(resolve, reject);
  });
};
