import {
  authenticatePasskeyMFA,
  deletePasskey,
  getPasskeys,
  logout,
  preparePasskeyRegistration,
  registerPasskey,
  renamePasskey,
  signInWithPasskey,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { installBrowser } from '../support/passkeyBrowser.js';

afterEach(() => vi.unstubAllGlobals());

const start = async ({ answer = async () => {} }: { answer?: () => Promise<void> } = {}) => {
  const browser = installBrowser();
  const unknown = vi.fn(answer);
  const details = vi.fn(answer);
  Object.assign(PublicKeyCredential, { signalUnknownCredential: unknown, signalCurrentUserDetails: details });
  vi.stubGlobal('location', { hostname: 'login.app.test', origin: 'https://login.app.test' });
  const page = await createClientOn();
  await page.signIn();
  const { passkey } = await registerPasskey({}, page.client);
  return { ...page, browser, unknown, details, id: passkey?.id ?? '', credentialId: passkey?.credentialId ?? '' };
};

describe('the browser hears', () => {
  test('of a passkey that was removed, for this host and the domains above it', async () => {
    const { client, unknown, id, credentialId } = await start();
    await deletePasskey({ passkeyId: id }, client);
    expect(unknown.mock.calls).toEqual(['login.app.test', 'app.test', 'test'].map((rpId) => [{ rpId, credentialId }]));
  });

  test('of one that this page knows from a list', async () => {
    const { server, client: first, unknown, id, credentialId } = await start();
    const { client, signIn } = await createClientOn({ on: server });
    await signIn(first.user?.email);
    await authenticatePasskeyMFA({}, client);
    await getPasskeys(client);
    await deletePasskey({ passkeyId: id }, client);
    expect(unknown).toHaveBeenCalledWith({ rpId: 'app.test', credentialId });
  });

  test('how the account is named when a passkey was renamed', async () => {
    const { client, details, id } = await start();
    const { options } = await preparePasskeyRegistration(client);
    await renamePasskey({ passkeyId: id, alias: 'Blue phone' }, client);
    const { email } = client.user ?? {};
    expect(details.mock.calls).toEqual([
      [{ rpId: 'app.test', userId: options.user.id, name: email, displayName: email }],
    ]);
  });

  test('of one that the server does not know any more, at a proof and at a sign-in', async () => {
    const { client, unknown, wire, credentialId } = await start();
    wire.answer('POST /users/mfa/auth/passkey', () => refusal(404, 'passkey_not_found'));
    await expect(authenticatePasskeyMFA({}, client)).rejects.toMatchObject({ code: 'passkey_not_found' });
    expect(unknown.mock.calls).toEqual([[{ rpId: 'app.test', credentialId }]]);
    await deletePasskeyBehindItsBack(client);
    await logout(client);
    unknown.mockClear();
    await expect(signInWithPasskey({}, client)).rejects.toMatchObject({ code: 'passkey_not_found' });
    expect(unknown.mock.calls).toEqual([[{ rpId: 'app.test', credentialId }]]);
  });
});

/** As from another browser: this one hears nothing of it. */
const deletePasskeyBehindItsBack = async (client: Parameters<typeof getPasskeys>[0]) => {
  const signals = PublicKeyCredential as { signalUnknownCredential?: unknown };
  const { signalUnknownCredential } = signals;
  signals.signalUnknownCredential = undefined;
  const [passkey] = await getPasskeys(client);
  await deletePasskey({ passkeyId: passkey?.id ?? '' }, client);
  signals.signalUnknownCredential = signalUnknownCredential;
};

describe('the browser hears nothing', () => {
  test('of a passkey that was used without being asked for: it may be another person’s', async () => {
    const { client, unknown, wire } = await start();
    const allowCredentials = [{ id: 'AAAA', type: 'public-key' }];
    wire.answer('GET /users/passkeys/authenticate', () =>
      Response.json({ challenge: 'AAAA', rpId: 'app.test', allowCredentials }),
    );
    const { next, authenticator } = installBrowser();
    expect(authenticator.credentials).toEqual([]);
    next(async () => ({
      id: 'BBBB',
      rawId: new ArrayBuffer(3),
      type: 'public-key',
      response: {
        authenticatorData: new ArrayBuffer(1),
        clientDataJSON: new ArrayBuffer(1),
        signature: new ArrayBuffer(1),
      },
      getClientExtensionResults: () => ({}),
    }));
    Object.assign(PublicKeyCredential, { signalUnknownCredential: unknown });
    wire.answer('POST /users/mfa/auth/passkey', () => refusal(404, 'passkey_not_found'));
    await expect(authenticatePasskeyMFA({}, client)).rejects.toMatchObject({ code: 'passkey_not_found' });
    expect(unknown).not.toHaveBeenCalled();
  });

  test('of a removal or a renaming that was refused', async () => {
    const { client, unknown, details, wire, id } = await start();
    wire.answer('DELETE /users/passkeys', () => refusal(403, 'elevated_access_token_required'));
    wire.answer('PUT /users/passkeys', () => refusal(403, 'elevated_access_token_required'));
    await expect(deletePasskey({ passkeyId: id }, client)).rejects.toThrow();
    await expect(renamePasskey({ passkeyId: id, alias: 'Mine' }, client)).rejects.toThrow();
    expect(unknown).not.toHaveBeenCalled();
    expect(details).not.toHaveBeenCalled();
  });
});

test.each([
  ['refuses them', () => Promise.reject(new DOMException('', 'SecurityError'))],
  [
    'breaks over them',
    () => {
      throw new TypeError();
    },
  ],
])('a browser that %s changes nothing', async (_, answer) => {
  const { client, id } = await start({ answer });
  await renamePasskey({ passkeyId: id, alias: 'Mine' }, client);
  await deletePasskey({ passkeyId: id }, client);
  expect(await getPasskeys(client)).toEqual([]);
});

test('a browser without signals changes nothing', async () => {
  const { client, id } = await start();
  Object.assign(PublicKeyCredential, { signalUnknownCredential: undefined, signalCurrentUserDetails: undefined });
  await renamePasskey({ passkeyId: id, alias: 'Mine' }, client);
  await deletePasskey({ passkeyId: id }, client);
  expect(await getPasskeys(client)).toEqual([]);
});
