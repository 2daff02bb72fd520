'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { passkeysQueryOptions } from '../queries/passkeyQueries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import type { UserPasskey } from '../wire/passkeys.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UsePasskeysReturnType = UseQueryResult<UserPasskey[]>;

/**
 * The person's passkeys, oldest first; up to date after every change made here or elsewhere.
 *
 * @example
 * const { data: passkeys, isPending, error } = usePasskeys();
 */
export const usePasskeys = (): UsePasskeysReturnType => {
  const { client, queries } = useMfaContext();
  const { user } = useSession();
  return useQuery(passkeysQueryOptions(client, user?.id), queryClientOf(queries));
};
