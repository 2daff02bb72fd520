import type { MfaClient } from '../client/core.js';
import { MfaPasskeyError } from '../client/MfaPasskeyError.js';
import {
  type AuthenticatePasskeyOptions,
  authenticatePasskeyMFA,
  type RegisterPasskeyOptions,
  registerPasskeyAndTell,
} from '../client/passkeyProofs.js';
import { deletePasskey, renamePasskey } from '../client/passkeys.js';
import type { UserPasskey } from '../wire/passkeys.js';
import { type ChangeContext, ceremony, change } from './change.js';
import { preparedKey } from './passkeyQueries.js';
import { type ProofResult, toResult } from './proofResult.js';
import { secretClientOf } from './secretClient.js';

/** What the screens need to know of a passkey just made. */
export interface AddPasskeyResult extends ProofResult {
  /** What was made; absent on a server that does not say. */
  passkey?: UserPasskey;
}

/** A challenge is good for one answer, whatever became of it: the next click needs another. */
const prepareAnew = (client: MfaClient, error: unknown): void => {
  // Cancelled in the browser, it was never answered.
  if (error instanceof MfaPasskeyError && error.passkeyCode !== 'passkey_challenge_expired') return;
  void secretClientOf(client).invalidateQueries({ queryKey: preparedKey(client.user?.id) });
};

const preparingAnew = async <T>(client: MfaClient, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    prepareAnew(client, error);
    throw error;
  }
};

export const addPasskeyMutationOptions = (context: ChangeContext) =>
  ceremony(
    context,
    'addPasskey',
    (options: RegisterPasskeyOptions | void, client): Promise<AddPasskeyResult> =>
      preparingAnew(context.client, async () => {
        const response = await registerPasskeyAndTell(options ?? {}, client);
        return { ...toResult(response), passkey: response.passkey };
      }),
  );

export const authenticatePasskeyMutationOptions = (context: ChangeContext) =>
  ceremony(
    context,
    'authenticatePasskey',
    (options: AuthenticatePasskeyOptions | void, client): Promise<ProofResult> =>
      preparingAnew(context.client, async () => toResult(await authenticatePasskeyMFA(options ?? {}, client))),
  );

export const renamePasskeyMutationOptions = (context: ChangeContext) =>
  change<{ passkeyId: string; alias: string }, UserPasskey>(context, 'renamePasskey', renamePasskey);

export const removePasskeyMutationOptions = (context: ChangeContext) =>
  change<{ passkeyId: string; mfaAuthToken?: string }, void>(context, 'removePasskey', deletePasskey);
