/** Which of a user's first factors can be asked for again by a code. */
import type { SdkUser } from './session.js';

/**
 * The address a code may be sent to: that of the e-mail credential named, or of the first there is. An address that is only
 * part of the profile proves nobody: it counts where a server lists no credentials at all.
 */
export const emailToProve = (
  { verifiedCredentials, email }: Pick<SdkUser, 'verifiedCredentials' | 'email'>,
  credentialId?: string,
): string | undefined => {
  if (verifiedCredentials.length === 0) return email;
  return verifiedCredentials.find(
    ({ id, format }) => format === 'email' && (credentialId === undefined || id === credentialId),
  )?.email;
};
