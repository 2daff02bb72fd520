import { coreOf, type MfaClient } from '../client/core.js';
import { isMfaError } from '../client/errors.js';
import { readJwt } from '../client/readJwt.js';
import { signInWithExternalJwt } from '../client/signIn.js';
import { logout } from '../client/user.js';
import { signInBy } from './flowEvents.js';
import { warnInDevelopment } from './warnInDevelopment.js';

/** The last JWT a client was given; StrictMode and a second provider must not sign in twice with it. */
const given = new WeakMap<MfaClient, string>();

/** Whose JWT it is (RFC 7519 §4.1.2). Only to notice another person: the server verifies it. */
const subjectOf = (jwt: string): string => {
  const claims = readJwt(jwt);
  return claims ? JSON.stringify([claims.iss, claims.sub]) : jwt;
};

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
  if (before !== undefined && (jwt === undefined || subjectOf(before) !== subjectOf(jwt))) await logout(client);
  if (jwt === undefined) return;
  // Whether somebody is signed in already has to be known first; not being able to find out is as good as no.
  await coreOf(client)
    .start()
    .catch(() => {});
  if (client.user || given.get(client) !== jwt) return;
  try {
    await signInBy(client, { type: 'externalAuth', option: 'externalAuth' }, () =>
      signInWithExternalJwt({ externalJwt: jwt }, client),
    );
  } catch (error) {
    // The next render with the same JWT may try again.
    if (given.get(client) === jwt) given.delete(client);
    warnInDevelopment(`externalJwt did not sign in: ${isMfaError(error) ? error.code : 'unknown_error'}.`);
  }
};
