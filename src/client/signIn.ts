// The first factor: a code by e-mail, or the application's own JWT.
import {
  createEmailVerification,
  type EmailSignInRequest,
  retryEmailVerification,
  signInWithExternalJwt as signInRoute,
  signInWithEmail,
  verifyEmail,
  verifyExternal,
} from '../wire/routes.js';
import type { TokenScope } from '../wire/scopes.js';
import type { OtpVerification } from '../wire/session.js';
import type { ExternalVerifyResponse } from '../wire/stepUp.js';
import { coreOf, type MfaClient } from './core.js';
import { addElevatedToken, readElevatedToken } from './elevatedTokens.js';
import { MfaError } from './errors.js';
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

/** Not offered: codes are sent by e-mail. @throws `not_supported`. */
export const sendSmsOTP = async (
  _phone: { isoCountryCode: string; phoneNumber: string },
  _client?: MfaClient,
): Promise<OtpVerification> => {
  throw new MfaError('not_supported', { message: 'Codes are sent by e-mail only.' });
};

/** Sends the code once more. @throws as {@link sendEmailOTP}. */
export const retryEmailOTP = async (
  { otpVerification: { verificationUUID, email } }: { otpVerification: OtpVerification },
  client?: MfaClient,
): Promise<OtpVerification> =>
  send(client, retryEmailVerification, { body: { verificationUUID, email }, mode: 'open' });

/**
 * Signs in with the code from the e-mail; with the code sent to their own address, who is signed in proves their first
 * factor anew and the session goes on. Where a second factor is asked for, the session then waits for it:
 * see `isUserMissingMfaAuth`.
 *
 * @throws `wrong_email_verification_token`, `invalid_email_verification`, `too_many_email_verification_attempts`,
 * `network_error`.
 */
export const verifyOTP = async (
  { otpVerification, verificationToken, requestedScopes, allowNewMFALinking }: VerifyOtpOptions,
  client?: MfaClient,
): Promise<ProofResponse> => {
  const { verificationUUID, email } = otpVerification;
  const body = { verificationUUID, verificationToken, requestedScopes };
  // Another address is another person's: whoever types its code wants to be them.
  if (email && email === coreOf(client).snapshot.user?.email)
    return sendAndAccept(client, verifyEmail, { body, keyOf });
  return sendAndAccept(client, signInWithEmail, { body: { ...body, allowNewMFALinking }, mode: 'open', keyOf });
};

/**
 * Signs in with a JWT of the application's own sign-in.
 *
 * @throws `invalid_external_auth` ({@link InvalidExternalAuthError}), `network_error`.
 */
export const signInWithExternalJwt = async (
  { externalJwt }: { externalJwt?: string },
  client?: MfaClient,
): Promise<ProofResponse> => sendAndAccept(client, signInRoute, { body: { jwt: externalJwt }, mode: 'open' });

/**
 * Proves the first factor anew with a fresh JWT of the application's own sign-in, for the person who is signed in. The
 * elevated access token it grants is stored as well: where nothing is enrolled yet, it lets the first method be.
 *
 * @throws `invalid_external_auth` ({@link InvalidExternalAuthError}), `invalid_scopes`, `network_error`, `not_signed_in`.
 */
export const requestExternalAuthElevatedToken = async (
  { externalJwt, requestedScopes }: { externalJwt: string; requestedScopes?: TokenScope[] },
  client?: MfaClient,
): Promise<ExternalVerifyResponse> => {
  const core = coreOf(client);
  return send(client, verifyExternal, {
    body: { jwt: externalJwt, requestedScopes },
    onAnswer: ({ elevatedAccessToken }) =>
      elevatedAccessToken && addElevatedToken(core, readElevatedToken(elevatedAccessToken)),
  });
};
