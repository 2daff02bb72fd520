// Who is signed in: read again, renew, change, delete, sign out.
import type { MFAAction } from '../wire/actions.js';
import {
  deleteUser as deleteRoute,
  getUser,
  revokeSession,
  type UpdateUserRequest,
  updateUser as updateRoute,
} from '../wire/routes.js';
import type { SdkUser, UpdateSelfResponse } from '../wire/session.js';
import { signOut, tellOtherTabs } from './accept.js';
import { coreOf, type MfaClient } from './core.js';
import type { LogoutReason } from './events.js';
import { FACTOR_CHANGE, spendToken } from './mfaTokens.js';
import { type ProofResponse, sendAndAccept, type WithoutTokens } from './proof.js';
import { setSession } from './session.js';
import { renew, requireUser, send } from './transport.js';

/** Reads the user again. @throws `not_signed_in`, `session_ended`, `session_expired`, `network_error`. */
export const refreshUser = async (client?: MfaClient): Promise<SdkUser> => {
  const core = coreOf(client);
  return send(client, getUser, { onAnswer: (user) => setSession(core, user) });
};

/**
 * Renews the session token and the user. Requests do this by themselves when the token is about to end.
 *
 * @throws `not_signed_in`, `session_ended`, `session_expired`, `network_error`.
 */
export const refreshAuth = async (client?: MfaClient): Promise<ProofResponse> => {
  const core = coreOf(client);
  await requireUser(core);
  const { jwt: _, minifiedJwt: __, ...rest } = await renew(core);
  return rest;
};

/**
 * Changes fields of the user. A stored MFA token for `user.update` goes along.
 *
 * @throws `invalid_update`, `elevated_access_token_required`, `not_signed_in`.
 */
export const updateUser = async (
  { userFields }: { userFields: Omit<UpdateUserRequest, 'mfaBackupCodeAcknowledgement'> },
  client?: MfaClient,
): Promise<WithoutTokens<UpdateSelfResponse>> =>
  sendAndAccept(client, updateRoute, {
    body: userFields,
    tokens: () => spendToken(coreOf(client), 'user.update' satisfies MFAAction),
  });

/** Deletes the user and signs out. A stored MFA token goes along. @throws `elevated_access_token_required`. */
export const deleteUser = async (client?: MfaClient): Promise<void> => {
  const core = coreOf(client);
  await send(client, deleteRoute, { tokens: () => spendToken(core, FACTOR_CHANGE) });
  signOut(core, 'user-deleted');
  await tellOtherTabs(core);
};

/**
 * Signs out: at once on this side, then on the server. Does nothing when nobody is signed in, and does not reject when
 * the server cannot be reached; in cookie mode a reload then finds the session alive.
 */
export const logout = async (client?: MfaClient, reason: LogoutReason = 'user-intent'): Promise<void> => {
  const core = coreOf(client);
  const { token, snapshot } = core;
  if (!snapshot.user) return;
  signOut(core, reason);
  await send(client, revokeSession, { mode: 'open', token }).catch(() => undefined);
  // Only now, or another tab would still find the session alive.
  await tellOtherTabs(core);
};
