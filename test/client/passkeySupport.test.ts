// Threat U-08: a foreign site frames the page, and the person proves something to it unawares.
import {
  authenticatePasskeyMFA,
  getPasskeyCapabilities,
  getPasskeySupport,
  isMfaError,
  NoWebAuthNSupportError,
  registerPasskey,
  signInWithPasskey,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { installBrowser } from '../support/passkeyBrowser.js';

const start = async () => {
  const browser = installBrowser();
  const page = await createClientOn();
  await page.signIn();
  page.wire.sent.length = 0;
  return { ...page, browser };
};

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

afterEach(() => vi.unstubAllGlobals());

describe('a page', () => {
  /** The page's own window, in frames of these origins, the topmost last; null for one that may not be read. */
  const framedIn = (...origins: readonly (string | null)[]): object => {
    const [origin, ...above] = origins;
    if (origin === undefined) return topOf({});
    const parent = framedIn(...above);
    Object.defineProperty(parent, 'location', {
      get: () => {
        if (origin === null) throw new DOMException('Blocked a frame.', 'SecurityError');
        return { origin };
      },
    });
    return { parent };
  };
  /** The topmost window is its own parent. */
  const topOf = (frame: { parent?: object }) => Object.assign(frame, { parent: frame });

  test.each<[string, (string | null)[], string]>([
    ['in no frame', [], 'supported'],
    ['in a frame of its own origin', ['https://app.test'], 'supported'],
    ['in a frame of another origin', [null], 'cross_origin_frame'],
    ['in a foreign frame inside one of its own', [null, 'https://app.test'], 'cross_origin_frame'],
    ['in its own frame inside a foreign one', ['https://app.test', null], 'cross_origin_frame'],
    ['in a readable frame of another origin', ['https://app.test:8443'], 'cross_origin_frame'],
  ])('%s is $2', (_, origins, support) => {
    installBrowser();
    vi.stubGlobal('location', { origin: 'https://app.test' });
    vi.stubGlobal('window', framedIn(...origins));
    expect(getPasskeySupport()).toBe(support);
  });

  test('in a foreign frame asks neither the browser nor the server', async () => {
    const { client, browser, wire } = await start();
    vi.stubGlobal('location', { origin: 'https://app.test' });
    vi.stubGlobal('window', framedIn(null));
    for (const call of [
      registerPasskey({}, client),
      authenticatePasskeyMFA({}, client),
      signInWithPasskey({}, client),
    ]) {
      expect(await caught(call)).toMatchObject({ passkeyCode: 'passkey_in_frame' });
    }
    expect(browser.asked).toEqual([]);
    expect(wire.sent).toEqual([]);
  });

  test('without HTTPS says so, and sends nothing', async () => {
    const { client, wire } = await start();
    vi.stubGlobal('isSecureContext', false);
    expect(await caught(registerPasskey({}, client))).toMatchObject({ passkeyCode: 'insecure_context' });
    expect(wire.sent).toEqual([]);
  });

  test('in a browser without passkeys gets the published error, by either code', async () => {
    const { client, signIn, wire } = await createClientOn();
    await signIn();
    wire.sent.length = 0;
    const error = await caught(registerPasskey({}, client));
    expect(error).toBeInstanceOf(NoWebAuthNSupportError);
    expect(error).toMatchObject({ name: 'NoWebAuthNSupportError', code: 'no_webauthn_support_error' });
    expect(isMfaError(error, 'passkey_not_supported')).toBe(true);
    expect(isMfaError(error, 'no_webauthn_support_error')).toBe(true);
    expect(wire.sent).toEqual([]);
    expect(getPasskeySupport()).toBe('unsupported');
  });
});

describe('what there is to make a passkey with', () => {
  const capabilities = (members: object) => {
    installBrowser();
    Object.assign(PublicKeyCredential, members);
    return getPasskeyCapabilities();
  };

  test('is what the browser says', async () => {
    const told = { userVerifyingPlatformAuthenticator: false, hybridTransport: true };
    expect(await capabilities({ getClientCapabilities: async () => told })).toEqual({
      support: 'supported',
      hasPlatformAuthenticator: false,
      hasHybrid: true,
    });
  });

  test('is asked the older way where it does not', async () => {
    expect(await capabilities({})).toEqual({
      support: 'supported',
      hasPlatformAuthenticator: true,
      hasHybrid: undefined,
    });
  });

  test('stays unknown where asking fails', async () => {
    const refuse = () => Promise.reject(new Error('no'));
    const members = {
      getClientCapabilities: refuse,
      isUserVerifyingPlatformAuthenticatorAvailable: refuse,
    };
    expect(await capabilities(members)).toEqual({
      support: 'supported',
      hasPlatformAuthenticator: undefined,
      hasHybrid: undefined,
    });
  });

  test('is nothing where there are no passkeys', async () => {
    expect(await getPasskeyCapabilities()).toMatchObject({ support: 'unsupported', hasHybrid: undefined });
  });
});
