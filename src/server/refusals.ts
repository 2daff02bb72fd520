/** Every refusal's sentence for developers, and the error handlers throw; only the router makes a response of it. */
import { type ErrorCode, type ErrorPayload, errorCodes } from '../wire/errorCodes.js';

const sentences: Record<ErrorCode, string> = {
  invalid_request: 'The request is not understood: payload.field names what is wrong.',
  two_credentials: 'The request carries a session cookie and an Authorization header: send one of them.',
  unknown_environment: 'This server has no environment of that id: check environmentId in the path.',
  not_found: 'There is no such route.',
  method_not_allowed: 'The route does not take this method: the Allow header lists those it takes.',
  body_too_large: 'The body is larger than 64 KB.',
  unsupported_media_type: 'Bodies must be sent as application/json.',
  idempotency_key_reused: 'This Idempotency-Key was used with another body: make a new one for each submitted value.',
  invalid_scopes: 'requestedScopes names a scope that cannot be granted here.',
  too_many_requests: 'Too many requests: wait for Retry-After seconds.',
  not_signed_in: 'The request carries no session.',
  invalid_token: 'The session token is not one of ours.',
  token_expired: 'The access token has expired: POST /refresh gives a new one while its session lives.',
  session_ended: 'The session has ended: sign in again.',
  session_expired: 'The session has expired: sign in again.',
  insufficient_scope: 'The session has not passed its second factor, which this route needs.',
  cross_site_request: 'The request came from another site, or from an origin that is not listed in `origins`.',
  elevated_access_token_required:
    'A proof given in the last five minutes is needed: payload.satisfiedBy lists what counts.',
  insufficient_user_authentication:
    'The action needs a proof: payload.methods lists what counts, and a token for payload.challengeId repeats the request.',
  invalid_email: 'That is not an e-mail address.',
  invalid_email_verification: 'There is no such e-mail verification, or it has expired or been used: send a new code.',
  wrong_email_verification_token: 'The e-mail code is wrong.',
  too_many_email_verification_attempts: 'All tries for this e-mail code are used: send a new one.',
  invalid_external_auth: 'The external token is not valid here: check its issuer, audience, signature, expiry and age.',
  invalid_update: 'That field cannot be changed here.',
  mfa_invalid_code: 'The code is not valid.',
  mfa_rate_limited: 'Too many wrong codes: wait until payload.lockedUntil.',
  mfa_factor_suspended: 'This factor is suspended after too many wrong codes: another factor lifts it.',
  mfa_device_not_found: 'The user has no such device.',
  mfa_totp_already_enrolled: 'The user has an authenticator app already: begin with ?replace=true to change it.',
  mfa_method_disabled: 'This method is switched off in the policy.',
  mfa_enrollment_required: 'The user must enrol a factor first.',
  mfa_last_factor_required: 'The policy demands a factor, and this is the last one.',
  mfa_recovery_codes_unavailable: 'Recovery codes are switched off in the policy.',
  mfa_challenge_expired:
    'The challenge is unknown, used or older than five minutes: repeat the request to get a new one.',
  passkey_not_found: 'The user has no such passkey.',
  passkey_already_registered: 'This passkey is registered already.',
  max_passkeys_per_user: 'The user has ten passkeys, and no more are taken.',
  passkey_challenge_expired: 'The challenge is unknown, used or expired: ask for new options, then for a new ceremony.',
  passkey_user_verification_required:
    'The authenticator did not verify the person (WebAuthn flag UV), which the policy demands here.',
  passkey_clone_suspected: 'The signature counter did not rise: there may be a copy of this passkey.',
  passkey_invalid: 'The answer of the authenticator is not valid here.',
  server_error: 'The server failed: payload.requestId finds the reason in its log.',
  temporarily_unavailable: 'The server is busy: repeat the request after Retry-After seconds.',
};

export interface RefusalOptions {
  payload?: ErrorPayload;
  /** Seconds until a repetition makes sense. */
  retryAfter?: number;
  /** Leaves the session cookie alone although the session is gone: another session has its name by now. */
  keepsCookie?: boolean;
  /** What the `WWW-Authenticate` header asks for (RFC 9470). */
  challenge?: string;
  /** Methods for the `Allow` header of a 405. */
  allow?: string;
}

/** A request that is answered with an error code, or a call of `admin` or `waiting` that is rejected with one. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly options: RefusalOptions = {},
  ) {
    super(sentences[code]);
    this.status = errorCodes[code];
  }
}

export const refuse = (code: ErrorCode, options?: RefusalOptions): Refusal => new Refusal(code, options);
