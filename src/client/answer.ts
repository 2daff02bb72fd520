// Reads what the server sent, trusting none of it.
import type { ErrorPayload } from '../wire/errorCodes.js';
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
  if (text.length > MAX_CHARACTERS) throw new RangeError();
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

/** The published error classes, by the server's code. */
const published = new Map<string, new (refusal: ApiRefusal) => MfaApiError>([
  ['mfa_invalid_code', MfaInvalidOtpError],
  ['mfa_rate_limited', MfaRateLimitedError],
  ['invalid_external_auth', InvalidExternalAuthError],
  ['unauthorized', UnauthorizedError],
]);

/** Only what can be shown or counted: nothing nested, but for a list. */
const isFact = ([, value]: [string, unknown]): boolean => typeof value !== 'object' || Array.isArray(value);

/** The error a refusal becomes. The server's sentence is left behind: it is never shown, and not ours to vouch for. */
export const toError = (response: Response, text: string): MfaApiError => {
  const { status } = response;
  let body: Record<string, unknown> = {};
  try {
    body = Object(readJson(text));
  } catch {
    // Something before the server answered, in a form of its own.
  }
  const { code, error } = body;
  const payload: ErrorPayload = Object.fromEntries(Object.entries(Object(body.payload)).filter(isFact));
  let serverCode = status === 429 ? 'too_many_requests' : status > 499 ? 'server_error' : 'unknown_error';
  if (status === 401 && typeof error !== 'string') serverCode = 'unauthorized';
  else if (typeof code === 'string' && /^[a-z][a-z_]{1,63}$/.test(code)) serverCode = code;
  const Refusal = published.get(serverCode) ?? MfaApiError;
  return new Refusal({
    status,
    serverCode,
    payload,
    attemptsLeft: payload.attemptsLeft,
    retryAfter: retryAfterOf(response),
  });
};
