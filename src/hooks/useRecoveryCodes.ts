'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { recoveryCodesQueryOptions } from '../queries/queries.js';
import { secretClientOf } from '../queries/secretClient.js';
import type { RecoveryCodesResponse } from '../wire/devices.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export interface UseRecoveryCodesParameters {
  /** Asks for a new set; the old codes stay good until the new ones are acknowledged. Default false. */
  isNewSet?: boolean;
}

export type UseRecoveryCodesReturnType = UseQueryResult<RecoveryCodesResponse>;

/**
 * The recovery codes that wait to be saved; the same ones through reload and StrictMode until they are acknowledged,
 * then none. Mount it with `isNewSet` only after a click that asks for new codes. Kept in memory only while something on
 * screen shows them.
 *
 * Fails with `elevated_access_token_required` when the last proof is older than five minutes, `network_error`.
 *
 * @example
 * const { data } = useRecoveryCodes();
 * return <ol>{data?.recoveryCodes.map((code) => <li key={code}>{code}</li>)}</ol>;
 */
export const useRecoveryCodes = ({ isNewSet = false }: UseRecoveryCodesParameters = {}): UseRecoveryCodesReturnType => {
  const { client } = useMfaContext();
  const { user } = useSession();
  return useQuery(recoveryCodesQueryOptions(client, isNewSet, user?.id), secretClientOf(client));
};
