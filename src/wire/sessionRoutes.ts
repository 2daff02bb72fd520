/**
 * What a route is, and the two that every client calls at its start: apart from the rest, which may be loaded later.
 */
import { parseUser, parseVerifyResponse, type SdkUser, type VerifyResponse } from './session.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A route: how to call it and how to read its answer. `TRequest` is what the body carries; `void` for none. */
export interface Route<TRequest, TResponse> {
  readonly method: HttpMethod;
  readonly path: string;
  readonly parse: (body: unknown) => TResponse;
  /** Never present: carries the body's type. */
  readonly request?: TRequest;
}

export const getUser: Route<void, SdkUser> = { method: 'GET', path: '/users', parse: parseUser };
export const refreshSession: Route<void, VerifyResponse> = {
  method: 'POST',
  path: '/refresh',
  parse: parseVerifyResponse,
};
