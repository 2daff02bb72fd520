'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { PreparedPasskeyAuthentication } from '../client/PreparedPasskey.js';
import type { RelatedOriginOptions } from '../client/preparedPasskeys.js';
import { passkeySignInQueryOptions } from '../queries/passkeyQueries.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';

export interface UsePasskeySignInParameters extends RelatedOriginOptions {}

export type UsePasskeySignInReturnType = UseQueryResult<PreparedPasskeyAuthentication>;

/**
 * Prepares a sign-in by passkey for a sign-in page of your own: `data.start()` opens the browser's sheet at once, and its
 * promise is the `credential` of {@link useSignInWithPasskey}. Prepared anew by itself before it expires; after the server
 * refused one, call `refetch()`.
 *
 * Fails with `passkey_not_supported`, `insecure_context`, `passkey_in_frame`, `mfa_method_disabled`, `network_error`.
 *
 * @example
 * const { data: prepared } = usePasskeySignIn();
 * const signInWithPasskey = useSignInWithPasskey();
 * return (
 *   <button disabled={!prepared} onClick={() => prepared && signInWithPasskey({ credential: prepared.start() })}>
 *     Sign in with a passkey
 *   </button>
 * );
 */
export const usePasskeySignIn = (parameters: UsePasskeySignInParameters = {}): UsePasskeySignInReturnType => {
  const { client } = useMfaContext();
  return useQuery(passkeySignInQueryOptions(client, parameters), secretClientOf(client));
};
