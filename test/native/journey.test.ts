/** The door for React Native, run as there: React and no DOM, with adapters in place of a browser. */
import {
  createClient,
  MfaCancelledError,
  MfaProvider,
  type MfaProviderProps,
  type MfaStorage,
  type NativePrompter,
  type PasskeyAdapter,
  useConnectWithOtp,
  useDynamicContext,
  useDynamicModals,
  useMfa,
  useMfaDevices,
  usePromptMfaAuth,
  useRegisterPasskey,
} from 'mfa-kit/native';
import { createElement, StrictMode, useEffect } from 'react';
import { create } from 'react-test-renderer';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PasskeyAssertion, PasskeyAttestation } from '../../src/client/PreparedPasskey.js';
import { baseUrl, environmentId, origin, startTestServer, type TestServer } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';
import { totpCode } from '../support/totp.js';

const leaving: (() => void)[] = [];
let complaints: string[];

beforeEach(() => {
  complaints = [];
  vi.spyOn(console, 'error').mockImplementation((said: unknown) => void complaints.push(String(said)));
});

afterEach(async () => {
  for (const leave of leaving.splice(0)) await act(leave);
  // The renderer's own notice that it is deprecated.
  expect(complaints.filter((said) => !said.includes('react-test-renderer'))).toEqual([]);
});

/** Does something, and lets React render what came of it, which it does in a task of its own. */
const act = async <T>(run: () => T | Promise<T>): Promise<T> => {
  const result = await run();
  await new Promise((resolve) => setTimeout(resolve));
  return result;
};

/** As `expo-secure-store` and its like: asynchronous. */
const createStorage = (): MfaStorage & { kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: async (key) => kept.get(key) ?? null,
    setItem: async (key, value) => void kept.set(key, value),
    removeItem: async (key) => void kept.delete(key),
  };
};

/** As `react-native-passkey`, with an authenticator in software behind it. */
const createPasskeys = (): PasskeyAdapter & { next: (() => Promise<never>)[] } => {
  const authenticator = new SoftAuthenticator({ origin });
  const next: (() => Promise<never>)[] = [];
  return {
    next,
    isSupported: () => true,
    create: async (options) =>
      (await next.shift()?.()) ?? (authenticator.register(options) as unknown as PasskeyAttestation),
    get: async (options) =>
      (await next.shift()?.()) ?? (authenticator.authenticate(options) as unknown as PasskeyAssertion),
  };
};

const useEverything = () => ({
  otp: useConnectWithOtp(),
  context: useDynamicContext(),
  mfa: useMfa(),
  devices: useMfaDevices(),
  prompt: usePromptMfaAuth(),
  modals: useDynamicModals(),
  registerPasskey: useRegisterPasskey(),
});

interface StartOptions extends Pick<MfaProviderProps, 'prompter' | 'onEvent'> {
  server?: TestServer;
  storage?: MfaStorage;
  passkeys?: PasskeyAdapter;
}

/** An application that is started, on a server that demands a second factor of everybody. */
const start = async ({ server: given, storage, passkeys, ...props }: StartOptions = {}) => {
  const server = given ?? (await startTestServer({ policy: { enrollment: 'signup' } }));
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (request) => server.mfa.fetch(request as Request));
  const latest: { app?: ReturnType<typeof useEverything> } = {};
  const Application = () => {
    const app = useEverything();
    useEffect(() => {
      latest.app = app;
    });
    return null;
  };
  const provider = createElement(
    MfaProvider,
    { environmentId, apiBaseUrl: baseUrl, storage, passkeys, ...props },
    createElement(Application),
  );
  const renderer = await act(() => create(createElement(StrictMode, null, provider)));
  leaving.push(() => renderer.unmount());
  const now = () => {
    if (!latest.app) throw new Error('not rendered');
    return latest.app;
  };
  await vi.waitFor(() => act(() => expect(now().context.sdkHasLoaded).toBe(true)));
  const signIn = async () => {
    await act(() => now().otp.connectWithEmail('ada@example.com'));
    await act(() => now().otp.verifyOneTimePassword(server.mails.at(-1)?.code ?? ''));
  };
  const enrol = async () => {
    const { id, secret } = await act(() => now().mfa.addDevice());
    await act(() => now().mfa.authenticateDevice({ code: totpCode(secret, server.clock()), deviceId: id }));
    await act(() => now().mfa.getRecoveryCodes());
    await act(() => now().mfa.completeAcknowledgement());
    server.clock.advance(30_000);
    return secret;
  };
  const restart = () => act(() => renderer.unmount());
  return { server, now, signIn, enrol, restart };
};

test('there is no DOM here', () => {
  expect(['document', 'window', 'location'].filter((name) => name in globalThis)).toEqual([]);
});

