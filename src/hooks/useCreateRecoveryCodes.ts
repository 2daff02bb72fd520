'use client';

import { createRecoveryCodesMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseCreateRecoveryCodesReturnType = ReturnType<typeof useCreateRecoveryCodes>;

/**
 * Makes a new set of recovery codes. The old ones stay good until the new ones are acknowledged.
 *
 * Fails with `elevated_access_token_required` when the last proof is older than five minutes.
 *
 * @example
 * const { mutateAsync: createCodes } = useCreateRecoveryCodes();
 * const { recoveryCodes } = await createCodes();
 */
export const useCreateRecoveryCodes = () => useChange(createRecoveryCodesMutationOptions);
