// Builds a request that can only go where the API is.
import { ELEVATED_TOKEN_HEADER, IDEMPOTENCY_KEY_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import type { ClientCore } from './core.js';
import { MfaError } from './errors.js';

/** The API's URL in its plain form; one that is only a path belongs to the page's origin. */
export const baseUrlOf = ({ apiBaseUrl }: ClientCore): URL => new URL(apiBaseUrl, globalThis.location?.href);

/**
 * The URL of a route. A parameter stays one segment of the path: what would be read as anything else, such as `..`, is
 * refused rather than sent somewhere else.
 */
export const buildUrl = (core: ClientCore, path: string, id?: string): string => {
  try {
    const base = baseUrlOf(core).href.replace(/\/$/, '');
    // An absent id must not make another route of it, so it becomes what the comparison refuses.
    const tail = path.replace(':id', () => encodeURIComponent(id || '..'));
    const url = `${base}/sdk/${encodeURIComponent(core.environmentId)}${tail}`;
    if (url.startsWith('http') && new URL(url).href === url) return url;
  } catch {}
  throw new MfaError('invalid_argument');
};

/** Tokens that stand for a proof, each in its header. */
export interface ProofTokens {
  mfa?: string;
  elevated?: string;
}

/** A request of the API's. The headers are for its origin alone, so a redirect is an error. */
export const buildRequest = (
  url: string,
  init: RequestInit,
  token: string | null,
  { mfa, elevated }: ProofTokens = {},
  key?: string,
): Request => {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (mfa) headers.set(MFA_TOKEN_HEADER, mfa);
  if (elevated) headers.set(ELEVATED_TOKEN_HEADER, elevated);
  if (key) headers.set(IDEMPOTENCY_KEY_HEADER, key);
  return new Request(url, { ...init, headers, credentials: 'same-origin', redirect: 'error' });
};
