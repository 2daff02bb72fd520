import { coreOf, type MfaClient } from '../client/core.js';
import { signInWithExternalJwt } from '../client/signIn.js';
import { logout } from '../client/user.js';

/** Whose JWT it is (RFC 7519 §4.1.2). Only to notice another person: the server verifies it. */
const subjectOf = (jwt: string): string => {
  try {
    const payload = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { iss, sub } = JSON.parse(atob(payload)) as { iss?: unknown; sub?: unknown };
    return JSON.stringify([iss, sub]);
  } catch {
    return jwt;
  }
};

/**
 * @internal Signs out whose JWT it was, unless the new one is theirs too, and signs in with the new one where nobody is
 * signed in then. `isCurrent` says whether it is still the one to follow.
 */
export const switchExternalJwt = async (
  client: MfaClient,
  before: string | undefined,
  jwt: string | undefined,
  isCurrent: () => boolean,
): Promise<void> => {
  if (before !== undefined && (jwt === undefined || subjectOf(before) !== subjectOf(jwt))) await logout(client);
  if (jwt === undefined) return;
  // Whether somebody is signed in already has to be known first; not being able to find out is as good as no.
  await coreOf(client)
    .start()
    .catch(() => {});
  if (!client.user && isCurrent()) await signInWithExternalJwt({ externalJwt: jwt }, client);
};
