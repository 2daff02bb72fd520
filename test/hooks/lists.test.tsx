import { act, waitFor } from '@testing-library/react';
import {
  useConfirmTotp,
  useDynamicClient,
  useMfaDevices,
  useMfaMethods,
  useMfaSettings,
  useRemoveDevice,
  useSetDefaultDevice,
} from 'mfa-kit';
import { registerTotpMfaDevice } from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';

describe('the lists', () => {
  test('stay empty and ask for nothing while nobody is signed in; the settings are known', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => ({ devices: useMfaDevices(), settings: useMfaSettings() }));
    await waitFor(() =>
      expect(result.current.settings.data?.security.mfa.methods.map(({ type }) => type)).toEqual(['passkey', 'totp']),
    );
    expect(result.current.devices).toMatchObject({ data: undefined, fetchStatus: 'idle' });
    expect(page.requests).toEqual(['GET /settings']);
  });

  test('catch up after every change', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => ({
      client: useDynamicClient(),
      devices: useMfaDevices(),
      methods: useMfaMethods(),
      confirm: useConfirmTotp(),
      setDefault: useSetDefaultDevice(),
      remove: useRemoveDevice(),
    }));
    expect(result.current.client).toBe(page.client);
    await page.signIn();
    await waitFor(() => expect(result.current.methods.data?.userHasVerifiedMfaMethods).toBe(false));
    const { id, secret } = await act(() => registerTotpMfaDevice(page.client));
    await act(() => result.current.confirm.mutateAsync({ code: page.code(secret) }));
    await waitFor(() => expect(result.current.methods.data?.userHasVerifiedMfaMethods).toBe(true));
    await act(() => result.current.setDefault.mutateAsync({ deviceId: id }));
    await waitFor(() => expect(result.current.devices.data).toMatchObject([{ id, default: true }]));
    await expect(act(() => result.current.remove.mutateAsync({ deviceId: crypto.randomUUID() }))).rejects.toMatchObject(
      { code: expect.any(String) as unknown },
    );
  });

  test('say why they have nothing when there is no connection', async () => {
    const page = await createPage();
    await signInAndEnrol(page);
    page.goOffline(true);
    const { result } = renderHookOn(page, () => useMfaDevices());
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'network_error' }), { timeout: 10_000 });
  });
});
