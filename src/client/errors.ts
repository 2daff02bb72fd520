// The errors a caller can meet: one base, four children, and the published classes.
import type { ErrorCode, ErrorPayload } from '../wire/errorCodes.js';

/** Codes that arise on this side of the wire. */
export type ClientErrorCode =
  | 'network_error'
  | 'invalid_response'
  | 'invalid_argument'
  | 'cancelled'
  | 'no_client'
  | 'mfa_token_required'
  | 'not_supported'
  | 'passkey_cancelled'
  | 'passkey_aborted'
  | 'passkey_no_answer'
  | 'passkey_no_credentials'
  | 'passkey_not_supported'
  | 'passkey_in_frame'
  | 'passkey_unknown_error'
  | 'insecure_context'
  | 'unknown_error';

/** How a passkey ceremony can fail on this side; three of these the server says as well. */
export type PasskeyErrorCode =
  | Extract<ClientErrorCode, `passkey_${string}` | 'insecure_context'>
  | Extract<
      ErrorCode,
      'passkey_already_registered' | 'passkey_user_verification_required' | 'passkey_challenge_expired'
    >;

/** Codes that published applications compare with; each stands for a code of ours of the same meaning. */
export type PublishedErrorCode =
  | 'mfa_invalid_otp_error'
  | 'mfa_rate_limited_error'
  | 'invalid_external_auth_error'
  | 'unauthorized_error'
  | 'no_webauthn_support_error'
  | 'no_passkey_credentials_found_error'
  | 'value_must_be_defined_error'
  | 'invalid_param_error';

/** Everything {@link MfaError.code} can be. */
export type MfaErrorCode = ErrorCode | ClientErrorCode | PublishedErrorCode;

/**
 * The base of every error this kit throws. Tell errors apart by `code`, with {@link isMfaError}; `message` is for
 * developers and never holds a code, a secret or a token.
 */
export class MfaError extends Error {
  override name = 'MfaError';
  /** On {@link MfaApiError}. */
  declare readonly serverCode?: string;
  /** On {@link MfaPasskeyError}. */
  declare readonly passkeyCode?: PasskeyErrorCode;

  constructor(
    /** Stable, machine-readable. The README explains each under "Errors". */
    readonly code: MfaErrorCode,
    { message = `${code}, see README.md#errors`, cause }: { message?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
  }
}

/** What the server said when it refused. */
export interface ApiRefusal {
  /** HTTP status. */
  readonly status: number;
  /** The code in the server's answer, also where `code` is a published one. */
  readonly serverCode: string;
  /** Seconds to wait before the next try, where the server said so. */
  readonly retryAfter?: number;
  /** Tries left before the next wait, after a wrong code. */
  readonly attemptsLeft?: number;
  /** Facts that help a person on. */
  readonly payload: ErrorPayload;
}

/** The server refused, or failed. */
export class MfaApiError extends MfaError implements ApiRefusal {
  override name = 'MfaApiError';
  declare readonly status: number;
  declare readonly serverCode: string;
  declare readonly retryAfter?: number;
  declare readonly attemptsLeft?: number;
  declare readonly payload: ErrorPayload;

  constructor(refusal: ApiRefusal) {
    super(refusal.serverCode as MfaErrorCode);
    Object.assign(this, refusal);
  }
}

/** {@link MfaApiError} under its published name. */
export { MfaApiError as APIError };

/** The code was wrong, foreign or used before (`mfa_invalid_code`). */
export class MfaInvalidOtpError extends MfaApiError {
  override name = 'MfaInvalidOtpError';
  override code = 'mfa_invalid_otp_error' as const;
}

/** Too many wrong codes: `retryAfter` says how long to wait (`mfa_rate_limited`). */
export class MfaRateLimitedError extends MfaApiError {
  override name = 'MfaRateLimitedError';
  override code = 'mfa_rate_limited_error' as const;
}

/** The application's own JWT was not accepted (`invalid_external_auth`). */
export class InvalidExternalAuthError extends MfaApiError {
  override name = 'InvalidExternalAuthError';
  override code = 'invalid_external_auth_error' as const;
}

/** A 401 that does not say why. */
export class UnauthorizedError extends MfaApiError {
  override name = 'UnauthorizedError';
  override code = 'unauthorized_error' as const;
}

/** No answer (`network_error`), or none that could be read (`invalid_response`). */
export class MfaNetworkError extends MfaError {
  override name = 'MfaNetworkError';
  constructor(code: 'network_error' | 'invalid_response' = 'network_error', cause?: unknown) {
    super(code, { cause });
  }
}

/** A person closed the view, or the caller gave up; `reason` says which. */
export class MfaCancelledError extends MfaError {
  override name = 'MfaCancelledError';
  constructor(
    /** Such as `closed`, `escape`, `aborted`, `signedOut`. */
    readonly reason: string = 'closed',
    message = 'MFA view closed',
  ) {
    super('cancelled', { message });
  }
}

/** Nobody is signed in, and the call is for who is. Nothing was sent. */
export class UserNotAuthenticatedError extends MfaError {
  override name = 'UserNotAuthenticatedError';
  constructor(message?: string) {
    super('not_signed_in', { message });
  }
}

/** Something that has to be there is not: an MFA token, or somebody signed in. */
export class ValueMustBeDefinedError extends MfaError {
  override name = 'ValueMustBeDefined';
  constructor(what: string) {
    super('value_must_be_defined_error', { message: what });
  }
}

/** Something that came in place of an elevated access token is none. */
export class InvalidParamError extends MfaError {
  override name = 'InvalidParamError';
  constructor(message: string) {
    super('invalid_param_error', { message });
  }
}

/** Narrows to the code asked for, or its published name; an error of another code stays an `MfaError`. */
export interface IsMfaError {
  (error: unknown): error is MfaError;
  <TCode extends MfaErrorCode>(
    error: unknown,
    code: TCode,
  ): error is MfaError & { readonly code: TCode | PublishedErrorCode };
}

/**
 * Whether something caught is an error of this kit, and of this code if one is given. Matches the published code and
 * ours alike: `isMfaError(e, 'mfa_invalid_otp_error')` and `isMfaError(e, 'mfa_invalid_code')` are the same.
 */
export const isMfaError: IsMfaError = (error: unknown, code?: MfaErrorCode): error is never =>
  // `never` fits both forms of the interface, which says what is narrowed to.
  error instanceof MfaError &&
  (!code || error.code === code || error.serverCode === code || error.passkeyCode === code);
