// Threat C-02: a token that proves something stays in memory after it was used, or after its person is gone.
import { act } from '@testing-library/react';
import { MFAAction, useGetMfaToken, useGetUserMfaMethods, useIsMfaRequiredForAction, useLogOut, useMfa } from 'mfa-kit';
import { deleteMfaDevice, updateUser } from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';

const actions = [{ action: MFAAction.WalletWaasSign, required: true }];

const start = async () => {
  const page = await createPage({ server: { policy: { actions } } });
  const { result } = renderHookOn(page, () => ({
    mfa: useMfa(),
    getMfaToken: useGetMfaToken(),
    isMfaRequiredForAction: useIsMfaRequiredForAction(),
    getUserMfaMethods: useGetUserMfaMethods(),
    logOut: useLogOut(),
  }));
  return { page, result };
};

const prove = (page: Awaited<ReturnType<typeof createPage>>, secret: string, singleUse: boolean, result: Started) =>
  act(async () => {
    page.server.clock.advance(30_000);
    return result.current.mfa.authenticateDevice({ code: page.code(secret), createMfaToken: { singleUse } });
  });
type Started = Awaited<ReturnType<typeof start>>['result'];

describe('C-02: a token', () => {
  test('for one use is gone with the request that carries it, also when that fails', async () => {
    const { page, result } = await start();
    const { secret } = await signInAndEnrol(page);
    await prove(page, secret, true, result);
    const headers: (string | null)[] = [];
    page.onRequest((request) => headers.push(request.headers.get('x-mfa-auth-token')));
    page.goOffline(true);
    await expect(act(() => updateUser({ userFields: { alias: 'Ada' } }, page.client))).rejects.toThrow();
    expect(headers[0]).toMatch(/^mfa_/);
    expect(page.client.mfaToken).toBeNull();
    expect(await result.current.getMfaToken()).toBeUndefined();
  });

  test('for one use is never sent twice, whoever removes the device', async () => {
    const { page, result } = await start();
    const { secret } = await signInAndEnrol(page);
    await prove(page, secret, true, result);
    const missing = crypto.randomUUID();
    await expect(act(() => deleteMfaDevice({ deviceId: missing }, page.client))).rejects.toThrow();
    expect(page.client.mfaToken).toBeNull();
  });

  test('is looked at without being spent, and taken when asked to', async () => {
    const { page, result } = await start();
    const { secret } = await signInAndEnrol(page);
    const token = await prove(page, secret, false, result);
    expect(await result.current.getMfaToken()).toBe(token);
    expect(await result.current.getMfaToken({ mfaAction: MFAAction.WalletWaasSign })).toBe(token);
    expect(await result.current.getMfaToken({ consume: true })).toBe(token);
    expect(page.client.mfaToken).toBeNull();
    await expect(result.current.getMfaToken({ mfaAction: MFAAction.WalletWaasSign })).rejects.toMatchObject({
      code: 'mfa_token_required',
    });
  });

  test('that is persistent goes at sign-out', async () => {
    const { page, result } = await start();
    const { secret } = await signInAndEnrol(page);
    await prove(page, secret, false, result);
    expect(page.client.mfaToken).toMatch(/^mfa_/);
    await act(() => result.current.logOut());
    expect(page.client.mfaToken).toBeNull();
  });
});

describe('the hooks that ask about actions', () => {
  test('carry themselves under their own names', async () => {
    const { result } = await start();
    const { getMfaToken, isMfaRequiredForAction, getUserMfaMethods } = result.current;
    expect(getMfaToken.getMfaToken).toBe(getMfaToken);
    expect(isMfaRequiredForAction.isMfaRequiredForAction).toBe(isMfaRequiredForAction);
    expect(getUserMfaMethods.getUserMfaMethods).toBe(getUserMfaMethods);
  });

  test('say what the policy and the methods of the person demand', async () => {
    const { page, result } = await start();
    await page.signIn();
    const isRequired = (mfaAction: string) => result.current.isMfaRequiredForAction({ mfaAction });
    expect(await isRequired(MFAAction.WalletWaasSign)).toBe(false);
    expect((await result.current.getUserMfaMethods()).userHasVerifiedMfaMethods).toBe(false);
    await act(() => result.current.logOut());
    await signInAndEnrol(page);
    expect(await isRequired(MFAAction.WalletWaasSign)).toBe(true);
    expect(await isRequired(MFAAction.UserUpdate)).toBe(false);
    expect((await result.current.getUserMfaMethods()).userHasVerifiedMfaMethods).toBe(true);
  });
});
