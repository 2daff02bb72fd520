import {
  acknowledgeRecoveryCodes,
  authenticatePasskeyMFA,
  deletePasskey,
  getMfaRecoveryCodes,
  getMfaToken,
  getPasskeys,
  isUserMissingMfaAuth,
  logout,
  preparePasskeyAuthentication,
  preparePasskeyRegistration,
  preparePasskeySignIn,
  registerPasskey,
  renamePasskey,
  signInWithPasskey,
} from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { installBrowser } from '../support/passkeyBrowser.js';

const email = 'ada@example.com';
const enforced = { server: { policy: { enrollment: 'signup' } } } as const;

/** A person with one passkey, whose codes are saved. */
const startWithPasskey = async () => {
  const browser = installBrowser();
  const page = await createClientOn(enforced);
  await page.signIn(email);
  const { passkey } = await registerPasskey({}, page.client);
  await acknowledgeRecoveryCodes(page.client);
  page.wire.sent.length = page.events.length = 0;
  return { ...page, browser, passkey };
};

test('enrol, sign out, verify, sign in by passkey alone, rename, delete', async () => {
  const browser = installBrowser();
  const { client, signIn } = await createClientOn({ server: { policy: { enabled: true } } });
  await signIn(email);
  const { user, passkey, ...rest } = await registerPasskey({}, client);
  expect(user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });
  expect(JSON.stringify(rest)).not.toMatch(/jwt/i);
  expect((await getMfaRecoveryCodes(client)).recoveryCodes).toHaveLength(10);
  await acknowledgeRecoveryCodes(client);

  await logout(client);
  await signIn(email);
  expect(isUserMissingMfaAuth(client)).toBe(true);
  const proof = await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } }, client);
  expect(proof.user.scope).toBe('user:basic');
  expect(await getMfaToken({}, client)).toBe(proof.mfaToken);

  await logout(client);
  expect((await signInWithPasskey({}, client)).user).toMatchObject({ email, scope: 'user:basic' });
  expect(browser.asked.map(({ ceremony }) => ceremony)).toEqual(['create', 'get', 'get']);

  const id = passkey?.id ?? '';
  expect(await renamePasskey({ passkeyId: id, alias: 'Blue phone' }, client)).toMatchObject({ alias: 'Blue phone' });
  expect(await getPasskeys(client)).toMatchObject([{ id, alias: 'Blue phone' }]);
  await deletePasskey({ passkeyId: id }, client);
  expect(await getPasskeys(client)).toEqual([]);
});

test('enrol where the policy demands a factor: the session goes on with the passkey', async () => {
  installBrowser();
  const { client, signIn } = await createClientOn(enforced);
  await signIn();
  expect(isUserMissingMfaAuth(client)).toBe(true);
  await registerPasskey({}, client);
  expect(isUserMissingMfaAuth(client)).toBe(false);
});

describe('what was prepared', () => {
  test('is used by the click without another request than the answer', async () => {
    const { client, wire, signIn, browser } = await startWithPasskey();
    await logout(client);
    await signIn(email);
    const prepared = await preparePasskeyAuthentication({}, client);
    wire.sent.length = 0;
    await authenticatePasskeyMFA({ credential: prepared.start() }, client);
    expect(wire.sent.map(({ what }) => what)).toEqual(['POST /users/mfa/auth/passkey']);
    expect(browser.asked).toHaveLength(2);
  });

  test('for a registration and for a sign-in likewise', async () => {
    installBrowser();
    const { client, wire, signIn } = await createClientOn();
    await signIn(email);
    const registration = await preparePasskeyRegistration(client);
    wire.sent.length = 0;
    await registerPasskey({ credential: registration.start() }, client);
    await logout(client);
    const prepared = await preparePasskeySignIn({}, client);
    await signInWithPasskey({ credential: prepared.start() }, client);
    expect(wire.sent.map(({ what }) => what)).toEqual([
      'POST /users/passkeys/register',
      'POST /revoke',
      'GET /users/passkeys/signin',
      'POST /users/passkeys/signin',
    ]);
  });

  test('names the related site it is for', async () => {
    installBrowser();
    const { client, wire } = await createClientOn({ server: { passkeys: { relatedRpIds: ['app.example'] } } });
    const { options } = await preparePasskeySignIn({ relatedOriginRpId: 'app.example' }, client);
    expect(options.rpId).toBe('app.example');
    expect(wire.sent.map(({ what }) => what)).toEqual(['GET /users/passkeys/signin?relatedOriginRpId=app.example']);
  });
});

test('a token asked for with the first passkey comes with the acknowledgement of the codes', async () => {
  installBrowser();
  const { client, signIn } = await createClientOn(enforced);
  await signIn();
  const ask = { createMfaToken: { singleUse: false }, mfaAction: 'treasury.transfer' };
  expect((await registerPasskey(ask, client)).mfaToken).toBeUndefined();
  const { mfaToken } = await acknowledgeRecoveryCodes(client);
  expect(mfaToken).toMatch(/^mfa_/);
  expect(client.mfaToken).toBe(mfaToken);
});

test('removing one sends the MFA token that is stored, and the store forgets it', async () => {
  const { client, wire, passkey, enrol } = await startWithPasskey();
  await enrol();
  await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } }, client);
  const token = client.mfaToken;
  expect(token).toMatch(/^mfa_/);
  await deletePasskey({ passkeyId: passkey?.id ?? '' }, client);
  const [removal] = wire.sentTo('DELETE /users/passkeys');
  expect(removal?.headers.get('x-mfa-auth-token')).toBe(token);
  expect(JSON.parse(removal?.body ?? '')).toEqual({ passkeyId: passkey?.id });
  expect(client.mfaToken).toBeNull();
  expect(await getPasskeys(client)).toEqual([]);
});

test('a lost answer is asked for again under the same key, and the passkey is made once', async () => {
  installBrowser();
  const { client, wire, signIn } = await createClientOn(enforced);
  await signIn();
  wire.loseAnswers('POST /users/passkeys/register');
  expect((await registerPasskey({}, client)).user.scope).toBe('user:basic');
  const keys = wire.sentTo('POST /users/passkeys/register').map(({ headers }) => headers.get('idempotency-key'));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(await getPasskeys(client)).toHaveLength(1);
});