test('sign-in, enrolment, codes and the list of devices', async () => {
  const { now, signIn, enrol } = await start();
  await signIn();
  expect(now().context.user).toBeUndefined();
  expect(now().context.userWithMissingInfo?.scope).toBe('requiresAdditionalAuth');
  await enrol();
  expect(now().context.user?.email).toBe('ada@example.com');
  await vi.waitFor(() => act(() => expect(now().devices.data).toMatchObject([{ type: 'totp', verified: true }])));
});

test('the session is there after a restart, from the storage that was given; without one it is not', async () => {
  const storage = createStorage();
  const first = await start({ storage });
  await first.signIn();
  await first.enrol();
  await first.restart();
  const again = await start({ storage, server: first.server });
  expect(again.now().context.user?.email).toBe('ada@example.com');
  await again.restart();
  const without = await start({ server: first.server });
  expect(without.now().context.user).toBeUndefined();
});

test('the application’s own interface is asked for a session that waits, and for an action; what it gives is the token', async () => {
  const asked: unknown[] = [];
  const prove = vi.fn<NativePrompter>(async ({ purpose, screen, action, createMfaToken }) => {
    asked.push({ purpose, screen, action, createMfaToken });
    if (purpose === 'session') throw new MfaCancelledError('closed');
    return createMfaToken && 'mfa_token';
  });
  const { now, signIn, enrol } = await start({ prompter: prove });
  await signIn();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await enrol();
  const token = await act(() => now().prompt({ createMfaToken: true, mfaAction: 'transfer.send' }));
  expect(token).toBe('mfa_token');
  await act(() => now().modals.show('ManageDevices'));
  expect(asked).toEqual([
    { purpose: 'session', screen: undefined, action: undefined, createMfaToken: undefined },
    { purpose: 'action', screen: undefined, action: 'transfer.send', createMfaToken: { singleUse: true } },
    { purpose: 'screen', screen: 'ManageDevices', action: undefined, createMfaToken: undefined },
  ]);
});

test('what is not wanted any more is closed by its signal, and a refusal is who waits’ to hear', async () => {
  const signals: AbortSignal[] = [];
  const events: string[] = [];
  const { now, signIn, enrol } = await start({
    prompter: ({ action }, signal) => {
      signals.push(signal);
      if (action === 'refused') return Promise.reject(new MfaCancelledError('cancelled'));
      return new Promise(() => {});
    },
    onEvent: (name) => void (name.startsWith('authFlow') && events.push(name)),
  });
  await signIn();
  await enrol();
  await vi.waitFor(() => expect(signals.map(({ aborted }) => aborted)).toEqual([true]));
  events.length = 0;
  await act(() => expect(now().prompt({ mfaAction: 'refused' })).rejects.toMatchObject({ code: 'cancelled' }));
  const waiting = expect(now().prompt({ mfaAction: 'transfer.send' })).rejects.toMatchObject({ reason: 'loggedOut' });
  await act(() => now().context.handleLogOut());
  await waiting;
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect(events).toEqual([
    'authFlowOpen',
    'authFlowClose',
    'authFlowCancelled',
    'authFlowOpen',
    'authFlowClose',
    'authFlowCancelled',
  ]);
});

test('without an interface of its own a prompt says so', async () => {
  const { now, signIn, enrol } = await start();
  await signIn();
  await enrol();
  await act(() => expect(now().prompt()).rejects.toMatchObject({ code: 'not_supported' }));
});

test('a passkey is made and used by the adapter; its refusals have the codes of the browser’s', async () => {
  const passkeys = createPasskeys();
  const { server, now, signIn } = await start({ passkeys });
  await signIn();
  passkeys.next.push(() => Promise.reject(Object.assign(new Error('closed'), { name: 'NotAllowedError' })));
  await act(() => expect(now().registerPasskey()).rejects.toMatchObject({ code: 'passkey_cancelled' }));
  await act(() => now().registerPasskey());
  await act(() => now().mfa.completeAcknowledgement());
  expect(now().context.user?.email).toBe('ada@example.com');

  const client = createClient({
    environmentId,
    apiBaseUrl: baseUrl,
    passkeys,
    fetch: (request) => server.mfa.fetch(request),
  });
  leaving.push(() => client.close());
  const { verificationUUID } = await (
    await server.request('POST', '/emailVerifications/create', { body: { email: 'ada@example.com' } })
  ).json();
  await client.stepUpAuth.verifyOtp({
    otpVerification: { verificationUUID, email: 'ada@example.com' },
    verificationToken: server.mails.at(-1)?.code ?? '',
  });
  expect(await client.passkeys.authenticateMFA({ createMfaToken: { singleUse: true } })).toMatch(/^mfa_/);
  expect(await client.passkeys.get()).toHaveLength(1);
});

test('where nothing makes passkeys, asking for one says so before anything is sent', async () => {
  const { now, signIn } = await start();
  await signIn();
  await act(() => expect(now().registerPasskey()).rejects.toMatchObject({ code: 'no_webauthn_support_error' }));
});
