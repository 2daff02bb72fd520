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
import { coreOf, type MfaClient } from './core.js';
import type { LogoutReason } from './events.js';
import { type ProofResponse, withoutTokens } from './proof.js';

/** Reads the user again. @throws `not_signed_in`, `session_ended`, `session_expired`, `network_error`. */
export const refreshUser = async (client?: MfaClient): Promise<SdkUser> => {
  const core = coreOf(client);
  return core.send(getUser, { onAnswer: (user) => core.session.set({ user }) });
};

/**
 * Renews the session token and the user. Requests do this by themselves when the token is about to end.
 *
 * @throws `not_signed_in`, `session_ended`, `session_expired`, `network_error`.
 */
export const refreshAuth = async (client?: MfaClient): Promise<ProofResponse> =>
  withoutTokens(await coreOf(client).refresh());

/**
 * Changes fields of the user. A stored MFA token for `user.update` goes along.
 *
 * @throws `invalid_update`, `elevated_access_token_required`, `not_signed_in`.
 */
export const updateUser = async (
  { userFields }: { userFields: Omit<UpdateUserRequest, 'mfaBackupCodeAcknowledgement'> },
  client?: MfaClient,
): Promise<Omit<UpdateSelfResponse, 'jwt' | 'minifiedJwt'>> => {
  const core = coreOf(client);
  return withoutTokens(
    await core.send(updateRoute, {
      body: userFields,
      attach: 'user.update' satisfies MFAAction,
      onAnswer: (response) => core.accept(response),
    }),
  );
};

/** Deletes the user and signs out. A stored MFA token goes along. @throws `elevated_access_token_required`. */
export const deleteUser = async (client?: MfaClient): Promise<void> => {
  const core = coreOf(client);
  await core.send(deleteRoute, { attach: true });
  core.signOut('user-deleted');
  core.tellOtherTabs();
};

/**
 * Signs out: at once on this side, then on the server. Does nothing when nobody is signed in, and does not reject when
 * the server cannot be reached.
 */
export const logout = async (client?: MfaClient, reason: LogoutReason = 'user-intent'): Promise<void> => {
  const core = coreOf(client);
  const { token, getSnapshot } = core.session;
  if (!getSnapshot().user) return;
  core.signOut(reason);
  await core.send(revokeSession, { mode: 'open', token }).catch(() => undefined);
  // Afterwards, or another tab would still find the session alive.
  core.tellOtherTabs();
};
