/** Makes responses: every one of them, good or refused, gets the same protection in its headers. */
import type { ErrorResponse } from '../wire/errorCodes.js';
import { ELEVATED_TOKEN_HEADER, IDEMPOTENCY_KEY_HEADER, MFA_TOKEN_HEADER, REQUEST_ID_HEADER } from '../wire/headers.js';
import type { Reply } from './call.js';
import { clearedCookie } from './cookies.js';
import type { Core } from './core.js';
import type { Refusal } from './refusals.js';

/** OWASP's set for an API that serves no documents. */
const PROTECTION = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  IDEMPOTENCY_KEY_HEADER,
  'x-dyn-api-version',
  'x-dyn-device-fingerprint',
  ELEVATED_TOKEN_HEADER,
  'x-dyn-is-global-wallet-popup',
  REQUEST_ID_HEADER,
  'x-dyn-session-id',
  'x-dyn-session-public-key',
  'x-dyn-version',
  'x-dynamic-device-nonce',
  'x-dynamic-device-publickey',
  'x-dynamic-device-registration-token',
  'x-dynamic-device-signed-nonce',
  'x-dynamic-platform',
  MFA_TOKEN_HEADER,
].join(', ');
const EXPOSED_HEADERS = 'Retry-After, Date, WWW-Authenticate, x-dyn-request-id';
const PREFLIGHT_SECONDS = 600;

export interface ResponseFacts {
  origin: string | null;
  requestId: string;
}

const headersFor = (core: Core, { origin, requestId }: ResponseFacts): Headers => {
  const headers = new Headers(PROTECTION);
  headers.set(REQUEST_ID_HEADER, requestId);
  headers.set('date', new Date(core.clock()).toUTCString());
  // What is answered depends on Origin even where it is not allowed, and a cache between must know.
  headers.set('vary', 'Origin');
  if (origin !== null && core.options.origins.includes(origin)) {
    headers.set('access-control-allow-origin', origin);
    headers.set('access-control-expose-headers', EXPOSED_HEADERS);
  }
  return headers;
};

export const respond = (core: Core, facts: ResponseFacts, reply: Reply): Response => {
  const headers = headersFor(core, facts);
  if (reply.cookie !== undefined) headers.set('set-cookie', reply.cookie);
  if (reply.status === 204) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers });
};

export const respondRefusal = (core: Core, facts: ResponseFacts, refusal: Refusal): Response => {
  const { code, message, status, options } = refusal;
  const headers = headersFor(core, facts);
  headers.set('content-type', 'application/json');
  if (options.retryAfter !== undefined) headers.set('retry-after', String(options.retryAfter));
  if (options.challenge !== undefined) headers.set('www-authenticate', options.challenge);
  if (options.allow !== undefined) headers.set('allow', options.allow);
  const isGone = code === 'session_ended' || code === 'session_expired';
  if (isGone && !options.keepsCookie && core.isCookieMode) headers.set('set-cookie', clearedCookie(core));
  const body: ErrorResponse = { error: message, code, ...(options.payload && { payload: options.payload }) };
  return new Response(JSON.stringify(body), { status, headers });
};

/** What OPTIONS answers: which methods there are and, to a listed origin, what it may send. */
export const respondOptions = (core: Core, facts: ResponseFacts, methods: string): Response => {
  const headers = headersFor(core, facts);
  headers.set('allow', methods);
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', methods);
    headers.set('access-control-allow-headers', ALLOWED_HEADERS);
    headers.set('access-control-max-age', String(PREFLIGHT_SECONDS));
  }
  return new Response(null, { status: 204, headers });
};
