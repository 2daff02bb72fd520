/** The page of troubles is true: each of its cases happens as it says, with the code it names. */
import { readFileSync } from 'node:fs';
import { act, render, screen, waitFor } from '@testing-library/react';
import {
  isMfaError,
  MfaQrCode,
  useDynamicModals,
  useGetMfaToken,
  useMfa,
  usePasskeyCapabilities,
  usePromptMfaAuth,
  useRegisterPasskey,
  useSyncMfaFlow,
} from 'mfa-kit';
import {
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  createMfaClient,
  createNewMfaRecoveryCodes,
  getMfaDevices,
  logout,
  registerTotpMfaDevice,
  signInWithExternalJwt,
} from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { errorCodes } from '../../src/wire/errorCodes.js';
import { signInAndEnrol } from '../support/enrol.js';
import { createIssuer } from '../support/issuer.js';
import { installBrowser } from '../support/passkeyBrowser.js';
import { createPage, renderHookOn, renderOn } from '../support/renderWithMfa.js';
import { baseUrl, environmentId, origin } from '../support/server.js';
import { wrongCode } from '../support/totp.js';

const page = readFileSync('docs/troubleshooting.md', 'utf8');
const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title);

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const codeOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'no error',
    (error: unknown) => (isMfaError(error) ? (error.serverCode ?? error.passkeyCode ?? error.code) : error),
  );

/** Somebody signed in and enrolled, with the hooks of the page. */
const start = async (options: Parameters<typeof createPage>[0] = {}) => {
  const open = await createPage(options);
  const enrolled = await signInAndEnrol(open);
  const { result } = renderHookOn(open, () => ({
    getMfaToken: useGetMfaToken(),
    prompt: usePromptMfaAuth(),
    registerPasskey: useRegisterPasskey(),
    modals: useDynamicModals(),
    capabilities: usePasskeyCapabilities(),
  }));
  await waitFor(() => expect(open.queryClient.isFetching()).toBe(0));
  return { page: open, result, ...enrolled };
};

const Waiting = ({ handler }: { handler: () => void }) => {
  useSyncMfaFlow({ handler });
  return null;
};

