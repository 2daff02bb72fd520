'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type RecoveryCodesStatus, recoveryCodesStatusQueryOptions } from '../queries/queries.js';
import { queryClientOf } from '../queries/queryClientOf.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UseRecoveryCodesStatusReturnType = UseQueryResult<RecoveryCodesStatus>;

/**
 * How many recovery codes are left, and whether it is time for new ones. Shares its request with `useMfaMethods`.
 *
 * @example
 * const { data } = useRecoveryCodesStatus();
 * return data?.isRunningLow ? <p>{data.left} backup codes left</p> : null;
 */
export const useRecoveryCodesStatus = (): UseRecoveryCodesStatusReturnType => {
  const { client, queries } = useMfaContext();
  const { user } = useSession();
  return useQuery(recoveryCodesStatusQueryOptions(client, user?.id), queryClientOf(queries));
};
