// Questions about the signed-in user that need no request.
import { isWaitingForMfaScope, type JwtScope, parseScope } from '../wire/scopes.js';
import type { SdkUser } from '../wire/session.js';
import { coreOf, type MfaClient } from './core.js';
import { ValueMustBeDefinedError } from './errors.js';

const signedInUser = (client?: MfaClient): SdkUser => {
  const { user } = coreOf(client).snapshot;
  if (!user) throw new ValueMustBeDefinedError('Nobody is signed in');
  return user;
};

/** Whether the session waits for its second factor. @throws {@link ValueMustBeDefinedError} when nobody is signed in. */
export const isUserMissingMfaAuth = (client?: MfaClient): boolean => isWaitingForMfaScope(signedInUser(client).scope);

/**
 * Whether recovery codes were made and not saved yet.
 * @throws {@link ValueMustBeDefinedError} when nobody is signed in.
 */
export const isPendingRecoveryCodesAcknowledgment = (client?: MfaClient): boolean =>
  signedInUser(client).mfaBackupCodeAcknowledgement === 'pending';

/** Whether a user's session has every one of these scopes, as exact members. */
export const checkUserScopes = ({
  user,
  scopes,
}: {
  user: Pick<SdkUser, 'scope'>;
  scopes: readonly (JwtScope | (string & {}))[];
}): boolean => {
  const members = parseScope(user.scope);
  return scopes.every((scope) => members.has(scope));
};
