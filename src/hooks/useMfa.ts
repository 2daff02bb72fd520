'use client';

import { useMemo } from 'react';
import type { MfaClient } from '../client/core.js';
import {
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  getMfaDevices,
  registerTotpMfaDevice,
  setDefaultMfaDevice,
} from '../client/devices.js';
import { MfaError } from '../client/errors.js';
import { isPendingRecoveryCodesAcknowledgment } from '../client/predicates.js';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
  getMfaRecoveryCodes,
} from '../client/recoveryCodes.js';
import { refreshAuth } from '../client/user.js';
import type { QueryHandle } from '../queries/queryHandle.js';
import { refreshFactors } from '../queries/refreshFactors.js';
import type { CreateMfaToken } from '../wire/actions.js';
import type { MFADevice, MFADeviceType, TotpRegistration } from '../wire/devices.js';
import type { TokenScope } from '../wire/scopes.js';
import { useMfaContext } from './MfaContext.js';
import { toCreateMfaToken } from './toCreateMfaToken.js';

export interface AuthenticateRecoveryCodeParameters {
  code: string;
  /** Asks for an MFA token: `true` or `{ singleUse: true }` for one use, `{ singleUse: false }` for up to an hour. */
  createMfaToken?: boolean | CreateMfaToken;
  requestedScopes?: TokenScope[];
  /** Binds the token to this action. */
  mfaAction?: string;
}

export interface AuthenticateDeviceParameters extends AuthenticateRecoveryCodeParameters {
  /** Default `totp`, the only one that types codes. */
  type?: MFADeviceType;
  /** The pending device at first set-up. */
  deviceId?: string;
}

export interface UseMfaReturnType {
  /**
   * Begins the enrolment of an authenticator app, or resumes the one begun: the same secret until it is confirmed or
   * expires. Rejects with `mfa_totp_already_enrolled`, `not_supported` for other types: a passkey is added with
   * `useRegisterPasskey`.
   */
  addDevice: (type?: MFADeviceType) => Promise<TotpRegistration>;
  /** @deprecated Confirms without moving the session on; `authenticateDevice` with `deviceId` does both. */
  verifyDevice: (code: string, type?: MFADeviceType) => Promise<MFADevice>;
  /** @deprecated `authenticateDevice` says more. */
  authDevice: (code: string, type?: MFADeviceType, deviceId?: string) => Promise<boolean>;
  /**
   * Proves the person with six digits, confirms a pending device with `deviceId`, and resolves with the MFA token if one
   * was asked for. Rejects with `mfa_invalid_otp_error`, `mfa_rate_limited_error` (`retryAfter`), `network_error`.
   */
  authenticateDevice: (parameters: AuthenticateDeviceParameters) => Promise<string | undefined>;
  /** @deprecated `authenticateRecoveryCode` says more. Always asks for a single-use token. */
  authRecoveryCode: (code: string) => Promise<boolean>;
  /** Proves the person with a recovery code, which is then spent. Resolves and rejects as `authenticateDevice`. */
  authenticateRecoveryCode: (parameters: AuthenticateRecoveryCodeParameters) => Promise<string | undefined>;
  /** The authenticator apps; {@link useMfaDevices} keeps them up to date. */
  getUserDevices: () => Promise<MFADevice[]>;
  /** Makes a device the default. Rejects with `mfa_device_not_found`. */
  updateUserDevice: (deviceId: string) => Promise<void>;
  /** Removes a device. Rejects with `elevated_access_token_required`, `mfa_last_factor_required`. */
  deleteUserDevice: (deviceId: string, mfaAuthToken?: string) => Promise<void>;
  /** The codes that wait to be saved, none once they are; `true` makes a new set. */
  getRecoveryCodes: (generateNewCodes?: boolean) => Promise<string[]>;
  /** A new set; the old one stays good until `completeAcknowledgement`. Rejects with `elevated_access_token_required`. */
  getNewRecoveryCodes: () => Promise<string[]>;
  /** Says that the person saved their codes. */
  completeAcknowledgement: () => Promise<void>;
  /** Whether codes wait to be saved. Rejects when nobody is signed in. */
  isPendingRecoveryCodesAcknowledgment: () => Promise<boolean>;
}

const expectTotp = (type: MFADeviceType): void => {
  if (type !== 'totp') {
    throw new MfaError('not_supported', { message: `Unsupported device type: ${type}; passkeys: useRegisterPasskey` });
  }
};

const createMfa = (client: MfaClient, queries: QueryHandle): UseMfaReturnType => {
  const changed = async <T>(change: Promise<T>): Promise<T> => {
    const result = await change;
    refreshFactors(client, queries);
    return result;
  };
  const authenticateDevice: UseMfaReturnType['authenticateDevice'] = async ({
    type = 'totp',
    createMfaToken,
    ...rest
  }) => {
    expectTotp(type);
    const options = { ...rest, createMfaToken: toCreateMfaToken(createMfaToken) };
    return (await authenticateTotpMfaDevice(options, client)).mfaToken;
  };
  const authenticateRecoveryCode: UseMfaReturnType['authenticateRecoveryCode'] = async ({
    createMfaToken,
    ...rest
  }) => {
    const options = { ...rest, createMfaToken: toCreateMfaToken(createMfaToken) };
    return (await authenticateMfaRecoveryCode(options, client)).mfaToken;
  };
  const getNewRecoveryCodes = async () => (await createNewMfaRecoveryCodes(client)).recoveryCodes;
  return {
    addDevice: async (type = 'totp') => {
      expectTotp(type);
      return registerTotpMfaDevice(client);
    },
    verifyDevice: async (code, type = 'totp') => {
      expectTotp(type);
      return changed(confirmTotpMfaDevice({ code }, client));
    },
    authDevice: async (code, type, deviceId) => {
      await authenticateDevice({ code, type, deviceId });
      return true;
    },
    authenticateDevice,
    authRecoveryCode: async (code) => {
      await authenticateRecoveryCode({ code, createMfaToken: true });
      return true;
    },
    authenticateRecoveryCode,
    getUserDevices: () => getMfaDevices(client),
    updateUserDevice: (deviceId) => changed(setDefaultMfaDevice({ deviceId }, client)),
    deleteUserDevice: async (deviceId, mfaAuthToken) => {
      await changed(deleteMfaDevice({ deviceId, mfaAuthToken }, client));
      // The device is gone whether or not the session can be renewed just now.
      await refreshAuth(client).catch(() => undefined);
    },
    getRecoveryCodes: async (generateNewCodes = false) =>
      generateNewCodes ? getNewRecoveryCodes() : (await getMfaRecoveryCodes(client)).recoveryCodes,
    getNewRecoveryCodes,
    completeAcknowledgement: async () => {
      await acknowledgeRecoveryCodes(client);
    },
    isPendingRecoveryCodesAcknowledgment: async () => isPendingRecoveryCodesAcknowledgment(client),
  };
};

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
  return useMemo(() => createMfa(client, queries), [client, queries]);
};
