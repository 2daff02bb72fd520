// Builds a request that can only go where the API is.
import { IDEMPOTENCY_KEY_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import { MfaError } from './errors.js';

/** Where the API is. */
export interface ApiAddress {
  apiBaseUrl: string;
  environmentId: string;
}

/** The API's URL; relative ones belong to the page's origin. */
export const parseBaseUrl = (apiBaseUrl: string): URL => {
  try {
    const base = new URL(apiBaseUrl, globalThis.location?.href);
    if (/^https?:$/.test(base.protocol) && !base.username && !base.password) return base;
  } catch {}
  throw new MfaError('invalid_argument');
};

/**
 * The URL of a route. A parameter stays one segment of the path: whatever would be read as more, or would climb out
 * (`..`), is refused rather than sent somewhere else.
 */
export const buildUrl = ({ apiBaseUrl, environmentId }: ApiAddress, path: string, id = '', query = ''): string => {
  const base = parseBaseUrl(apiBaseUrl);
  try {
    const pathname =
      base.pathname.replace(/\/$/, '') +
      `/sdk/${encodeURIComponent(environmentId)}` +
      path.replace(':id', () => encodeURIComponent(id));
    const url = new URL(base.origin + pathname + query);
    if (url.pathname === pathname && !pathname.endsWith('/')) return url.href;
  } catch {}
  throw new MfaError('invalid_argument');
};

export interface RequestParts {
  method: string;
  body: unknown;
  token: string | null;
  mfaToken?: string;
  idempotencyKey?: string;
  signal: AbortSignal;
}

export const buildRequest = (url: string, parts: RequestParts): Request => {
  const headers: Record<string, string> = {};
  if (parts.method !== 'GET') headers['content-type'] = 'application/json';
  if (parts.token) headers.authorization = `Bearer ${parts.token}`;
  if (parts.mfaToken) headers[MFA_TOKEN_HEADER] = parts.mfaToken;
  if (parts.idempotencyKey) headers[IDEMPOTENCY_KEY_HEADER] = parts.idempotencyKey;
  return new Request(url, {
    method: parts.method,
    headers,
    body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
    credentials: 'same-origin',
    // A redirect would carry the headers to wherever it points.
    redirect: 'error',
    signal: parts.signal,
  });
};
