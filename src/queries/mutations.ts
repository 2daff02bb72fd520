import {
  type AuthenticateTotpOptions,
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  setDefaultMfaDevice,
} from '../client/devices.js';
import type { ProofOptions } from '../client/proof.js';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
} from '../client/recoveryCodes.js';
import type { MFADevice, RecoveryCodesResponse } from '../wire/devices.js';
import { type ChangeContext, change } from './change.js';
import { type ProofResult, toResult } from './proofResult.js';

export const authenticateTotpMutationOptions = (context: ChangeContext) =>
  change(context, 'authenticateTotp', async (options: AuthenticateTotpOptions, client) =>
    toResult(await authenticateTotpMfaDevice(options, client)),
  );

export const authenticateRecoveryCodeMutationOptions = (context: ChangeContext) =>
  change(context, 'authenticateRecoveryCode', async (options: ProofOptions & { code: string }, client) =>
    toResult(await authenticateMfaRecoveryCode(options, client)),
  );

export const confirmTotpMutationOptions = (context: ChangeContext) =>
  change<{ code: string }, MFADevice>(context, 'confirmTotp', confirmTotpMfaDevice);

export const setDefaultDeviceMutationOptions = (context: ChangeContext) =>
  change<{ deviceId: string }, void>(context, 'setDefaultDevice', setDefaultMfaDevice);

export const removeDeviceMutationOptions = (context: ChangeContext) =>
  change<{ deviceId: string; mfaAuthToken?: string }, void>(context, 'removeDevice', deleteMfaDevice);

export const createRecoveryCodesMutationOptions = (context: ChangeContext) =>
  change<void, RecoveryCodesResponse>(context, 'createRecoveryCodes', (_, client) => createNewMfaRecoveryCodes(client));

export const acknowledgeRecoveryCodesMutationOptions = (context: ChangeContext) =>
  change<void, Pick<ProofResult, 'mfaToken' | 'mfaTokens'>>(context, 'acknowledgeRecoveryCodes', async (_, client) => {
    const { mfaToken, mfaTokens } = await acknowledgeRecoveryCodes(client);
    return { mfaToken, mfaTokens };
  });
