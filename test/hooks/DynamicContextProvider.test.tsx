import { act, render, screen, waitFor } from '@testing-library/react';
import {
  type AuthCallbacks,
  DynamicContextProvider,
  dynamicEvents,
  useConnectWithOtp,
  useDynamicClient,
  useDynamicContext,
  useDynamicScopes,
  useExternalAuth,
  useUserUpdateRequest,
} from 'mfa-kit';
import { logout } from 'mfa-kit/client';
import { StrictMode, useEffect } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { baseUrl, environmentId, startTestServer, type TestServer } from '../support/server.js';

afterEach(() => void vi.restoreAllMocks());

type Handler = NonNullable<
  Parameters<typeof DynamicContextProvider>[0]['settings']['handlers']
>['handleAuthenticatedUser'];

const useEverything = () => ({
  otp: useConnectWithOtp(),
  external: useExternalAuth(),
  context: useDynamicContext(),
  scopes: useDynamicScopes(),
  profile: useUserUpdateRequest(),
  client: useDynamicClient(),
});

/** An application as the published guides write it, whose requests reach a server in this process. */
const start = async ({
  policy = { enabled: false },
  handleAuthenticatedUser,
}: {
  policy?: NonNullable<Parameters<typeof startTestServer>[0]>['policy'];
  handleAuthenticatedUser?: Handler;
} = {}) => {
  const server: TestServer = await startTestServer({ policy });
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (request) => server.mfa.fetch(request as Request));
  const heard: unknown[][] = [];
  const hear =
    (name: string) =>
    (...args: unknown[]) =>
      void heard.push([name, ...args]);
  const events: AuthCallbacks = {
    onAuthInit: hear('onAuthInit'),
    onAuthFailure: hear('onAuthFailure'),
    onAuthSuccess: hear('onAuthSuccess'),
    onLogout: hear('onLogout'),
    onOtpVerificationResult: hear('onOtpVerificationResult'),
    onUserProfileUpdate: hear('onUserProfileUpdate'),
    onAuthFlowOpen: hear('onAuthFlowOpen'),
    onAuthFlowClose: hear('onAuthFlowClose'),
    onAuthFlowCancel: hear('onAuthFlowCancel'),
  };
  const latest: { app?: ReturnType<typeof useEverything> } = {};
  const Application = () => {
    const app = useEverything();
    useEffect(() => {
      latest.app = app;
    });
    return <p>{app.context.user ? `Welcome, ${app.context.user.email}` : 'Signed out'}</p>;
  };
  const settings = { environmentId, apiBaseUrl: baseUrl, events, handlers: { handleAuthenticatedUser } };
  render(
    <StrictMode>
      <DynamicContextProvider settings={settings} modals={false}>
        <Application />
      </DynamicContextProvider>
    </StrictMode>,
  );
  const now = () => {
    if (!latest.app) throw new Error('not rendered');
    return latest.app;
  };
  await waitFor(() => expect(now().context.sdkHasLoaded).toBe(true));
  const code = () => server.mails.at(-1)?.code ?? '';
  const signIn = async () => {
    await act(() => now().otp.connectWithEmail('ada@example.com'));
    await act(async () => void (await now().otp.verifyOneTimePassword(code())));
  };
  const named = (name: string) => heard.filter(([one]) => one === name);
  return { server, now, heard, named, signIn, code };
};

const email = { type: 'email', email: 'ada@example.com', option: 'ada@example.com' };

