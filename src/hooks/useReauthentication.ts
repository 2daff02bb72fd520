'use client';

import { useMemo } from 'react';
import { requestExternalAuthElevatedToken, sendEmailOTP, type VerifyOtpOptions, verifyOTP } from '../client/signIn.js';
import { useMfaContext } from './MfaContext.js';
import type { VerifyWithExternalJwtParameters } from './useExternalAuth.js';

/** @internal The first factor again, for whoever is signed in: by a code to their address, or the application's own sign-in. */
export const useReauthentication = () => {
  const { client } = useMfaContext();
  return useMemo(
    () => ({
      sendCode: (email: string) => sendEmailOTP({ email }, client),
      verifyCode: (options: VerifyOtpOptions) => verifyOTP(options, client),
      verifyJwt: (parameters: VerifyWithExternalJwtParameters) => requestExternalAuthElevatedToken(parameters, client),
    }),
    [client],
  );
};
