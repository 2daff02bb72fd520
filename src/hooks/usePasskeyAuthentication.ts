'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { PreparedPasskeyAuthentication } from '../client/PreparedPasskey.js';
import type { RelatedOriginOptions } from '../client/preparedPasskeys.js';
import { passkeyAuthenticationQueryOptions } from '../queries/passkeyQueries.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export interface UsePasskeyAuthenticationParameters extends RelatedOriginOptions {}

export type UsePasskeyAuthenticationReturnType = UseQueryResult<PreparedPasskeyAuthentication>;

/**
 * Prepares a proof by passkey, so that a click has everything at hand: `data.start()` opens the browser's sheet at once,
 * and its promise is the `credential` of {@link useAuthenticatePasskey}. Prepared anew by itself before it expires and
 * after the server refused one.
 *
 * Fails with `passkey_no_credentials` (the person has none), `passkey_not_supported`, `insecure_context`,
 * `passkey_in_frame`, `network_error`.
 *
 * @example
 * const { data: prepared } = usePasskeyAuthentication();
 * const { mutate: authenticate } = useAuthenticatePasskey();
 * return <button disabled={!prepared} onClick={() => prepared && authenticate({ credential: prepared.start() })} />;
 */
export const usePasskeyAuthentication = (
  parameters: UsePasskeyAuthenticationParameters = {},
): UsePasskeyAuthenticationReturnType => {
  const { client } = useMfaContext();
  const { user } = useSession();
  return useQuery(passkeyAuthenticationQueryOptions(client, parameters, user?.id), secretClientOf(client));
};
