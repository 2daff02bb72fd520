import {
  authenticatePasskeyMFA,
  preparePasskeyAuthentication,
  registerPasskey,
  signInWithPasskey,
} from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { fails, installBrowser } from '../support/passkeyBrowser.js';

const start = async () => {
  const browser = installBrowser();
  const page = await createClientOn();
  await page.signIn();
  await registerPasskey({}, page.client);
  const told = () => page.events.filter(([name]) => name.startsWith('mfaCompletion'));
  const registered = told();
  page.events.length = 0;
  return { ...page, browser, told, registered };
};

describe('a proof by passkey tells', () => {
  test('of its success once, with the token', async () => {
    const { client, told } = await start();
    const { mfaToken } = await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } }, client);
    expect(told()).toEqual([['mfaCompletionSuccess', { mfaToken }]]);
  });

  test('of a cancelled ceremony once, also to two callers with one credential', async () => {
    const { client, told, browser } = await start();
    browser.next(fails('NotAllowedError'));
    const credential = (await preparePasskeyAuthentication({}, client)).start();
    const prove = () => authenticatePasskeyMFA({ credential }, client);
    await Promise.allSettled([prove(), prove()]);
    expect(told()).toEqual([
      ['mfaCompletionFailure', { error: expect.objectContaining({ code: 'passkey_cancelled' }) }],
    ]);
  });

  test('of a refusal once', async () => {
    const { client, told, wire } = await start();
    wire.answer('POST /users/mfa/auth/passkey', () => refusal(422, 'passkey_invalid'));
    await expect(authenticatePasskeyMFA({}, client)).rejects.toThrow();
    expect(told()).toEqual([['mfaCompletionFailure', { error: expect.objectContaining({ code: 'passkey_invalid' }) }]]);
  });

  test('of options that could not be had', async () => {
    const { client, told, wire } = await start();
    wire.answer('GET /users/passkeys/authenticate', () => refusal(403, 'insufficient_scope'));
    await expect(authenticatePasskeyMFA({}, client)).rejects.toThrow();
    expect(told()).toEqual([
      ['mfaCompletionFailure', { error: expect.objectContaining({ code: 'insufficient_scope' }) }],
    ]);
  });

  test('nothing of a ceremony that the page itself ended', async () => {
    const { client, told, browser } = await start();
    browser.authenticator.person = 'waits';
    const first = authenticatePasskeyMFA(
      { credential: (await preparePasskeyAuthentication({}, client)).start() },
      client,
    );
    browser.authenticator.person = 'agrees';
    const second = (await preparePasskeyAuthentication({}, client)).start();
    await expect(first).rejects.toMatchObject({ code: 'passkey_aborted' });
    await authenticatePasskeyMFA({ credential: second }, client);
    expect(told().map(([name]) => name)).toEqual(['mfaCompletionSuccess']);
  });
});

test('making one and signing in with one tell of no proof, as published', async () => {
  const { client, told, registered } = await start();
  expect(registered).toEqual([]);
  await signInWithPasskey({}, client);
  expect(told()).toEqual([]);
});
