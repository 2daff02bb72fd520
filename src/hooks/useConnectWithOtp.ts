'use client';

import { useMemo } from 'react';
import type { MfaClient } from '../client/core.js';
import { isMfaError, MfaError } from '../client/errors.js';
import type { ProofResponse } from '../client/proof.js';
import { retryEmailOTP, sendEmailOTP, verifyOTP } from '../client/signIn.js';
import type { OtpVerification } from '../wire/session.js';
import { failSignIn, signInBy, tellFlow } from './flowEvents.js';
import { useMfaContext } from './MfaContext.js';

export interface UseConnectWithOtpReturnType {
  /** Sends a six-digit code, good for ten minutes. Rejects with `invalid_email`, `too_many_requests`. */
  connectWithEmail: (email: string) => Promise<void>;
  /** Not offered: rejects with `not_supported`. */
  connectWithSms: (phone: unknown) => Promise<void>;
  /** Signs in with the code. Rejects with `wrong_email_verification_token`, `too_many_email_verification_attempts`. */
  verifyOneTimePassword: (code: string) => Promise<ProofResponse>;
  /** Sends the code once more. */
  retryOneTimePassword: () => Promise<void>;
}

/** The verification under way, shared by all forms of a client: the one that sends and the one that asks may differ. */
const underWay = new WeakMap<MfaClient, OtpVerification>();

const verificationOf = (client: MfaClient): OtpVerification => {
  const verification = underWay.get(client);
  if (!verification)
    throw new MfaError('invalid_email_verification', { message: 'Call connectWithEmail(email) first.' });
  return verification;
};

/**
 * The built-in sign-in by e-mail code, for applications without one of their own.
 *
 * @example
 * const { connectWithEmail, verifyOneTimePassword } = useConnectWithOtp();
 * await connectWithEmail('ada@example.com');
 * await verifyOneTimePassword('123456');
 */
export const useConnectWithOtp = (): UseConnectWithOtpReturnType => {
  const { client } = useMfaContext();
  return useMemo(
    () => ({
      connectWithEmail: (email) =>
        signInBy(client, { type: 'email', email, option: email }, async () => {
          underWay.set(client, await sendEmailOTP({ email }, client));
        }),
      connectWithSms: async () => {
        throw new MfaError('not_supported', { message: 'Codes are sent by e-mail only.' });
      },
      verifyOneTimePassword: async (code) => {
        const otpVerification = verificationOf(client);
        try {
          const answer = await verifyOTP({ otpVerification, verificationToken: code }, client);
          underWay.delete(client);
          tellFlow(client, 'emailVerificationResult', true);
          return answer;
        } catch (error) {
          tellFlow(client, 'emailVerificationResult', false);
          // After a wrong code the person types another: nothing has failed yet.
          if (!isMfaError(error, 'wrong_email_verification_token')) failSignIn(client, { error });
          throw error;
        }
      },
      retryOneTimePassword: async () => {
        underWay.set(client, await retryEmailOTP({ otpVerification: verificationOf(client) }, client));
      },
    }),
    [client],
  );
};
