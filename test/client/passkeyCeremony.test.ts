// Threats F-13, F-16: two ceremonies compete for one person, or a browser that never answers keeps the page waiting.
import { startAuthentication, WebAuthnAbortService } from '@simplewebauthn/browser';
import {
  authenticatePasskeyMFA,
  logout,
  preparePasskeyAuthentication,
  preparePasskeyRegistration,
  preparePasskeySignIn,
  registerPasskey,
  withSignal,
} from 'mfa-kit/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { fails, installBrowser, neverAnswers } from '../support/passkeyBrowser.js';

const start = async () => {
  const browser = installBrowser();
  const page = await createClientOn();
  await page.signIn();
  return { ...page, browser };
};

const startEnrolled = async () => {
  const page = await start();
  await registerPasskey({}, page.client);
  page.wire.sent.length = page.events.length = page.browser.asked.length = 0;
  return page;
};

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: { passkeyCode?: string; code: string }) => error.passkeyCode ?? error.code,
  );

describe('the browser is asked', () => {
  test('before start() returns, because Safari forgets the click with the first wait', async () => {
    const { client, browser } = await startEnrolled();
    const registration = await preparePasskeyRegistration(client);
    const authentication = await preparePasskeyAuthentication({}, client);
    const made = registration.start();
    expect(browser.asked.map(({ ceremony }) => ceremony)).toEqual(['create']);
    const used = authentication.start();
    expect(browser.asked.map(({ ceremony }) => ceremony)).toEqual(['create', 'get']);
    await Promise.allSettled([made, used]);
  });

  test('before start() returns also when another ceremony has to end first', async () => {
    const { client, browser } = await startEnrolled();
    browser.next(neverAnswers);
    const first = (await preparePasskeyAuthentication({}, client)).start();
    const second = (await preparePasskeyAuthentication({}, client)).start();
    expect(browser.asked).toHaveLength(2);
    expect(await codeOf(first)).toBe('passkey_aborted');
    expect(await codeOf(second)).toBe('no error');
  });

  test('for a security key where one is wanted, and for anything where not', async () => {
    const { client, browser } = await startEnrolled();
    const registration = await preparePasskeyRegistration(client);
    browser.next(
      fails('NotAllowedError'),
      fails('NotAllowedError'),
      fails('NotAllowedError'),
      fails('NotAllowedError'),
    );
    await codeOf(registration.start());
    await codeOf(registration.start({ isSecurityKey: true }));
    const authentication = await preparePasskeyAuthentication({}, client);
    await codeOf(authentication.start());
    await codeOf(authentication.start({ isSecurityKey: true }));
    const [any, key, anyUse, keyUse] = browser.asked.map(({ options }) => options);
    expect(any?.hints).toBeUndefined();
    expect(any?.authenticatorSelection?.authenticatorAttachment).toBeUndefined();
    expect(key).toMatchObject({
      hints: ['security-key'],
      authenticatorSelection: { authenticatorAttachment: 'cross-platform', userVerification: 'required' },
    });
    expect(anyUse?.hints).toBeUndefined();
    expect(keyUse?.hints).toEqual(['security-key']);
  });

  test('with the transports that were kept, and the type that published options leave out', async () => {
    const { client, browser, wire } = await startEnrolled();
    wire.answer('GET /users/passkeys/authenticate', () =>
      Response.json({ challenge: 'AAAA', allowCredentials: [{ id: 'AAAA', transports: ['internal'] }] }),
    );
    browser.next(fails('NotAllowedError'));
    await codeOf(authenticatePasskeyMFA({}, client));
    expect(browser.asked[0]?.options.allowCredentials).toMatchObject([
      { type: 'public-key', transports: ['internal'] },
    ]);
  });
});

