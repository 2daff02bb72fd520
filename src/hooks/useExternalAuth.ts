'use client';

import { useMemo } from 'react';
import { requestExternalAuthElevatedToken, signInWithExternalJwt } from '../client/signIn.js';
import type { TokenScope } from '../wire/scopes.js';
import type { SdkUser } from '../wire/session.js';
import type { ExternalVerifyResponse } from '../wire/stepUp.js';
import { signInBy } from './flowEvents.js';
import { useMfaContext } from './MfaContext.js';

export interface SignInWithExternalJwtParameters {
  /** The JWT of your own sign-in. */
  externalJwt?: string;
  /** Published, not needed: the JWT says who it is. */
  externalUserId?: string;
}

export interface VerifyWithExternalJwtParameters {
  /** A fresh JWT of your own sign-in. */
  externalJwt: string;
  /** Scopes of an elevated access token. */
  requestedScopes?: TokenScope[];
}

export interface UseExternalAuthReturnType {
  /** Signs in; where a second factor is asked for, the modal then opens by itself. */
  signInWithExternalJwt: (parameters: SignInWithExternalJwtParameters) => Promise<SdkUser>;
  /**
   * Proves the first factor anew for the person who is signed in, such as before a first method in an old session. Rejects
   * with `invalid_external_auth`, also for another person's JWT.
   */
  verifyWithExternalJwt: (parameters: VerifyWithExternalJwtParameters) => Promise<ExternalVerifyResponse>;
}

/**
 * Signs in with a JWT of the application's own sign-in. `<MfaProvider externalJwt={jwt}>` does it by itself.
 *
 * Rejects with `invalid_external_auth`, `network_error`.
 *
 * @example
 * const { signInWithExternalJwt } = useExternalAuth();
 * await signInWithExternalJwt({ externalJwt: await yourAuth.getToken() });
 */
export const useExternalAuth = (): UseExternalAuthReturnType => {
  const { client } = useMfaContext();
  return useMemo(
    () => ({
      signInWithExternalJwt: ({ externalJwt }) =>
        signInBy(
          client,
          { type: 'externalAuth', option: 'externalAuth' },
          async () => (await signInWithExternalJwt({ externalJwt }, client)).user,
        ),
      verifyWithExternalJwt: (parameters) => requestExternalAuthElevatedToken(parameters, client),
    }),
    [client],
  );
};
