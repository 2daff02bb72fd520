import { useEffect } from 'react';
import type { Method, Screen, ScreenEvent } from '../../controller/screens.js';
import type { Failure } from '../messages/failure.js';
import { detourFor, failureOn, follow } from './detour.js';

/** The failure of something a screen reads. Undefined when there is none, and when it leads to another screen. */
export function useFailure(
  error: unknown,
  screen: Screen,
  method: Method,
  onEvent: (event: ScreenEvent) => void,
): Failure | undefined {
  useEffect(() => {
    if (error) follow(error, screen, method, onEvent);
  }, [error, screen, method, onEvent]);
  return error && !detourFor(error, screen, method) ? failureOn(error, screen) : undefined;
}
