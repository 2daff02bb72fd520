// Threat C-04: a secret stays in a cache that the application persists, dehydrates or inspects, or outlives its screen
// or its person.
import { dehydrate } from '@tanstack/react-query';
import { act, waitFor } from '@testing-library/react';
import {
  mfaDevicesQueryOptions,
  mfaMethodsQueryOptions,
  recoveryCodesStatusQueryOptions,
  settingsQueryOptions,
  useAcknowledgeRecoveryCodes,
  useAuthenticateTotp,
  useLogOut,
  useMfaDevices,
  useModalController,
  useRecoveryCodes,
  useRecoveryCodesStatus,
  useTotpRegistration,
} from 'mfa-kit';
import { describe, expect, test } from 'vitest';
import { secretClientOf } from '../../src/queries/secretClient.js';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, renderHookOn } from '../support/renderWithMfa.js';

/** All that somebody with the application's query client can see. */
const seenBy = ({ queryClient }: Page) =>
  JSON.stringify([
    dehydrate(queryClient, { shouldDehydrateQuery: () => true, shouldDehydrateMutation: () => true }),
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ queryKey, state }) => [queryKey, state]),
    queryClient
      .getMutationCache()
      .getAll()
      .map(({ state }) => state),
  ]);
const secretsOf = ({ client }: Page) => {
  const secrets = secretClientOf(client);
  return JSON.stringify([
    secrets
      .getQueryCache()
      .getAll()
      .map(({ queryKey, state }) => [queryKey, state]),
    secrets
      .getMutationCache()
      .getAll()
      .map(({ state }) => state),
  ]);
};

describe('C-04: the caches', () => {
  test('hold no secret of an enrolment for the application, and none at all once the screens are gone', async () => {
    const page = await createPage();
    await page.signIn();
    const canaries: string[] = [];
    const qr = renderHookOn(page, () => ({ registration: useTotpRegistration(), totp: useAuthenticateTotp() }));
    await waitFor(() => expect(qr.result.current.registration.data).toBeDefined());
    const { id = '', secret = '', uri = '' } = qr.result.current.registration.data ?? {};
    const code = page.code(secret);
    await act(async () => {
      const proof = await qr.result.current.totp.mutateAsync({
        code,
        deviceId: id,
        createMfaToken: { singleUse: false },
      });
      canaries.push(secret, uri, `"${code}"`, proof.mfaToken ?? secret);
    });
    const codes = renderHookOn(page, () => ({ codes: useRecoveryCodes(), acknowledge: useAcknowledgeRecoveryCodes() }));
    await waitFor(() => expect(codes.result.current.codes.data?.recoveryCodes).toHaveLength(10));
    canaries.push(...(codes.result.current.codes.data?.recoveryCodes ?? []));
    for (const canary of canaries) expect(seenBy(page)).not.toContain(canary);
    await act(async () => {
      const { mfaToken } = await codes.result.current.acknowledge.mutateAsync();
      canaries.push(mfaToken ?? secret, page.client.token ?? secret);
    });
    qr.unmount();
    codes.unmount();
    await waitFor(() => expect(secretsOf(page)).toBe('[[],[]]'));
    for (const canary of canaries) expect(seenBy(page)).not.toContain(canary);
  });

  test('keep no secret in a key', async () => {
    const page = await createPage();
    await page.signIn();
    const { result } = renderHookOn(page, () => useTotpRegistration());
    await waitFor(() => expect(result.current.data).toBeDefined());
    const keys = secretClientOf(page.client).getQueryCache().getAll();
    expect(keys.map(({ queryKey }) => queryKey)).toEqual([[page.client.user?.id, 'mfa', 'totpRegistration', false]]);
  });

  test('let go of a secret when the page is put aside, and read it again when it comes back', async () => {
    const page = await createPage();
    await page.signIn();
    const { result } = renderHookOn(page, () => useTotpRegistration());
    await waitFor(() => expect(result.current.data).toBeDefined());
    const secret = result.current.data?.secret ?? '';
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(secretsOf(page)).not.toContain(secret);
    await waitFor(() => expect(result.current.data).toBeUndefined());
    act(() => void window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })));
    await waitFor(() => expect(result.current.data?.secret).toBe(secret));
  });

  test('forget a person at sign-out, and what is on screen with them', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => ({
      modal: useModalController(),
      devices: useMfaDevices(),
      status: useRecoveryCodesStatus(),
      logOut: useLogOut(),
    }));
    await signInAndEnrol(page);
    const codes = renderHookOn(page, () => useRecoveryCodes({ isNewSet: true })).result;
    await waitFor(() => expect(result.current.status.data).toEqual({ left: 10, isRunningLow: false }));
    await waitFor(() => expect(codes.current.data?.recoveryCodes).toHaveLength(10));
    const userId = page.client.user?.id;
    const keys = () =>
      page.queryClient
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey[0]);
    expect(new Set(keys().filter((key) => key !== 'nobody'))).toEqual(new Set([userId]));
    await act(() => result.current.logOut());
    expect(keys()).not.toContain(userId);
    expect(secretsOf(page)).not.toContain(userId);
    expect(codes.current.data).toBeUndefined();
    expect(result.current.devices.data).toBeUndefined();
  });
});

describe('the query options', () => {
  test('can be prefetched by an application, and the hooks then ask for nothing', async () => {
    const page = await createPage();
    const { deviceId } = await signInAndEnrol(page);
    await page.queryClient.prefetchQuery(mfaDevicesQueryOptions(page.client));
    const before = page.requests.length;
    const { result } = renderHookOn(page, () => useMfaDevices());
    expect(result.current.data).toMatchObject([{ id: deviceId, verified: true }]);
    expect(page.requests).toHaveLength(before);
    expect(await page.queryClient.fetchQuery(settingsQueryOptions(page.client))).toMatchObject({ security: {} });
    expect(await page.queryClient.fetchQuery(mfaMethodsQueryOptions(page.client))).toMatchObject({
      userHasVerifiedMfaMethods: true,
    });
    const { queryKey } = recoveryCodesStatusQueryOptions(page.client);
    expect(queryKey).toEqual(mfaMethodsQueryOptions(page.client).queryKey);
  });

  test('every key starts with the id of the person', async () => {
    const page = await createPage();
    await page.signIn();
    const options = [
      mfaDevicesQueryOptions,
      mfaMethodsQueryOptions,
      recoveryCodesStatusQueryOptions,
      settingsQueryOptions,
    ].map((optionsFor) => optionsFor(page.client));
    for (const { queryKey } of options) expect(queryKey[0]).toBe(page.client.user?.id);
  });

  test('what a change makes out of date is read again, by whichever road it was made', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => useRecoveryCodesStatus());
    const { codes } = await signInAndEnrol(page);
    await waitFor(() => expect(result.current.data?.left).toBe(10));
    const { authenticateMfaRecoveryCode } = await import('mfa-kit/client');
    await act(() => authenticateMfaRecoveryCode({ code: codes[0] ?? '' }, page.client));
    await waitFor(() => expect(result.current.data).toEqual({ left: 9, isRunningLow: false }));
  });
});
