import { signOut } from '../client/accept.js';
import { coreOf, type MfaClient } from '../client/core.js';
import { isMfaError } from '../client/errors.js';
import { loadOperations } from './loadOperations.js';
import { warnInDevelopment } from './warnInDevelopment.js';

/** The last JWT a client was given; StrictMode and a second provider must not sign in twice with it. */
const given = new WeakMap<MfaClient, string>();

/**
 * @internal Keeps the session with the application's own: signs in with its JWT where nobody is signed in yet, changes
 * the person when the JWT's subject changes, and signs out when the JWT goes. A JWT renewed for the same person changes
 * nothing.
 */
export const followExternalJwt = async (client: MfaClient, jwt: string | undefined): Promise<void> => {
  const before = given.get(client);
  if (jwt === before) return;
  if (jwt === undefined) given.delete(client);
  else given.set(client, jwt);
  const isCurrent = () => given.get(client) === jwt;
  try {
    const { switchExternalJwt } = await loadOperations().catch((error: unknown) => {
      // Who is gone must not stay signed in because a file did not arrive.
      if (before !== undefined) signOut(coreOf(client), 'user-intent');
      throw error;
    });
    await switchExternalJwt(client, before, jwt, isCurrent);
  } catch (error) {
    // The next render with the same JWT may try again.
    if (isCurrent()) given.delete(client);
    warnInDevelopment(`externalJwt did not sign in: ${isMfaError(error) ? error.code : 'unknown_error'}.`);
  }
};
