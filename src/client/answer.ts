// Reads what the server sent, trusting none of it.
import type { ErrorPayload, ProofKind } from '../wire/errorCodes.js';
import { retryAfterOf } from './attempts.js';
import {
  type ApiRefusal,
  InvalidExternalAuthError,
  MfaApiError,
  MfaInvalidOtpError,
  MfaNetworkError,
  MfaRateLimitedError,
  UnauthorizedError,
} from './errors.js';

/** Real answers are a few kilobytes. */
const MAX_CHARACTERS = 1_000_000;

const readJson = (text: string): unknown => {
  if (text.length > MAX_CHARACTERS) throw new RangeError('too long');
  return text ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)) : undefined;
};

/** The answer of a route, in its agreed form. */
export const readAnswer = <T>(parse: (body: unknown) => T, text: string): T => {
  try {
    return parse(readJson(text));
  } catch (error) {
    // JSON.parse quotes the body in its message, and the body may hold a secret: that cause goes no further.
    throw new MfaNetworkError('invalid_response', error instanceof TypeError ? error : undefined);
  }
};

const classes: Record<string, (new (refusal: ApiRefusal) => MfaApiError) | undefined> = {
  mfa_invalid_code: MfaInvalidOtpError,
  mfa_rate_limited: MfaRateLimitedError,
  invalid_external_auth: InvalidExternalAuthError,
};

const payloadTypes = {
  field: 'string',
  reason: 'string',
  requestId: 'string',
  attemptsLeft: 'number',
  lockedUntil: 'number',
} as const satisfies Partial<Record<keyof ErrorPayload, string>>;

const fieldsOf = (value: unknown): Record<string, unknown> => Object(value) as Record<string, unknown>;

const readPayload = (value: unknown): ErrorPayload => {
  const from = fieldsOf(value);
  const known = Object.entries(payloadTypes).filter(([name, type]) => typeof from[name] === type);
  const payload: ErrorPayload = Object.fromEntries(known.map(([name]) => [name, from[name]]));
  if (Array.isArray(from.satisfiedBy)) payload.satisfiedBy = from.satisfiedBy.map(String) as ProofKind[];
  return payload;
};

/** The error a refusal becomes. The server's sentence is left behind: it is never shown, and not ours to vouch for. */
export const toError = (response: Response, text: string): MfaApiError => {
  const { status } = response;
  let body: Record<string, unknown> = {};
  try {
    body = fieldsOf(readJson(text));
  } catch {}
  const { code, error } = body;
  const isNamed = typeof code === 'string' && /^[a-z_]{1,64}$/.test(code);
  const refusal: ApiRefusal = {
    status,
    serverCode: isNamed
      ? code
      : status === 429
        ? 'too_many_requests'
        : status >= 500
          ? 'server_error'
          : 'unknown_error',
    payload: readPayload(body.payload),
    retryAfter: retryAfterOf(response),
  };
  const Published =
    status === 401 && typeof error !== 'string'
      ? UnauthorizedError
      : Object.hasOwn(classes, refusal.serverCode)
        ? classes[refusal.serverCode]
        : undefined;
  return Published ? new Published(refusal) : new MfaApiError(refusal);
};
