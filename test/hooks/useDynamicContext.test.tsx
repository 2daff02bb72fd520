import { act, waitFor } from '@testing-library/react';
import { useDynamicContext, useIsLoggedIn, useModalController } from 'mfa-kit';
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  createNewMfaRecoveryCodes,
  registerTotpMfaDevice,
} from 'mfa-kit/client';
import { describe, expect, test, vi } from 'vitest';
import { createPage, type Page, renderHookOn } from '../support/renderWithMfa.js';

const start = async (page: Page) => {
  const { result } = renderHookOn(page, () => ({ ...useDynamicContext(), isLoggedIn: useIsLoggedIn() }));
  await waitFor(() => expect(result.current.sdkHasLoaded).toBe(true));
  return result;
};

const enrol = (page: Page) =>
  act(async () => {
    const { id, secret } = await registerTotpMfaDevice(page.client);
    await authenticateTotpMfaDevice({ code: page.code(secret), deviceId: id }, page.client);
    return secret;
  });

describe('useDynamicContext', () => {
  test('a user is hidden until the second factor is passed and the codes are saved', async () => {
    const page = await createPage({ server: { policy: { enabled: true, enrollment: 'signup' } } });
    const result = await start(page);
    expect(result.current).toMatchObject({ user: undefined, userWithMissingInfo: undefined, primaryWallet: null });
    await page.signIn('ada@example.com');
    expect(result.current.user).toBeUndefined();
    expect(result.current.userWithMissingInfo).toMatchObject({
      email: 'ada@example.com',
      scope: 'requiresAdditionalAuth',
    });
    await enrol(page);
    expect(result.current.user).toBeUndefined();
    expect(result.current.userWithMissingInfo).toMatchObject({ mfaBackupCodeAcknowledgement: 'pending' });
    expect(result.current.isLoggedIn).toBe(false);
    await act(() => acknowledgeRecoveryCodes(page.client));
    expect(result.current.userWithMissingInfo).toBeUndefined();
    expect(result.current.user).toMatchObject({
      userId: page.client.user?.id,
      environmentId: page.client.environmentId,
      email: 'ada@example.com',
    });
    expect(result.current.isLoggedIn).toBe(true);
  });

  test('once shown, a user stays until sign-out, also while codes wait to be saved', async () => {
    const page = await createPage();
    const result = await start(page);
    await page.signIn();
    expect(result.current.user).toBeDefined();
    await enrol(page);
    expect(result.current.user).toMatchObject({ mfaBackupCodeAcknowledgement: 'pending' });
    expect(result.current.userWithMissingInfo).toBeDefined();
    await act(() => createNewMfaRecoveryCodes(page.client));
    expect(result.current.isLoggedIn).toBe(true);
    await act(() => result.current.handleLogOut());
    expect(result.current).toMatchObject({ user: undefined, userWithMissingInfo: undefined, isLoggedIn: false });
  });

  test('the next person is hidden again until they passed', async () => {
    const page = await createPage({ server: { policy: { enabled: true, enrollment: 'none' } } });
    const result = await start(page);
    await page.signIn('ada@example.com');
    const secret = await enrol(page);
    await act(() => acknowledgeRecoveryCodes(page.client));
    expect(secret).toBeDefined();
    await act(() => result.current.handleLogOut());
    await page.signIn('ada@example.com');
    expect(result.current.user).toBeUndefined();
    expect(result.current.userWithMissingInfo).toBeDefined();
  });

  test('setShowAuthFlow opens what the session waits for, and closes it', async () => {
    const page = await createPage({ server: { policy: { enabled: true, enrollment: 'signup' } } });
    const { result } = renderHookOn(page, () => ({ ...useDynamicContext(), modal: useModalController() }));
    await page.signIn();
    await waitFor(() => expect(result.current.showAuthFlow).toBe(true));
    act(() => result.current.setShowAuthFlow(false));
    expect(result.current.showAuthFlow).toBe(false);
    act(() => result.current.setShowAuthFlow((isShown) => !isShown));
    await waitFor(() => expect(result.current.modal.screen).toMatchObject({ name: 'QrCode' }));
  });

  test('signed out, setShowAuthFlow says in development why nothing opens', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const result = await start(await createPage());
    act(() => result.current.setShowAuthFlow(true));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('nobody is signed in'));
    expect(result.current.showAuthFlow).toBe(false);
    warn.mockRestore();
  });
});
