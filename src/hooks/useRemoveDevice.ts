'use client';

import { removeDeviceMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseRemoveDeviceReturnType = ReturnType<typeof useRemoveDevice>;

/**
 * Removes a device, or cancels a pending one. Needs a proof of the last five minutes, or an MFA token.
 *
 * Fails with `elevated_access_token_required` (prompt, then try again), `mfa_last_factor_required`,
 * `mfa_device_not_found`.
 *
 * @example
 * const { mutate: remove } = useRemoveDevice();
 * remove({ deviceId });
 */
export const useRemoveDevice = () => useChange(removeDeviceMutationOptions);
