/**
 * Every refusal the server can give, with its HTTP status. Clients tell refusals apart by `code`, never by status or text.
 * Sentences for developers stand in `server/refusals.ts`, sentences for people in `ui/messages`.
 */
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
  /** Number of the happening in the server's log. With `server_error`. */
  requestId?: string;
}

/** Ways to prove oneself afresh: a second factor, a recovery code, or the first factor again. */
export type ProofKind = 'totp' | 'passkey' | 'recovery' | 'first_factor';
