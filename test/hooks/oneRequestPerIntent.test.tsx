// Threats F-12 to F-14: React runs an effect twice, a person clicks twenty times, somebody leaves in the middle; and a
// second secret is issued, a code is spent for nothing, or a token arrives for nobody.
import { act, waitFor } from '@testing-library/react';
import {
  useAuthenticateRecoveryCode,
  useAuthenticateTotp,
  useCreateRecoveryCodes,
  useMfa,
  useModalController,
  useRecoveryCodes,
  useRemoveDevice,
  useSetDefaultDevice,
  useTotpRegistration,
} from 'mfa-kit';
import { registerTotpMfaDevice } from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, renderHookOn } from '../support/renderWithMfa.js';

const enforced = { server: { policy: { enabled: true, enrollment: 'signup' } } } as const;
const sent = (page: Page, request: string) => page.requests.filter((one) => one === request);

const freshProof = async (page: Page, secret: string) => {
  page.server.clock.advance(30_000);
  return page.code(secret);
};

afterEach(() => vi.restoreAllMocks());

describe('F-12: in StrictMode', () => {
  test('the QR screen begins one enrolment with one request, and there is one pending device', async () => {
    const page = await createPage(enforced);
    await page.signIn();
    const first = renderHookOn(page, () => useTotpRegistration());
    await waitFor(() => expect(first.result.current.data).toBeDefined());
    expect(sent(page, 'GET /users/mfa/register/totp')).toHaveLength(1);
    const secret = first.result.current.data?.secret;
    first.unmount();
    const again = renderHookOn(page, () => useTotpRegistration());
    await waitFor(() => expect(again.result.current.data).toBeDefined());
    expect(again.result.current.data?.secret).toBe(secret);
    const devices = renderHookOn(page, () => useMfa()).result;
    expect(await devices.current.getUserDevices()).toHaveLength(1);
  });

  test('a new set of codes is made with one request', async () => {
    const page = await createPage();
    await signInAndEnrol(page);
    const { result } = renderHookOn(page, () => useRecoveryCodes({ isNewSet: true }));
    await waitFor(() => expect(result.current.data?.recoveryCodes).toHaveLength(10));
    expect(sent(page, 'POST /users/mfa/recovery')).toHaveLength(1);
  });

  test('the session, the settings and the methods are read once each', async () => {
    const page = await createPage(enforced);
    const { result } = renderHookOn(page, () => useModalController());
    await page.signIn();
    await waitFor(() => expect(result.current.screen).not.toBeNull());
    expect(sent(page, 'GET /settings')).toHaveLength(1);
    expect(sent(page, 'GET /users/mfa/methods?verifiedOnly=true')).toHaveLength(1);
  });
});

describe('F-13: twenty clicks', () => {
  const clicks = Array.from({ length: 20 }, (_, index) => index);

  test('on one code send one request, and all of them succeed', async () => {
    const page = await createPage();
    const { secret } = await signInAndEnrol(page);
    const { result } = renderHookOn(page, () => useAuthenticateTotp());
    const code = await freshProof(page, secret);
    page.requests.length = 0;
    await act(() => Promise.all(clicks.map(() => result.current.mutateAsync({ code }))));
    expect(page.requests).toEqual(['POST /users/mfa/auth/totp']);
  });

  test('by useMfa do the same', async () => {
    const page = await createPage();
    const { secret } = await signInAndEnrol(page);
    const { result } = renderHookOn(page, () => useMfa());
    const code = await freshProof(page, secret);
    await act(() => Promise.all(clicks.map(() => result.current.authenticateDevice({ code }))));
    expect(sent(page, 'POST /users/mfa/auth/totp')).toHaveLength(2); // one at enrolment
  });

  test('on a recovery code, a new set, a default and a removal send one request each', async () => {
    const page = await createPage();
    const { secret, deviceId, codes } = await signInAndEnrol(page);
    const { result } = renderHookOn(page, () => ({
      recovery: useAuthenticateRecoveryCode(),
      create: useCreateRecoveryCodes(),
      setDefault: useSetDefaultDevice(),
      remove: useRemoveDevice(),
      totp: useAuthenticateTotp(),
    }));
    const { current } = result;
    await act(() => Promise.all(clicks.map(() => current.recovery.mutateAsync({ code: codes[0] ?? '' }))));
    expect(sent(page, 'POST /users/mfa/auth/recovery')).toHaveLength(1);
    const code = await freshProof(page, secret);
    await act(() => current.totp.mutateAsync({ code }));
    await act(() => Promise.all(clicks.map(() => current.create.mutateAsync())));
    expect(sent(page, 'POST /users/mfa/recovery')).toHaveLength(1);
    await act(() => Promise.all(clicks.map(() => current.setDefault.mutateAsync({ deviceId }))));
    expect(sent(page, `PUT /users/mfa/${deviceId}`)).toHaveLength(1);
    await act(() => Promise.all(clicks.map(() => current.remove.mutateAsync({ deviceId }))));
    expect(sent(page, `DELETE /users/mfa/${deviceId}`)).toHaveLength(1);
  });
});

describe('F-14: leaving in the middle', () => {
  test('ends the request, keeps no token and warns of nothing', async () => {
    const error = vi.spyOn(console, 'error');
    const page = await createPage();
    const { secret } = await signInAndEnrol(page);
    const { result, unmount } = renderHookOn(page, () => useAuthenticateTotp());
    const code = await freshProof(page, secret);
    let letGo = () => {};
    page.hold(
      new Promise<void>((resolve) => {
        letGo = resolve;
      }),
    );
    const signals: AbortSignal[] = [];
    page.onRequest((request) => signals.push(request.signal));
    const settled = vi.fn();
    act(() => {
      result.current.mutateAsync({ code, createMfaToken: { singleUse: false } }).then(settled, settled);
    });
    await waitFor(() => expect(page.requests.at(-1)).toBe('POST /users/mfa/auth/totp'));
    unmount();
    await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true));
    letGo();
    page.hold(undefined);
    await vi.waitFor(() =>
      expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'cancelled', reason: 'aborted' })),
    );
    expect(page.client.mfaToken).toBeNull();
    expect(error).not.toHaveBeenCalled();
  });

  test('a secret on its way is let go, and nothing of it stays', async () => {
    const page = await createPage(enforced);
    await page.signIn();
    const signals: AbortSignal[] = [];
    let letGo = () => {};
    page.hold(
      new Promise<void>((resolve) => {
        letGo = resolve;
      }),
    );
    page.onRequest((request) => signals.push(request.signal));
    const { unmount } = renderHookOn(page, () => useTotpRegistration());
    await waitFor(() => expect(signals).toHaveLength(1));
    unmount();
    await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true));
    letGo();
    page.hold(undefined);
    // The enrolment is resumed by whoever comes back: leaving harmed nothing.
    expect(await registerTotpMfaDevice(page.client)).toMatchObject({ type: 'totp' });
  });
});