describe('<DynamicContextProvider>', () => {
  test('calls each callback once for a sign-in, a change of the profile and a sign-out', async () => {
    const { now, heard, signIn } = await start();
    await signIn();
    expect(await screen.findByText('Welcome, ada@example.com')).toBeTruthy();
    await act(async () => void (await now().profile.updateUser({ firstName: 'Ada' })));
    await act(() => now().context.handleLogOut());
    expect(heard).toEqual([
      ['onAuthInit', email],
      ['onAuthSuccess', expect.objectContaining({ isAuthenticated: true, primaryWallet: null })],
      ['onOtpVerificationResult', true, 'email'],
      ['onUserProfileUpdate', expect.objectContaining({ firstName: 'Ada', email: 'ada@example.com' })],
      ['onLogout', expect.objectContaining({ firstName: 'Ada', email: 'ada@example.com' })],
    ]);
  });

  test('tells a wrong code as a wrong code, and anything worse as a failure, with its error', async () => {
    const { now, heard, server, code } = await start();
    await act(() => now().otp.connectWithEmail('ada@example.com'));
    const wrong = code() === '000000' ? '000001' : '000000';
    await act(() => expect(now().otp.verifyOneTimePassword(wrong)).rejects.toThrow());
    server.clock.advance(11 * 60_000);
    await act(() => expect(now().otp.verifyOneTimePassword(code())).rejects.toThrow());
    await act(() => expect(now().external.signInWithExternalJwt({ externalJwt: 'a.b.c' })).rejects.toThrow());
    expect(heard).toEqual([
      ['onAuthInit', email],
      ['onOtpVerificationResult', false, 'email'],
      ['onOtpVerificationResult', false, 'email'],
      ['onAuthFailure', email, { error: expect.objectContaining({ serverCode: 'invalid_email_verification' }) }],
      ['onAuthInit', { type: 'externalAuth', option: 'externalAuth' }],
      ['onAuthFailure', { type: 'externalAuth', option: 'externalAuth' }, { error: expect.any(Error) }],
    ]);
  });

  test('a session that waits for its second factor is no success yet; giving up then is a failure', async () => {
    const { now, named, signIn } = await start({ policy: { enrollment: 'signup' } });
    await signIn();
    expect(now().context.userWithMissingInfo?.email).toBe('ada@example.com');
    expect(now().scopes.userHasScopes('requiresAdditionalAuth')).toBe(true);
    expect(now().scopes.userHasScopes(['requiresAdditionalAuth', 'user:basic'], 'AND')).toBe(false);
    expect(named('onAuthSuccess')).toEqual([]);
    await act(() => logout(now().client, 'mfa-verification-cancelled'));
    expect(named('onAuthFailure')).toEqual([['onAuthFailure', email, 'user-cancelled']]);
    expect(named('onLogout')).toHaveLength(1);
  });

  test('waits for handleAuthenticatedUser, once, before it shows anybody', async () => {
    const asked: string[] = [];
    let letIn = () => {};
    const { heard, signIn } = await start({
      handleAuthenticatedUser: ({ user }) => {
        asked.push(user.email ?? '');
        return new Promise((resolve) => {
          letIn = resolve;
        });
      },
    });
    await signIn();
    expect(screen.getByText('Signed out')).toBeTruthy();
    expect(asked).toEqual(['ada@example.com']);
    expect(heard.map(([name]) => name)).not.toContain('onAuthSuccess');
    await act(async () => letIn());
    expect(screen.getByText('Welcome, ada@example.com')).toBeTruthy();
    expect(heard.filter(([name]) => name === 'onAuthSuccess')).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  test('signs out again whom handleAuthenticatedUser refuses, and says why', async () => {
    const refusal = new Error('not on the list');
    const { now, named, signIn } = await start({ handleAuthenticatedUser: () => Promise.reject(refusal) });
    await signIn();
    await waitFor(() => expect(now().context.userWithMissingInfo).toBeUndefined());
    expect(named('onAuthFailure')).toEqual([['onAuthFailure', email, { error: refusal }]]);
    expect(named('onAuthSuccess')).toEqual([]);
    expect(named('onLogout')).toHaveLength(1);
  });

  test('names in development what it does not use, and uses the rest', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const settings = {
      environmentId,
      apiBaseUrl: baseUrl,
      walletConnectors: [],
      events: { onWalletAdded: () => {} },
      handlers: { handleConnectedWallet: () => {} },
    };
    render(
      <DynamicContextProvider settings={settings} locale={{ en: {} }} modals={false}>
        <p>There</p>
      </DynamicContextProvider>,
    );
    expect(screen.getByText('There')).toBeTruthy();
    const said = warn.mock.calls.join();
    expect(said).toContain('walletConnectors, events.onWalletAdded, handlers.handleConnectedWallet');
    expect(said).toContain('`messages`');
  });
});

describe('dynamicEvents', () => {
  test('tell outside of components what happened, once, until they are told to stop', async () => {
    const { now, signIn } = await start();
    const every = vi.fn();
    const first = vi.fn();
    dynamicEvents.on('logout', every);
    dynamicEvents.on('logout', every);
    dynamicEvents.once('logout', first);
    await signIn();
    await act(() => now().context.handleLogOut());
    await signIn();
    await act(() => now().context.handleLogOut());
    dynamicEvents.off('logout', every);
    await signIn();
    await act(() => now().context.handleLogOut());
    expect(every.mock.calls).toEqual([
      [{ reason: 'user-intent' }, undefined],
      [{ reason: 'user-intent' }, undefined],
    ]);
    expect(first).toHaveBeenCalledOnce();
  });
});