const cases: Record<string, () => Promise<void>> = {
  '`mfa_token_required`': async () => {
    const policy = { actions: [{ action: 'transfer.send', required: true }] };
    const { result } = await start({ server: { policy } });
    expect(await codeOf(result.current.getMfaToken({ mfaAction: 'transfer.send' }))).toBe('mfa_token_required');
  },
  'A token that is too old': async () => {
    const { page: open, secret } = await start();
    open.server.clock.advance(30_000);
    await authenticateTotpMfaDevice({ code: open.code(secret), createMfaToken: { singleUse: true } }, open.client);
    open.server.clock.advance(301_000);
    expect(await codeOf(createNewMfaRecoveryCodes(open.client))).toBe('elevated_access_token_required');
  },
  '`mfa_totp_already_enrolled`': async () => {
    const { page: open } = await start();
    expect(await codeOf(registerTotpMfaDevice(open.client))).toBe('mfa_totp_already_enrolled');
  },
  '`passkey_not_supported`': async () => {
    const { result } = await start();
    expect(result.current.capabilities.support).toBe('unsupported');
    await act(async () => expect(await codeOf(result.current.registerPasskey())).toBe('passkey_not_supported'));
  },
  '`insecure_context`': async () => {
    const { result } = await start();
    vi.stubGlobal('isSecureContext', false);
    await act(async () => expect(await codeOf(result.current.registerPasskey())).toBe('insecure_context'));
  },
  '`passkey_in_frame`': async () => {
    const { result } = await start();
    installBrowser();
    vi.spyOn(window, 'parent', 'get').mockReturnValue({ location: { origin: 'https://other.test' } } as Window);
    await act(async () => expect(await codeOf(result.current.registerPasskey())).toBe('passkey_in_frame'));
  },
  'The QR code does not appear': async () => {
    const open = await createPage({ server: { policy: { enrollment: 'signup' } } });
    await open.signIn();
    renderOn(open, <MfaQrCode onEvent={() => {}} />);
    const key = await screen.findByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/, {}, { timeout: 5000 });
    // The key alone is enough, picture or none.
    const secret = key.textContent?.replaceAll(' ', '') ?? '';
    const { id } = await registerTotpMfaDevice(open.client);
    await act(
      async () => void (await authenticateTotpMfaDevice({ code: open.code(secret), deviceId: id }, open.client)),
    );
    expect(open.client.session.getSnapshot().status).toBe('codesUnsaved');
  },
  'A recovery code is refused the second time': async () => {
    const { page: open, codes } = await start();
    const prove = () => authenticateMfaRecoveryCode({ code: codes[0] ?? '' }, open.client);
    await prove();
    await expect(prove()).rejects.toMatchObject({
      serverCode: 'mfa_invalid_code',
      attemptsLeft: 4,
    });
  },
  '`mfa_rate_limited`': async () => {
    const { page: open, secret } = await start();
    const prove = () => authenticateTotpMfaDevice({ code: wrongCode(secret, open.server.clock()) }, open.client);
    for (let tries = 0; tries < 5; tries += 1) await codeOf(prove());
    await expect(prove()).rejects.toMatchObject({ serverCode: 'mfa_rate_limited', retryAfter: expect.any(Number) });
  },
  '`elevated_access_token_required`': async () => {
    const open = await createPage();
    await open.signIn();
    open.server.clock.advance(301_000);
    expect(await codeOf(registerTotpMfaDevice(open.client))).toBe('elevated_access_token_required');
  },
  '`not_signed_in` after a reload': async () => {
    const { page: open } = await start();
    const fetch = (request: Request) => open.server.mfa.fetch(request);
    const reloaded = createMfaClient({ environmentId, apiBaseUrl: baseUrl, fetch });
    expect(await codeOf(getMfaDevices(reloaded))).toBe('not_signed_in');
    const storage = { getItem: () => open.client.token, setItem: () => {}, removeItem: () => {} };
    const kept = createMfaClient({ environmentId, apiBaseUrl: baseUrl, fetch, storage });
    expect(await getMfaDevices(kept)).toHaveLength(1);
    reloaded.close();
    kept.close();
  },
  '`no_client`': async () => {
    const others = ['one', 'other'].map(() => createMfaClient({ environmentId, apiBaseUrl: baseUrl }));
    expect(await codeOf(getMfaDevices())).toBe('no_client');
    for (const other of others) other.close();
  },
  '`invalid_external_auth`': async () => {
    const { externalAuth } = await createIssuer();
    const open = await createPage({ server: { externalAuth } });
    expect(await codeOf(signInWithExternalJwt({ externalJwt: 'a.b.c' }, open.client))).toBe('invalid_external_auth');
  },
  'A handler that never runs': async () => {
    const handler = vi.fn();
    const open = await createPage({ server: { policy: { enrollment: 'none' } } });
    renderOn(open, <Waiting handler={handler} />);
    await open.signIn();
    expect(handler).not.toHaveBeenCalled();
    await act(() => logout(open.client));
    await open.server.mfa.admin.updatePolicy({ enrollment: 'signup' });
    await open.signIn();
    await waitFor(() => expect(handler).toHaveBeenCalledOnce());
  },
  'A modal that does not open': async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { page: open, result } = await start();
    await act(async () => expect(await codeOf(result.current.prompt())).toBe('not_supported'));
    await act(() => logout(open.client));
    await act(async () => expect(await codeOf(result.current.prompt())).toBe('not_signed_in'));
    act(() => result.current.modals.setShowMFAManage(true));
    expect(warn.mock.calls.join()).toContain('nobody is signed in');
  },
  '"This hook needs <MfaProvider> above it"': async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const Stray = () => {
      useMfa();
      return null;
    };
    expect(() => render(<Stray />)).toThrow('This hook needs <MfaProvider> above it');
  },
  'The browser blocks the request (CORS)': async () => {
    const open = await createPage();
    const allowedFor = async (asking: string) => {
      const response = await open.server.request('GET', '/settings', { headers: { origin: asking } });
      return response.headers.get('access-control-allow-origin');
    };
    expect(await allowedFor(origin)).toBe(origin);
    expect(await allowedFor(`${origin}:8443`)).toBeNull();
  },
};

test.each(Object.entries(cases))('%s', async (_, happens) => {
  await happens();
});

test('every case of the page is one of these, and the other way round', () => {
  expect(titles.sort()).toEqual(Object.keys(cases).sort());
});

test('every code that a title names is a code of the kit', () => {
  const client = readFileSync('src/client/errors.ts', 'utf8');
  const named = titles.flatMap((title) => /^`(\w+)`/.exec(title)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((code) => !(code in errorCodes) && !client.includes(`'${code}'`))).toEqual([]);
});