describe('F-13: a double click', () => {
  test('on one preparation is one ceremony, one request and one answer', async () => {
    const { client, browser, wire, events } = await startEnrolled();
    const prepared = await preparePasskeyAuthentication({}, client);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => authenticatePasskeyMFA({ credential: prepared.start() }, client)),
    );
    expect(new Set(answers.map(({ user }) => user.scope))).toEqual(new Set(['user:basic']));
    expect(browser.asked).toHaveLength(1);
    expect(wire.sentTo('POST /users/mfa/auth/passkey')).toHaveLength(1);
    expect(events.filter(([name]) => name === 'mfaCompletionSuccess')).toHaveLength(1);
  });

  test('whose second half comes while the answer is sent belongs to it', async () => {
    const { client, browser, wire } = await startEnrolled();
    const prepared = await preparePasskeyAuthentication({}, client);
    const release = wire.hold('POST /users/mfa/auth/passkey');
    const click = () => authenticatePasskeyMFA({ credential: prepared.start() }, client);
    const first = click();
    await vi.waitFor(() => expect(wire.sentTo('POST /users/mfa/auth/passkey')).toHaveLength(1));
    const second = click();
    release();
    expect(await second).toEqual(await first);
    expect(wire.sentTo('POST /users/mfa/auth/passkey')).toHaveLength(1);
    expect(browser.asked).toHaveLength(1);
  });

  test('without a preparation likewise, and the options are asked for once', async () => {
    const { client, browser, wire } = await start();
    await Promise.all(Array.from({ length: 20 }, () => registerPasskey({}, client)));
    expect(browser.asked).toHaveLength(1);
    expect(wire.sentTo('GET /users/passkeys/register')).toHaveLength(1);
    expect(wire.sentTo('POST /users/passkeys/register')).toHaveLength(1);
  });

  test('that is cancelled fails once', async () => {
    const { client, browser, events } = await startEnrolled();
    browser.next(fails('NotAllowedError'));
    const prove = () => authenticatePasskeyMFA({}, client).catch((error: unknown) => error);
    const errors = await Promise.all([prove(), prove()]);
    expect(new Set(errors).size).toBe(1);
    expect(events.map(([name]) => name)).toEqual(['mfaCompletionFailure']);
  });
});

