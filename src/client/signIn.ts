// The first factor: a code by e-mail, or the application's own JWT.
import {
  createEmailVerification,
  type EmailSignInRequest,
  retryEmailVerification,
  signInWithExternalJwt as signInRoute,
  signInWithEmail,
} from '../wire/routes.js';
import type { OtpVerification } from '../wire/session.js';
import type { MfaClient } from './core.js';
import { keyOf } from './idempotency.js';
import { type ProofResponse, sendAndAccept } from './proof.js';
import { send } from './transport.js';

/** Options of {@link verifyOTP}. */
export interface VerifyOtpOptions {
  /** What {@link sendEmailOTP} gave. */
  otpVerification: OtpVerification;
  /** The six digits from the e-mail. */
  verificationToken: string;
  requestedScopes?: EmailSignInRequest['requestedScopes'];
  allowNewMFALinking?: boolean;
}

/**
 * Sends a six-digit sign-in code by e-mail; it is good for ten minutes.
 *
 * @throws `invalid_email`, `too_many_requests`, `network_error`.
 */
export const sendEmailOTP = async ({ email }: { email: string }, client?: MfaClient): Promise<OtpVerification> =>
  send(client, createEmailVerification, { body: { email }, mode: 'open' });

/** Sends the code once more. @throws as {@link sendEmailOTP}. */
export const retryEmailOTP = async (
  { otpVerification: { verificationUUID, email } }: { otpVerification: OtpVerification },
  client?: MfaClient,
): Promise<OtpVerification> =>
  send(client, retryEmailVerification, { body: { verificationUUID, email }, mode: 'open' });

/**
 * Signs in with the code from the e-mail. Where a second factor is asked for, the session then waits for it:
 * see `isUserMissingMfaAuth`.
 *
 * @throws `wrong_email_verification_token`, `invalid_email_verification`, `too_many_email_verification_attempts`,
 * `network_error`.
 */
export const verifyOTP = async (
  { otpVerification, verificationToken, requestedScopes, allowNewMFALinking }: VerifyOtpOptions,
  client?: MfaClient,
): Promise<ProofResponse> =>
  sendAndAccept(client, signInWithEmail, {
    body: {
      verificationUUID: otpVerification.verificationUUID,
      verificationToken,
      requestedScopes,
      allowNewMFALinking,
    },
    mode: 'open',
    keyOf,
  });

/**
 * Signs in with a JWT of the application's own sign-in.
 *
 * @throws `invalid_external_auth` ({@link InvalidExternalAuthError}), `network_error`.
 */
export const signInWithExternalJwt = async (
  { externalJwt }: { externalJwt?: string },
  client?: MfaClient,
): Promise<ProofResponse> => sendAndAccept(client, signInRoute, { body: { jwt: externalJwt }, mode: 'open' });
