// The person's passkeys: list, rename, remove.

import { deletePasskey as deleteRoute, listPasskeys, renamePasskey as renameRoute } from '../wire/passkeyRoutes.js';
import type { UserPasskey } from '../wire/passkeys.js';
import { coreOf, type MfaClient } from './core.js';
import { tokensToRename, tokensToUnlink } from './factorTokens.js';
import { notePasskeys, signalAccount, signalRemoved } from './passkeySignals.js';
import { send } from './transport.js';

/** The person's passkeys, oldest first. @throws `not_signed_in`, `network_error`. */
export const getPasskeys = async (client?: MfaClient): Promise<UserPasskey[]> => {
  const core = coreOf(client);
  const { passkeys } = await send(client, listPasskeys, { onAnswer: ({ passkeys }) => notePasskeys(core, passkeys) });
  return passkeys;
};

/**
 * Gives a passkey another name, 64 characters at most; an empty one takes its name away. Needs a proof of the last five
 * minutes.
 *
 * @throws `elevated_access_token_required` when a fresh proof is needed; `passkey_not_found`; `invalid_request`.
 */
export const renamePasskey = async (
  { passkeyId, alias }: { passkeyId: string; alias: string },
  client?: MfaClient,
): Promise<UserPasskey> => {
  const core = coreOf(client);
  const renamed = await send(client, renameRoute, {
    body: { id: passkeyId, alias },
    tokens: () => tokensToRename(core),
  });
  void signalAccount(core);
  return renamed;
};

/**
 * Removes a passkey. Needs a proof of the last five minutes, or a token, as `deleteMfaDevice`. Browsers that can be told stop offering the passkey, if `getPasskeys` listed it before.
 *
 * @throws `elevated_access_token_required` when a fresh proof is needed; `mfa_last_factor_required`;
 * `passkey_not_found`.
 */
export const deletePasskey = async (
  { passkeyId, mfaAuthToken }: { passkeyId: string; mfaAuthToken?: string },
  client?: MfaClient,
): Promise<void> => {
  const core = coreOf(client);
  await send(client, deleteRoute, { body: { passkeyId }, tokens: () => tokensToUnlink(core, mfaAuthToken) });
  void signalRemoved(core, passkeyId);
};
