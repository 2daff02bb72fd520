// Builds a request that can only go where the API is.
import { IDEMPOTENCY_KEY_HEADER } from '../wire/headers.js';
import type { Route } from '../wire/Route.js';
import type { ClientCore } from './core.js';
import { MfaError } from './errors.js';
import type { ProofTokens } from './mfaTokens.js';

/** The API's URL in its plain form; one that is only a path belongs to the page's origin. */
export const baseUrlOf = ({ apiBaseUrl }: ClientCore): URL => new URL(apiBaseUrl, globalThis.location?.href);

/** What is no text, and an absent id, must not make another route of it: it becomes what `buildUrl` refuses. */
const segmentOf = (id: string): string => {
  try {
    return encodeURIComponent(id || '..');
  } catch {
    return '..';
  }
};

/** The route to one thing, apart from the rest because few calls have such a parameter. */
export const routeTo = <TRequest, TResponse>(
  route: Route<TRequest, TResponse>,
  id: string,
): Route<TRequest, TResponse> => ({
  ...route,
  path: route.path.replace(':id', () => segmentOf(id)),
});

/**
 * The URL of a route. A parameter stays one segment of the path: what would be read as anything else, such as `..`, is
 * refused rather than sent somewhere else.
 */
export const buildUrl = (core: ClientCore, path: string): string => {
  try {
    const base = baseUrlOf(core).href.replace(/\/$/, '');
    const url = `${base}/sdk/${encodeURIComponent(core.environmentId)}${path}`;
    if (url.startsWith('http') && new URL(url).href === url) return url;
  } catch {}
  throw new MfaError('invalid_argument');
};

/** A request of the API's. The headers are for its origin alone, so a redirect is an error. */
export const buildRequest = (
  url: string,
  init: RequestInit,
  token: string | null,
  tokens: ProofTokens | undefined,
  key: string | undefined,
): Request => {
  const headers = new Headers({ 'content-type': 'application/json', ...tokens });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (key) headers.set(IDEMPOTENCY_KEY_HEADER, key);
  return new Request(url, { ...init, headers, credentials: 'same-origin', redirect: 'error' });
};
