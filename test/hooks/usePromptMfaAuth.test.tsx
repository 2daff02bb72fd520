import { act, waitFor } from '@testing-library/react';
import {
  MfaCancelledError,
  useAcknowledgeRecoveryCodes,
  useAuthenticateTotp,
  useLogOut,
  useModalController,
  usePromptMfaAuth,
  useRecoveryCodes,
  useTotpRegistration,
} from 'mfa-kit';
import { describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, renderHookOn } from '../support/renderWithMfa.js';
import { wrongCode } from '../support/totp.js';

/** An interface of the application's own, drawn with nothing but the hooks. */
const useInterface = () => {
  const modal = useModalController();
  return {
    modal,
    prompt: usePromptMfaAuth(),
    totp: useAuthenticateTotp(),
    acknowledge: useAcknowledgeRecoveryCodes(),
    logOut: useLogOut(),
  };
};

const start = async (page: Page) => {
  const { result } = renderHookOn(page, useInterface);
  await waitFor(() => expect(page.client.session.getSnapshot().status).not.toBe('loading'));
  return result;
};
const outcome = (promise: Promise<unknown>) => {
  const spy = vi.fn();
  promise.then(
    (value) => spy('resolved', value),
    (error: unknown) => spy('rejected', error),
  );
  return spy;
};

describe('usePromptMfaAuth', () => {
  test('carries itself under its own name', async () => {
    const result = await start(await createPage());
    expect(result.current.prompt.promptMfaAuth).toBe(result.current.prompt);
  });

  test('from opening to verified there is one request, and the token arrives', async () => {
    const page = await createPage();
    const result = await start(page);
    const { secret } = await signInAndEnrol(page);
    await waitFor(() => expect(page.requests.filter((request) => request.includes('/methods'))).not.toHaveLength(0));
    await waitFor(() => expect(page.queryClient.isFetching()).toBe(0));
    page.server.clock.advance(30_000);
    page.requests.length = 0;
    let settled = vi.fn();
    act(() => {
      settled = outcome(result.current.prompt({ createMfaToken: true, mfaAction: 'treasury.transfer' }));
    });
    await waitFor(() => expect(result.current.modal.screen).toEqual({ name: 'OtpVerification' }));
    expect(result.current.modal.request).toMatchObject({ purpose: 'action', action: 'treasury.transfer' });
    await act(async () => {
      const { request, send } = result.current.modal;
      const proof = await result.current.totp.mutateAsync({
        code: page.code(secret),
        createMfaToken: request?.createMfaToken,
        mfaAction: request?.action,
      });
      expect(page.requests.filter((one) => one.startsWith('POST'))).toEqual(['POST /users/mfa/auth/totp']);
      expect(page.requests[0]).toBe('POST /users/mfa/auth/totp');
      send({ type: 'verified', method: 'totp', ...proof });
    });
    expect(settled).toHaveBeenCalledWith('resolved', expect.stringMatching(/^mfa_/));
    expect(result.current.modal.screen).toMatchObject({ name: 'Success' });
  });

  test('with nothing enrolled the same promise covers enrolling and saving the codes', async () => {
    const page = await createPage();
    const result = await start(page);
    await page.signIn();
    let settled = vi.fn();
    act(() => {
      settled = outcome(result.current.prompt({ createMfaToken: { singleUse: true } }));
    });
    await waitFor(() => expect(result.current.modal.screen).toMatchObject({ name: 'QrCode' }));
    const registration = renderHookOn(page, () => useTotpRegistration()).result;
    await waitFor(() => expect(registration.current.data).toBeDefined());
    const { id = '', secret = '' } = registration.current.data ?? {};
    act(() => result.current.modal.send({ type: 'secretScanned', deviceId: id }));
    await expect(
      act(() => result.current.totp.mutateAsync({ code: wrongCode(secret, page.server.clock()), deviceId: id })),
    ).rejects.toMatchObject({ serverCode: 'mfa_invalid_code' });
    expect(settled).not.toHaveBeenCalled();
    await act(async () => {
      const proof = await result.current.totp.mutateAsync({
        code: page.code(secret),
        deviceId: id,
        createMfaToken: { singleUse: true },
      });
      result.current.modal.send({ type: 'verified', method: 'totp', ...proof });
    });
    expect(result.current.modal.screen).toMatchObject({ name: 'ViewBackupCodes', isNewSet: false });
    expect(settled).not.toHaveBeenCalled();
    const codes = renderHookOn(page, () => useRecoveryCodes()).result;
    await waitFor(() => expect(codes.current.data?.recoveryCodes).toHaveLength(10));
    await act(async () => {
      const { mfaToken } = await result.current.acknowledge.mutateAsync();
      result.current.modal.send({ type: 'codesSaved', mfaToken });
    });
    expect(settled).toHaveBeenCalledWith('resolved', expect.stringMatching(/^mfa_/));
  });

  test('closing rejects with the reason, and it opens again', async () => {
    const page = await createPage();
    const result = await start(page);
    await signInAndEnrol(page);
    for (const reason of ['escape', 'cancelled'] as const) {
      let settled = vi.fn();
      act(() => {
        settled = outcome(result.current.prompt());
      });
      await waitFor(() => expect(result.current.modal.screen).toEqual({ name: 'OtpVerification' }));
      await act(async () => result.current.modal.close(reason));
      const [, error] = settled.mock.calls[0] as [string, MfaCancelledError];
      expect(error).toBeInstanceOf(MfaCancelledError);
      expect(error).toMatchObject({ message: 'MFA view closed', reason });
    }
  });

  test('signing out rejects whatever waits', async () => {
    const page = await createPage();
    const result = await start(page);
    await signInAndEnrol(page);
    let settled: ReturnType<typeof outcome>[] = [];
    act(() => {
      settled = [outcome(result.current.prompt()), outcome(result.current.prompt({ mfaAction: 'other' }))];
    });
    await act(() => result.current.logOut());
    for (const one of settled) {
      expect(one).toHaveBeenCalledWith('rejected', expect.objectContaining({ reason: 'loggedOut' }));
    }
    expect(result.current.modal.request).toBeNull();
  });

  test('with nobody signed in it is refused', async () => {
    const result = await start(await createPage());
    await expect(result.current.prompt()).rejects.toMatchObject({ code: 'not_signed_in' });
  });

  test('a persistent token still good is returned without asking', async () => {
    const page = await createPage();
    const result = await start(page);
    const { secret } = await signInAndEnrol(page);
    page.server.clock.advance(30_000);
    let token: string | undefined;
    await act(async () => {
      const proof = await result.current.totp.mutateAsync({
        code: page.code(secret),
        createMfaToken: { singleUse: false },
      });
      token = proof.mfaToken;
    });
    expect(await result.current.prompt({ createMfaToken: { singleUse: false } })).toBe(token);
    expect(result.current.modal.request).toBeNull();
  });

  test('without any interface it is refused instead of waiting for ever', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => usePromptMfaAuth());
    await page.signIn();
    await expect(result.current()).rejects.toMatchObject({ code: 'not_supported' });
  });
});
