'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { mfaMethodsQueryOptions } from '../queries/queries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import type { MfaMethodsResponse } from '../wire/devices.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UseMfaMethodsReturnType = UseQueryResult<MfaMethodsResponse>;

/**
 * What the person can prove themselves with just now: verified apps, recovery codes left, what is locked until when.
 *
 * @example
 * const { data } = useMfaMethods();
 * return data?.userHasVerifiedMfaMethods ? <Protected /> : <TurnOnMfa />;
 */
export const useMfaMethods = (): UseMfaMethodsReturnType => {
  const { client, queries } = useMfaContext();
  const { user } = useSession();
  return useQuery(mfaMethodsQueryOptions(client, user?.id), queryClientOf(queries));
};
