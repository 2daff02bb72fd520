// Callers with the same intent at the same time share one request; it is aborted when the last of them gave up.
import { MfaCancelledError, MfaNetworkError } from './errors.js';

/** A request under way. */
export interface Flight<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiting: number;
}

/** The requests under way, by what they are for. */
export interface FlightState {
  flights: Map<string, Flight<unknown>>;
}

/** No answer for this long is none, repeats included. */
const TIMEOUT_MS = 30_000;

/** What a request given up rejects with. */
export const cancelled = (reason: string): MfaCancelledError => new MfaCancelledError(reason, 'Request aborted');

/** Joins the flight of this name, or starts one. */
export const join = <T>(
  { flights }: FlightState,
  name: string,
  begin: (signal: AbortSignal) => Promise<T>,
  timeout = TIMEOUT_MS,
): Flight<T> => {
  let flight = flights.get(name) as Flight<T> | undefined;
  if (!flight || flight.controller.signal.aborted) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new MfaNetworkError()), timeout);
    const promise = begin(controller.signal).finally(() => {
      clearTimeout(timer);
      if (flights.get(name)?.promise === promise) flights.delete(name);
    });
    flight = { controller, waiting: 0, promise };
    flights.set(name, flight);
  }
  flight.waiting++;
  return flight;
};

/** How a caller with a signal waits for its flight. */
export type Waiting = <T>(begin: () => Flight<T>) => Promise<T>;
