// Callers with the same intent at the same time share one request; it is aborted when the last of them gave up.
import { MfaCancelledError } from './errors.js';

interface Flight {
  promise: Promise<unknown>;
  controller: AbortController;
  waiting: number;
}

export interface SingleFlight {
  /** Joins the flight of this name, or starts one. */
  join<T>(name: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
  abortAll(): void;
}

export const createSingleFlight = (): SingleFlight => {
  const flights = new Map<string, Flight>();
  return {
    join<T>(name: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
      if (signal?.aborted) return Promise.reject(new MfaCancelledError('aborted', 'Request aborted'));
      let flight = flights.get(name);
      if (!flight) {
        const controller = new AbortController();
        const begun: Flight = { controller, waiting: 0, promise: start(controller.signal) };
        const land = (): void => {
          if (flights.get(name) === begun) flights.delete(name);
        };
        begun.promise.then(land, land);
        flights.set(name, begun);
        flight = begun;
      }
      const { promise, controller } = flight;
      const joined = flight;
      joined.waiting++;
      if (!signal) return promise as Promise<T>;
      return new Promise<T>((resolve, reject) => {
        promise.then(resolve as (value: unknown) => void, reject);
        signal.addEventListener('abort', () => {
          reject(new MfaCancelledError('aborted', 'Request aborted'));
          joined.waiting--;
          // Not at once: a component that mounts again in the same tick (StrictMode) joins the same request.
          setTimeout(() => joined.waiting || controller.abort());
        });
      });
    },
    abortAll() {
      for (const { controller } of flights.values()) controller.abort();
      flights.clear();
    },
  };
};
