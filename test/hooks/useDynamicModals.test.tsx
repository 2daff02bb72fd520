import { act, waitFor } from '@testing-library/react';
import { type UseDynamicModalsReturnType, useDynamicModals, useModalController } from 'mfa-kit';
import { getProjectSettings } from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, renderHookOn } from '../support/renderWithMfa.js';

const start = async (page: Page) => {
  const { result } = renderHookOn(page, () => ({ modals: useDynamicModals(), modal: useModalController() }));
  await waitFor(() => expect(page.client.session.getSnapshot().status).not.toBe('loading'));
  return result;
};
const warnings = () => vi.spyOn(console, 'warn').mockImplementation(() => {});

afterEach(() => vi.restoreAllMocks());

type Setter = Exclude<keyof UseDynamicModalsReturnType, 'show' | 'setShowLinkNewWalletModal'>;
const opens: Record<Setter, string> = {
  setShowMfaChooseType: 'ChooseType',
  setShowMfaQRCode: 'QrCode',
  setShowOTPVerification: 'OtpVerification',
  setShowMfaViewBackupCodes: 'ViewBackupCodes',
  setShowMfaEnterBackupCodes: 'EnterBackupCodes',
  setShowMFAManage: 'ManageDevices',
};

describe('useDynamicModals', () => {
  test('each setter opens its screen, closes only its own, and takes a function', async () => {
    const page = await createPage();
    const result = await start(page);
    await signInAndEnrol(page);
    for (const [setter, name] of Object.entries(opens) as [Setter, string][]) {
      act(() => result.current.modals[setter](true));
      await waitFor(() => expect(result.current.modal.screen?.name).toBe(name));
      const other = setter === 'setShowMFAManage' ? 'setShowMfaQRCode' : 'setShowMFAManage';
      act(() => result.current.modals[other](false));
      expect(result.current.modal.screen?.name).toBe(name);
      act(() => result.current.modals[setter]((isShown) => !isShown));
      expect(result.current.modal.screen).toBeNull();
    }
  });

  test('the code screen asks for a token, as published', async () => {
    const page = await createPage();
    const result = await start(page);
    await signInAndEnrol(page);
    act(() => result.current.modals.setShowOTPVerification(true));
    expect(result.current.modal.request).toMatchObject({ createMfaToken: { singleUse: true } });
  });

  test('with nobody signed in a setter says why it opens nothing, and show rejects', async () => {
    const warn = warnings();
    const result = await start(await createPage());
    act(() => result.current.modals.setShowMFAManage(true));
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('nobody is signed in'));
    expect(result.current.modal.request).toBeNull();
    await expect(result.current.modals.show('ManageDevices')).rejects.toMatchObject({ code: 'not_signed_in' });
  });

  test('with the method disabled a setter says why it opens nothing, and show rejects', async () => {
    const warn = warnings();
    const page = await createPage({ server: { policy: { methods: [{ type: 'totp', enabled: false }] } } });
    const result = await start(page);
    await page.signIn();
    await act(() => getProjectSettings(page.client));
    act(() => result.current.modals.setShowMfaQRCode(true));
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/setShowMfaQRCode\(true\) opens nothing: no method/));
    expect(result.current.modal.request).toBeNull();
    await expect(result.current.modals.show('QrCode')).rejects.toMatchObject({ code: 'mfa_method_disabled' });
  });

  test('a wallet is never opened, and that is said', async () => {
    const warn = warnings();
    const result = await start(await createPage());
    result.current.modals.setShowLinkNewWalletModal(true);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('wallets are not supported'));
  });

  test('show resolves when its screen is done and rejects when it is closed', async () => {
    const page = await createPage();
    const result = await start(page);
    await signInAndEnrol(page);
    const settled = vi.fn();
    act(() => {
      result.current.modals.show('ManageDevices').then(settled, settled);
    });
    await waitFor(() => expect(result.current.modal.screen).toEqual({ name: 'ManageDevices' }));
    await act(async () => result.current.modal.send({ type: 'finished' }));
    expect(settled).toHaveBeenLastCalledWith(undefined);
    act(() => {
      result.current.modals.show({ name: 'ViewBackupCodes', isNewSet: true }).then(settled, settled);
    });
    await act(async () => result.current.modal.close('outside'));
    expect(settled).toHaveBeenLastCalledWith(expect.objectContaining({ code: 'cancelled', reason: 'outside' }));
  });
});
