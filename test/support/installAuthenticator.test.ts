import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAuthentication, verifyRegistration } from '../../src/server/webauthn.js';
import { authenticationOptions, registrationOptions } from '../../src/server/webauthnOptions.js';
import { expectation, newAuthenticator, recordOf, rpId, userHandle } from './ceremonies.js';
import { installAuthenticator } from './installAuthenticator.js';

const authenticator = newAuthenticator();
let uninstall: () => void;

beforeEach(() => {
  authenticator.person = 'agrees';
  uninstall = installAuthenticator(authenticator, globalThis);
});

afterEach(() => uninstall());

const create = (challenge: string, excluded: Parameters<typeof registrationOptions>[0]['excludeCredentials'] = []) =>
  startRegistration({
    optionsJSON: registrationOptions({
      challenge,
      rpId,
      rpName: 'Example',
      userHandle,
      userName: 'ada@example.org',
      displayName: 'Ada',
      excludeCredentials: excluded,
      requiresUserVerification: true,
    }) as Parameters<typeof startRegistration>[0]['optionsJSON'],
  });

const use = (challenge: string) =>
  startAuthentication({
    optionsJSON: authenticationOptions({ challenge, rpId, passkeys: [], requiresUserVerification: true }) as Parameters<
      typeof startAuthentication
    >[0]['optionsJSON'],
  });

test('what a page gets from it, a server accepts', async () => {
  const made = expectation();
  const passkey = recordOf(await verifyRegistration(await create(made.challenge), made));
  const used = expectation({ requiresUserHandle: true });
  const verified = await verifyAuthentication(await use(used.challenge), used, passkey, userHandle);
  expect(verified).toMatchObject({ isUserVerified: true, signCount: 1 });
  await expect(create(made.challenge, [passkey])).rejects.toMatchObject({ name: 'InvalidStateError' });
});

test('a person who cancels, and one who lets the page give up', async () => {
  const { challenge } = expectation();
  authenticator.person = 'cancels';
  await expect(create(challenge)).rejects.toMatchObject({ name: 'NotAllowedError' });
  authenticator.person = 'waits';
  const waiting = use(challenge);
  const outcome = expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  authenticator.person = 'agrees';
  await use(challenge);
  await outcome;
});

test('leaves nothing behind', () => {
  const isThere = () => 'PublicKeyCredential' in globalThis;
  expect(isThere()).toBe(true);
  uninstall();
  expect(isThere()).toBe(false);
});
