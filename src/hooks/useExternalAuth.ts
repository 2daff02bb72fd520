'use client';

import { useMemo } from 'react';
import { signInWithExternalJwt } from '../client/signIn.js';
import type { SdkUser } from '../wire/session.js';
import { useMfaContext } from './MfaContext.js';

export interface SignInWithExternalJwtParameters {
  /** The JWT of your own sign-in. */
  externalJwt?: string;
  /** Published, not needed: the JWT says who it is. */
  externalUserId?: string;
}

export interface UseExternalAuthReturnType {
  /** Signs in; where a second factor is asked for, the modal then opens by itself. */
  signInWithExternalJwt: (parameters: SignInWithExternalJwtParameters) => Promise<SdkUser>;
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
      signInWithExternalJwt: async ({ externalJwt }) => (await signInWithExternalJwt({ externalJwt }, client)).user,
    }),
    [client],
  );
};
