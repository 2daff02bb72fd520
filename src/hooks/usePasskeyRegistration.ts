'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { PreparedPasskeyRegistration } from '../client/PreparedPasskey.js';
import { passkeyRegistrationQueryOptions } from '../queries/passkeyQueries.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UsePasskeyRegistrationReturnType = UseQueryResult<PreparedPasskeyRegistration>;

/**
 * Prepares the making of a passkey, so that a click has everything at hand: `data.start()` opens the browser's sheet at
 * once, and its promise is the `credential` of {@link useAddPasskey}. Prepared anew by itself before it expires and after
 * the server refused one; before another passkey is made, call `refetch()`.
 *
 * Fails with `elevated_access_token_required` (a fresh proof is needed first), `passkey_not_supported`,
 * `insecure_context`, `passkey_in_frame`, `mfa_method_disabled`, `network_error`.
 *
 * @example
 * const { data: prepared } = usePasskeyRegistration();
 * const { mutate: add } = useAddPasskey();
 * return <button disabled={!prepared} onClick={() => prepared && add({ credential: prepared.start() })} />;
 */
export const usePasskeyRegistration = (): UsePasskeyRegistrationReturnType => {
  const { client } = useMfaContext();
  const { user } = useSession();
  return useQuery(passkeyRegistrationQueryOptions(client, user?.id), secretClientOf(client));
};
