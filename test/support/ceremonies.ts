/** Registers and authenticates with a software authenticator, straight at the verification and without a server. */
import { randomBytes } from 'node:crypto';
import type { PasskeyRecord } from '../../src/server/store/records.js';
import {
  type CeremonyExpectation,
  PasskeyRefusedError,
  verifyAuthentication,
  verifyRegistration,
} from '../../src/server/webauthn.js';
import { authenticationOptions, registrationOptions } from '../../src/server/webauthnOptions.js';
import type { AuthenticatePasskeyRequest, RegisterPasskeyRequest } from '../../src/wire/passkeys.js';
import { type Knobs, SoftAuthenticator } from './softAuthenticator.js';

export const rpId = 'example.org';
export const origin = 'https://example.org';
export const userHandle = randomBytes(32).toString('base64url');

export const expectation = (changes: Partial<CeremonyExpectation> = {}): CeremonyExpectation => ({
  challenge: randomBytes(32).toString('base64url'),
  origins: [origin],
  rpId,
  requiresUserVerification: true,
  ...changes,
});

export const newAuthenticator = (always: Knobs = {}) => new SoftAuthenticator({ origin, ...always });

/** What the server would keep of it. */
export const recordOf = (verified: Awaited<ReturnType<typeof verifyRegistration>>): PasskeyRecord => {
  const { isUserVerified: _, ...kept } = verified;
  const about = { id: 'passkey', userId: 'ada', alias: null, userAgent: null, lastUsedAt: null };
  return { ...about, ...kept, rpId, createdAt: 0, updatedAt: 0 };
};

export const registrationBody = (
  authenticator: SoftAuthenticator,
  { challenge, requiresUserVerification }: CeremonyExpectation,
  knobs: Knobs = {},
): RegisterPasskeyRequest => {
  const user = { userHandle, userName: 'ada@example.org', displayName: 'Ada' };
  const asked = { challenge, rpId, rpName: 'Example', excludeCredentials: [], requiresUserVerification };
  return authenticator.register(registrationOptions({ ...user, ...asked }), knobs);
};

export const authenticationBody = (
  authenticator: SoftAuthenticator,
  { challenge, requiresUserVerification }: CeremonyExpectation,
  knobs: Knobs = {},
): AuthenticatePasskeyRequest =>
  authenticator.authenticate(authenticationOptions({ challenge, rpId, passkeys: [], requiresUserVerification }), knobs);

export const register = (knobs: Knobs = {}, expected = expectation(), authenticator = newAuthenticator()) =>
  verifyRegistration(registrationBody(authenticator, expected, knobs), expected);

/** Uses a passkey that was made honestly. */
export const authenticate = async (
  knobs: Knobs = {},
  expected = expectation(),
  { made = {}, change = {} }: { made?: Knobs; change?: Partial<PasskeyRecord> } = {},
) => {
  const authenticator = newAuthenticator();
  const passkey = { ...recordOf(await register(made, expectation(), authenticator)), ...change };
  return verifyAuthentication(authenticationBody(authenticator, expected, knobs), expected, passkey, userHandle);
};

/** The check that refused it, or `accepted`; anything else that is thrown goes on. */
export const outcomeOf = (verification: Promise<unknown>): Promise<string> =>
  verification.then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof PasskeyRefusedError) return error.check;
      throw error;
    },
  );
