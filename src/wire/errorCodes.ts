/**
 * Every refusal the server can give, with its HTTP status. Clients tell refusals apart by `code`, never by status or text.
 * Sentences for developers stand in `server/refusals.ts`, sentences for people in `ui/messages`.
 */
import type { ActionLevel, TokenBehavior } from './actions.js';

export const errorCodes = {
  // The request itself
  invalid_request: 400,
  two_credentials: 400,
  unknown_environment: 404,
  not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  invalid_scopes: 422,
  too_many_requests: 429,

  // Who is asking. Only `session_ended` and `session_expired` make a client forget its session.
  not_signed_in: 401,
  invalid_token: 401,
  token_expired: 401,
  session_ended: 401,
  session_expired: 401,
  insufficient_scope: 403,
  cross_site_request: 403,
  elevated_access_token_required: 403,
  insufficient_user_authentication: 401,

  // First factor
  invalid_email: 422,
  invalid_email_verification: 422,
  wrong_email_verification_token: 422,
  too_many_email_verification_attempts: 422,
  invalid_external_auth: 422,
  invalid_update: 422,

  // Second factor
  mfa_invalid_code: 422,
  mfa_rate_limited: 429,
  mfa_factor_suspended: 403,
  mfa_device_not_found: 404,
  mfa_totp_already_enrolled: 401,
  mfa_method_disabled: 422,
  mfa_enrollment_required: 403,
  mfa_last_factor_required: 422,
  mfa_recovery_codes_unavailable: 422,
  mfa_challenge_expired: 422,

  // Passkeys
  passkey_not_found: 404,
  passkey_already_registered: 409,
  max_passkeys_per_user: 422,
  passkey_challenge_expired: 422,
  passkey_user_verification_required: 422,
  passkey_clone_suspected: 422,
  passkey_invalid: 422,

  // The server's own trouble
  server_error: 500,
  temporarily_unavailable: 503,
} as const satisfies Record<string, number>;

/** A refusal's stable name, such as `mfa_invalid_code`. */
export type ErrorCode = keyof typeof errorCodes;

/** What every refusal carries in its body (contract §5.6): a string `error`, always, and a `code`. */
export interface ErrorResponse {
  error: string;
  code: ErrorCode;
  payload?: ErrorPayload;
}

/** Facts that help a person on: each is optional, and present only where the code calls for it. */
export interface ErrorPayload {
  /** The field of the request at fault, as a dotted path. With `invalid_request`. */
  field?: string;
  /** Why a code was refused, told only to the line of sessions that used it before. With `mfa_invalid_code`. */
  reason?: 'already_used' | 'enrollment_expired';
  /** Tries before the next wait. With `mfa_invalid_code`. */
  attemptsLeft?: number;
  /** When the next try is allowed, unix milliseconds of the server's clock. With `mfa_rate_limited`. */
  lockedUntil?: number;
  /** What would satisfy a demand for fresh proof. With `elevated_access_token_required`. */
  satisfiedBy?: ProofKind[];
  /** The protected action. With `insufficient_user_authentication` and `mfa_enrollment_required`, like `minLevel`. */
  action?: string;
  /** The weakest proof that is enough. */
  minLevel?: ActionLevel;
  /** What this user has to prove it with, strongest first. With `insufficient_user_authentication`, like the rest. */
  methods?: ProofKind[];
  /** Names what was refused when it is proven: good for 300 s and one proof. */
  challengeId?: string;
  /** The proof will be good for one payload alone. Absent where it is for the action whatever its payload. */
  isPayloadBound?: boolean;
  /** What is to be approved, in the application's words. */
  summary?: string;
  /** Whether the proof will count once, or for a while. */
  tokenBehavior?: TokenBehavior;
  /** For how long, seconds. */
  tokenExpirySeconds?: number;
  /** Number of the happening in the server's log. With `server_error`. */
  requestId?: string;
}

/** Ways to prove oneself afresh: a second factor, a recovery code, or the first factor again. */
export type ProofKind = 'totp' | 'passkey' | 'recovery' | 'first_factor';
