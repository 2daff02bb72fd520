// Threat F-15: a ceremony that ends badly is told apart wrongly, counts as a wrong code, or cannot be tried again.
import {
  authenticatePasskeyMFA,
  getMfaMethods,
  getPasskeys,
  isMfaError,
  logout,
  MfaPasskeyError,
  NoPasskeyCredentialsFoundError,
  registerPasskey,
  signInWithPasskey,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { fails, installBrowser } from '../support/passkeyBrowser.js';

const email = 'ada@example.com';

const start = async (server?: Parameters<typeof createClientOn>[0]) => {
  const browser = installBrowser();
  const page = await createClientOn(server);
  await page.signIn(email);
  return { ...page, browser };
};

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

afterEach(() => vi.unstubAllGlobals());

describe('what the browser says at registration', () => {
  test.each([
    ['NotAllowedError', '', 'passkey_cancelled'],
    ['AbortError', '', 'passkey_aborted'],
    ['InvalidStateError', '', 'passkey_already_registered'],
    ['ConstraintError', '', 'passkey_user_verification_required'],
    ['NotSupportedError', '', 'passkey_not_supported'],
    [
      'NotSupportedError',
      'The specified `userVerification` requirement cannot be fulfilled by this device.',
      'passkey_user_verification_required',
    ],
    ['SecurityError', '', 'insecure_context'],
    ['UnknownError', '', 'passkey_unknown_error'],
    ['TypeError', '', 'passkey_unknown_error'],
    ['NotReadableError', '', 'passkey_unknown_error'],
  ])('%s %s is %s, and the next try works', async (name, message, passkeyCode) => {
    vi.stubGlobal('location', { hostname: 'app.test' });
    const { client, browser } = await start();
    browser.next(fails(name, message));
    const error = await caught(registerPasskey({}, client));
    expect(error).toBeInstanceOf(MfaPasskeyError);
    expect(error).toMatchObject({ code: passkeyCode, passkeyCode, name, cause: { name, message } });
    expect((await registerPasskey({}, client)).passkey).toBeDefined();
  });

  test('ConstraintError where nobody has to be verified is about keeping the key', async () => {
    const { client, browser } = await start({ server: { policy: { passkeys: { userVerification: 'preferred' } } } });
    browser.next(fails('ConstraintError'));
    expect(await caught(registerPasskey({}, client))).toMatchObject({ passkeyCode: 'passkey_not_supported' });
  });

  test('nothing at all is an error without a name for it', async () => {
    const { client, browser } = await start();
    browser.next(() => Promise.resolve(null));
    expect(await caught(registerPasskey({}, client))).toMatchObject({ passkeyCode: 'passkey_unknown_error' });
  });
});

describe('what the browser says at authentication', () => {
  test.each([
    ['NotAllowedError', 'passkey_cancelled'],
    ['AbortError', 'passkey_aborted'],
    ['InvalidStateError', 'passkey_unknown_error'],
    ['ConstraintError', 'passkey_user_verification_required'],
    ['NotSupportedError', 'passkey_not_supported'],
    ['SecurityError', 'insecure_context'],
    ['UnknownError', 'passkey_unknown_error'],
  ])('%s is %s, no try is counted, and the next one works', async (name, passkeyCode) => {
    vi.stubGlobal('location', { hostname: 'app.test' });
    const { client, browser, wire } = await start();
    await registerPasskey({}, client);
    wire.sent.length = 0;
    browser.next(fails(name));
    expect(await caught(authenticatePasskeyMFA({}, client))).toMatchObject({ passkeyCode, name });
    expect(wire.sentTo('POST /users/mfa/auth/passkey')).toEqual([]);
    expect((await getMfaMethods(client)).factors).toMatchObject({ totp: { lockedUntil: null, isSuspended: false } });
    expect((await authenticatePasskeyMFA({}, client)).user.scope).toBe('user:basic');
  });

  test('a sign-in is told apart alike', async () => {
    const { client, browser } = await start();
    await registerPasskey({}, client);
    await logout(client);
    browser.next(fails('NotAllowedError'));
    expect(await caught(signInWithPasskey({}, client))).toMatchObject({ passkeyCode: 'passkey_cancelled' });
    expect((await signInWithPasskey({}, client)).user.email).toBe(email);
  });
});

test('an authenticator that has a passkey already says so', async () => {
  const { client } = await start();
  await registerPasskey({}, client);
  expect(await caught(registerPasskey({}, client))).toMatchObject({ passkeyCode: 'passkey_already_registered' });
});

test('a person without a passkey gets the published error, by either code', async () => {
  const { client, browser } = await start();
  const error = await caught(authenticatePasskeyMFA({}, client));
  expect(error).toBeInstanceOf(NoPasskeyCredentialsFoundError);
  expect(error).toMatchObject({ name: 'NoPasskeyCredentialsFoundError', code: 'no_passkey_credentials_found_error' });
  expect(isMfaError(error, 'passkey_no_credentials')).toBe(true);
  expect(isMfaError(error, 'no_passkey_credentials_found_error')).toBe(true);
  expect(isMfaError(error, 'passkey_not_found')).toBe(false);
  expect(browser.asked).toEqual([]);
});

test('an empty list of passkeys is none, whatever server sent it', async () => {
  const { client, wire } = await start();
  wire.answer('GET /users/passkeys/authenticate', () => Response.json({ challenge: 'AAAA', allowCredentials: [] }));
  expect(await caught(authenticatePasskeyMFA({}, client))).toBeInstanceOf(NoPasskeyCredentialsFoundError);
});

test('with nobody signed in every call is a typed error and sends nothing', async () => {
  installBrowser();
  const { client, wire } = await createClientOn();
  for (const call of [registerPasskey({}, client), authenticatePasskeyMFA({}, client), getPasskeys(client)]) {
    expect(await caught(call)).toMatchObject({ code: 'not_signed_in' });
  }
  expect(wire.sent).toEqual([]);
});
