import type { MutationOptions } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import {
  type AuthenticateTotpOptions,
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  setDefaultMfaDevice,
} from '../client/devices.js';
import { isMfaError } from '../client/errors.js';
import type { ProofOptions, ProofResponse } from '../client/proof.js';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
} from '../client/recoveryCodes.js';
import { withSignal } from '../client/withSignal.js';
import type { MFADevice, RecoveryCodesResponse } from '../wire/devices.js';
import { mfaKey } from './keys.js';
import type { QueryHandle } from './queryHandle.js';
import { refreshFactors } from './refreshFactors.js';

/** What the screens need to know of a proof. Session tokens stay in the client. */
export interface ProofResult {
  /** The MFA token, where one was asked for and codes need not be saved first. */
  mfaToken?: string;
  /** Codes are waiting to be saved. */
  isAcknowledgementPending: boolean;
  /** After a recovery code: how many are left. */
  recoveryCodesLeft?: number;
}

/** Who makes a change, until when, and where what it makes out of date is kept. */
export interface ChangeContext {
  client: MfaClient;
  queries: QueryHandle;
  /** Ends the change when nobody waits for it any more. */
  signal: () => AbortSignal;
}

const underWay = new WeakMap<MfaClient, Map<string, Promise<unknown>>>();

/** One request per intent: the same change asked for again while it is under way is that change. */
const once = <T>(client: MfaClient, intent: string, run: () => Promise<T>): Promise<T> => {
  const all = underWay.get(client) ?? new Map<string, Promise<unknown>>();
  underWay.set(client, all);
  const known = all.get(intent) as Promise<T> | undefined;
  if (known) return known;
  const started = run().finally(() => all.delete(intent));
  all.set(intent, started);
  return started;
};

/** A wrong code that comes with a wait has begun one. */
const isLocked = (error: unknown): boolean =>
  isMfaError(error, 'mfa_factor_suspended') ||
  isMfaError(error, 'mfa_rate_limited') ||
  (isMfaError(error, 'mfa_invalid_code') && 'retryAfter' in error && error.retryAfter !== undefined);

/** Nothing is kept once a change is done: its variables may be codes, its result a token. */
const change = <TVariables, TResult>(
  { client, queries, signal }: ChangeContext,
  name: string,
  run: (variables: TVariables, client: MfaClient) => Promise<TResult>,
): MutationOptions<TResult, Error, TVariables> => ({
  mutationKey: [...mfaKey(client.user?.id), name],
  gcTime: 0,
  retry: false,
  networkMode: 'always',
  mutationFn: (variables) =>
    once(client, JSON.stringify([name, variables]), async () => {
      try {
        const result = await run(variables, withSignal(client, signal()));
        refreshFactors(client, queries);
        return result;
      } catch (error) {
        if (isLocked(error)) refreshFactors(client, queries);
        throw error;
      }
    }),
});

const toResult = ({ user, mfaToken, recoveryCodesLeft }: ProofResponse): ProofResult => ({
  mfaToken,
  recoveryCodesLeft,
  isAcknowledgementPending: user.mfaBackupCodeAcknowledgement === 'pending',
});

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
  change<void, { mfaToken?: string }>(context, 'acknowledgeRecoveryCodes', async (_, client) => {
    const { mfaToken } = await acknowledgeRecoveryCodes(client);
    return { mfaToken };
  });
