'use client';

import { useMemo } from 'react';
import { useMfaContext } from './MfaContext.js';
import type { UseMfaReturnType } from './operations.js';
import { useOperations } from './useOperations.js';

export type {
  AuthenticateDeviceParameters,
  AuthenticateRecoveryCodeParameters,
  UseMfaReturnType,
} from './operations.js';

/**
 * Every operation on the person's second factors as a function, for an interface of your own. Every failure rejects with
 * an `MfaError`; what is on screen elsewhere catches up by itself.
 *
 * @example
 * const { addDevice, authenticateDevice, getRecoveryCodes, completeAcknowledgement } = useMfa();
 * const { id, uri } = await addDevice();
 * // draw `uri`, let the person type the code their app shows
 * await authenticateDevice({ code, deviceId: id });
 * const codes = await getRecoveryCodes();
 * // show them, then
 * await completeAcknowledgement();
 */
export const useMfa = (): UseMfaReturnType => {
  const { client, queries } = useMfaContext();
  const load = useOperations();
  return useMemo(() => {
    type Operation = (...parameters: never[]) => Promise<unknown>;
    const operation = <TName extends keyof UseMfaReturnType>(name: TName) =>
      (async (...parameters) => {
        const run: Operation = (await load()).createMfa(client, queries)[name];
        return run(...parameters);
      }) satisfies Operation as UseMfaReturnType[TName];
    return {
      addDevice: operation('addDevice'),
      verifyDevice: operation('verifyDevice'),
      authDevice: operation('authDevice'),
      authenticateDevice: operation('authenticateDevice'),
      authRecoveryCode: operation('authRecoveryCode'),
      authenticateRecoveryCode: operation('authenticateRecoveryCode'),
      getUserDevices: operation('getUserDevices'),
      updateUserDevice: operation('updateUserDevice'),
      deleteUserDevice: operation('deleteUserDevice'),
      getRecoveryCodes: operation('getRecoveryCodes'),
      getNewRecoveryCodes: operation('getNewRecoveryCodes'),
      completeAcknowledgement: operation('completeAcknowledgement'),
      isPendingRecoveryCodesAcknowledgment: operation('isPendingRecoveryCodesAcknowledgment'),
    };
  }, [client, queries, load]);
};
