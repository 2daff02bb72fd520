'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { mfaDevicesQueryOptions } from '../queries/queries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import type { MFADevice } from '../wire/devices.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UseMfaDevicesReturnType = UseQueryResult<MFADevice[]>;

/**
 * The person's authenticator apps, the pending one included; up to date after every change made here or elsewhere.
 *
 * @example
 * const { data: devices, isPending, error } = useMfaDevices();
 */
export const useMfaDevices = (): UseMfaDevicesReturnType => {
  const { client, queries } = useMfaContext();
  const { user } = useSession();
  return useQuery(mfaDevicesQueryOptions(client, user?.id), queryClientOf(queries));
};
