export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A route: how to call it and how to read its answer. `TRequest` is what the body carries; `void` for none. */
export interface Route<TRequest, TResponse> {
  readonly method: HttpMethod;
  readonly path: string;
  readonly parse: (body: unknown) => TResponse;
  /** Never present: carries the body's type. */
  readonly request?: TRequest;
}
