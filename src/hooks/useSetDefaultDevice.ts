'use client';

import { setDefaultDeviceMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseSetDefaultDeviceReturnType = ReturnType<typeof useSetDefaultDevice>;

/**
 * Makes a device the one asked for first among those never used.
 *
 * Fails with `mfa_device_not_found`, `network_error`.
 *
 * @example
 * const { mutate: setDefault } = useSetDefaultDevice();
 * setDefault({ deviceId });
 */
export const useSetDefaultDevice = () => useChange(setDefaultDeviceMutationOptions);