describe('F-16: one ceremony at a time', () => {
  test('the wish for a security key ends the one under way, with the same options', async () => {
    const { client, browser } = await startEnrolled();
    const prepared = await preparePasskeyAuthentication({}, client);
    browser.authenticator.person = 'waits';
    const first = prepared.start();
    browser.authenticator.person = 'agrees';
    const second = prepared.start({ isSecurityKey: true });
    expect(second).not.toBe(first);
    expect(browser.asked[0]?.signal?.aborted).toBe(true);
    expect(await codeOf(first)).toBe('passkey_aborted');
    expect(await codeOf(authenticatePasskeyMFA({ credential: second }, client))).toBe('no error');
  });

  test('one that was ended does not end the next when its own signal says so later', async () => {
    const { client, browser } = await startEnrolled();
    browser.authenticator.person = 'waits';
    const controller = new AbortController();
    const first = (await preparePasskeyAuthentication({}, client)).start({ signal: controller.signal });
    const second = (await preparePasskeyAuthentication({}, client)).start();
    controller.abort();
    expect(await codeOf(first)).toBe('passkey_aborted');
    expect(browser.asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    const third = (await preparePasskeyAuthentication({}, client)).start({ signal: AbortSignal.abort() });
    expect(await codeOf(third)).toBe('passkey_aborted');
    expect(browser.asked).toHaveLength(2);
    browser.authenticator.person = 'agrees';
    await (await preparePasskeyAuthentication({}, client)).start();
    expect(await codeOf(second)).toBe('passkey_aborted');
  });
});

describe('a caller who gives up', () => {
  test.each(['before', 'after'])('ends the ceremony begun %s the call, and nothing is sent', async (when) => {
    const { client, browser, wire, events } = await startEnrolled();
    browser.authenticator.person = 'waits';
    const controller = new AbortController();
    const credential = when === 'before' ? (await preparePasskeyAuthentication({}, client)).start() : undefined;
    const proof = authenticatePasskeyMFA({ credential }, withSignal(client, controller.signal));
    await vi.waitFor(() => expect(browser.asked).toHaveLength(1));
    controller.abort();
    expect(await codeOf(proof)).toBe('cancelled');
    await vi.waitFor(() => expect(browser.asked[0]?.signal?.aborted).toBe(true));
    expect(wire.sentTo('POST /users/mfa/auth/passkey')).toEqual([]);
    expect(events).toEqual([]);
  });

  test('before the browser was asked keeps it from being asked', async () => {
    const { client, browser, wire } = await startEnrolled();
    const release = wire.hold('GET /users/passkeys/authenticate');
    const controller = new AbortController();
    const proof = authenticatePasskeyMFA({}, withSignal(client, controller.signal));
    await vi.waitFor(() => expect(wire.sent).toHaveLength(1));
    controller.abort();
    expect(await codeOf(proof)).toBe('cancelled');
    release();
    await vi.waitFor(() => expect(wire.sent[0]?.request.signal.aborted).toBe(true));
    expect(browser.asked).toHaveLength(0);
  });

  test('because the answer took him off the screen has the answer', async () => {
    const { client, signIn } = await startEnrolled();
    const email = client.user?.email;
    await logout(client);
    await signIn(email);
    const controller = new AbortController();
    client.session.subscribe(() => controller.abort());
    const proof = authenticatePasskeyMFA(
      { createMfaToken: { singleUse: true } },
      withSignal(client, controller.signal),
    );
    expect((await proof).mfaToken).toMatch(/^mfa_/);
    expect(controller.signal.aborted).toBe(true);
  });

  test('after the end does not end what the application itself asks of the browser meanwhile', async () => {
    const { client, browser } = await startEnrolled();
    const controller = new AbortController();
    const credential = (await preparePasskeyAuthentication({}, client)).start();
    await authenticatePasskeyMFA({ credential }, withSignal(client, controller.signal));
    browser.authenticator.person = 'waits';
    const own = startAuthentication({ optionsJSON: { challenge: 'AAAA' } });
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve));
    expect(browser.asked[1]?.signal?.aborted).toBe(false);
    WebAuthnAbortService.cancelCeremony();
    await expect(own).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('like closing the client, does not leave a ceremony behind', async () => {
    const { client, browser } = await startEnrolled();
    browser.authenticator.person = 'waits';
    const proof = authenticatePasskeyMFA({}, client);
    await vi.waitFor(() => expect(browser.asked).toHaveLength(1));
    client.close();
    expect(await codeOf(proof)).toBe('passkey_aborted');
    expect(browser.asked[0]?.signal?.aborted).toBe(true);
  });
});

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  const startAt = async () => {
    const page = await startEnrolled();
    return { ...page, prepared: await preparePasskeyAuthentication({}, page.client) };
  };

  test('a browser that never answers is given up ten seconds after its own timeout', async () => {
    const { client, browser, wire } = await startEnrolled();
    wire.answer('GET /users/passkeys/signin', () => Response.json({ challenge: 'AAAA', timeout: 60_000 }));
    browser.next(neverAnswers);
    const end = codeOf((await preparePasskeySignIn({}, client)).start());
    const ended = vi.fn();
    void end.then(ended);
    await vi.advanceTimersByTimeAsync(69_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toBe('passkey_no_answer');
    expect(browser.asked[0]?.signal?.aborted).toBe(true);
  });

  test('where the server names no timeout, two minutes after it was asked', async () => {
    const { client, browser, wire } = await startEnrolled();
    wire.answer('GET /users/passkeys/signin', () => Response.json({ challenge: 'AAAA' }));
    browser.next(neverAnswers);
    const ended = vi.fn();
    void codeOf((await preparePasskeySignIn({}, client)).start()).then(ended);
    await vi.advanceTimersByTimeAsync(119_999);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledWith('passkey_no_answer');
  });

  test('the browser is given no longer than the challenge lives', async () => {
    const { prepared, browser } = await startAt();
    await vi.advanceTimersByTimeAsync(200_000);
    browser.next(fails('NotAllowedError'));
    await codeOf(prepared.start());
    expect(browser.asked[0]?.options.timeout).toBe(100_000);
  });

  test('a preparation is good for four minutes, and then asks nobody', async () => {
    const { prepared, browser } = await startAt();
    expect(prepared.expiresAt).toBe(Date.now() + 240_000);
    await vi.advanceTimersByTimeAsync(239_999);
    browser.next(fails('NotAllowedError'));
    expect(await codeOf(prepared.start())).toBe('passkey_cancelled');
    await vi.advanceTimersByTimeAsync(1);
    expect(await codeOf(prepared.start())).toBe('passkey_challenge_expired');
    expect(browser.asked).toHaveLength(1);
  });

  test('a preparation that was answered asks nobody again: a passkey made with it would be known to no server', async () => {
    const { client, browser } = await start();
    const prepared = await preparePasskeyRegistration(client);
    const credential = prepared.start();
    await registerPasskey({ credential }, client);
    expect(prepared.start()).toBe(credential);
    expect(await codeOf(prepared.start({ isSecurityKey: true }))).toBe('passkey_challenge_expired');
    expect(browser.asked).toHaveLength(1);
  });

  test('nothing is left ticking after a good answer', async () => {
    const { prepared } = await startAt();
    const before = vi.getTimerCount();
    await prepared.start();
    expect(vi.getTimerCount()).toBe(before);
  });
});

test('a failure nobody waits for is no unhandled rejection', async () => {
  const { client, browser } = await startEnrolled();
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  browser.next(fails('NotAllowedError'));
  void (await preparePasskeyAuthentication({}, client)).start();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
