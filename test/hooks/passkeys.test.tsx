// Threats F-13 to F-16: several clicks, somebody who leaves in the middle, a ceremony that ends badly.
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import {
  passkeysQueryOptions,
  useAddPasskey,
  useAuthenticatePasskey,
  useAuthenticatePasskeyMFA,
  useDeletePasskey,
  useDynamicEvents,
  useGetPasskeys,
  useMfa,
  useMfaMethods,
  usePasskeyAuthentication,
  usePasskeyRegistration,
  usePasskeySignIn,
  usePasskeys,
  useRegisterPasskey,
  useRemovePasskey,
  useRenamePasskey,
  useSignInWithPasskey,
} from 'mfa-kit';
import { logout, registerPasskey } from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fails, installBrowser } from '../support/passkeyBrowser.js';
import { createPage, type Page, type PageOptions, renderHookOn, renderOn } from '../support/renderWithMfa.js';

const clicks = Array.from({ length: 20 }, (_, index) => index);
const sent = (page: Page, request: string) => page.requests.filter((one) => one === request);

const start = async (options?: PageOptions) => {
  const browser = installBrowser();
  const page = await createPage(options);
  await page.signIn();
  return { page, browser };
};

/** With one passkey made somewhere else, before this page is looked at. */
const startEnrolled = async () => {
  const started = await start();
  await act(() => registerPasskey({}, started.page.client));
  started.page.requests.length = started.browser.asked.length = 0;
  return started;
};

afterEach(() => vi.useRealTimers());

describe('the published hooks', () => {
  test('carry themselves under their own names', async () => {
    const { page } = await start();
    const { result } = renderHookOn(page, () => ({
      register: useRegisterPasskey(),
      authenticate: useAuthenticatePasskeyMFA(),
      get: useGetPasskeys(),
      remove: useDeletePasskey(),
      signIn: useSignInWithPasskey(),
    }));
    const { register, authenticate, get, remove, signIn } = result.current;
    expect(register.registerPasskey).toBe(register);
    expect(authenticate.authenticatePasskeyMFA).toBe(authenticate);
    expect(get.getPasskeys).toBe(get);
    expect(remove.deletePasskey).toBe(remove);
    expect(signIn.signInWithPasskey).toBe(signIn);
  });

  test('make, use, list and remove a passkey, and what is on screen catches up', async () => {
    const { page } = await start();
    const { result } = renderHookOn(page, () => ({
      register: useRegisterPasskey(),
      authenticate: useAuthenticatePasskeyMFA(),
      get: useGetPasskeys(),
      remove: useDeletePasskey(),
      signIn: useSignInWithPasskey(),
      methods: useMfaMethods(),
      passkeys: usePasskeys(),
    }));
    await waitFor(() => expect(result.current.passkeys.data).toEqual([]));
    const { user } = await act(() => result.current.register());
    expect(user.scope).toContain('user:basic');
    await waitFor(() => expect(result.current.passkeys.data).toHaveLength(1));
    await waitFor(() => expect(result.current.methods.data?.userHasVerifiedMfaMethods).toBe(true));
    const [passkey] = await act(() => result.current.get());
    await act(() => logout(page.client));
    expect((await act(() => result.current.signIn())).user.email).toBe(user.email);
    await act(() => result.current.remove(passkey?.id ?? ''));
    await waitFor(() => expect(result.current.passkeys.data).toEqual([]));
  });

  test('give the token, asked for by true, by an object, or not at all', async () => {
    const { page } = await startEnrolled();
    const { result } = renderHookOn(page, () => useAuthenticatePasskeyMFA());
    expect(await act(() => result.current({ createMfaToken: true }))).toMatch(/^mfa_/);
    expect(await act(() => result.current({ createMfaToken: { singleUse: false } }))).toMatch(/^mfa_/);
    expect(await act(() => result.current({ createMfaToken: false }))).toBeUndefined();
    expect(await act(() => result.current())).toBeUndefined();
  });

  test('may be given to a button as they are', async () => {
    const { page, browser } = await start();
    const Button = () => {
      const register = useRegisterPasskey();
      return (
        <button type="button" onClick={register as () => void}>
          Add
        </button>
      );
    };
    renderOn(page, <Button />);
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(page.client.user?.mfaBackupCodeAcknowledgement).toBe('pending'));
    expect(browser.asked).toHaveLength(1);
  });

  test('twenty clicks are one ceremony, one request and one event', async () => {
    const { page, browser } = await start();
    const completed = vi.fn();
    const { result } = renderHookOn(page, () => {
      useDynamicEvents('mfaCompletionSuccess', completed);
      return { register: useRegisterPasskey(), authenticate: useAuthenticatePasskeyMFA() };
    });
    await act(() => Promise.all(clicks.map(() => result.current.register())));
    expect(browser.asked).toHaveLength(1);
    expect(sent(page, 'POST /users/passkeys/register')).toHaveLength(1);
    expect(completed).toHaveBeenCalledTimes(1);
    await act(() => Promise.all(clicks.map(() => result.current.authenticate())));
    expect(browser.asked).toHaveLength(2);
    expect(sent(page, 'POST /users/mfa/auth/passkey')).toHaveLength(1);
    expect(completed).toHaveBeenCalledTimes(2);
  });

  test('leaving the screen ends the ceremony, and nothing is sent', async () => {
    const error = vi.spyOn(console, 'error');
    const { page, browser } = await startEnrolled();
    browser.authenticator.person = 'waits';
    const { result, unmount } = renderHookOn(page, () => useAuthenticatePasskeyMFA());
    const settled = vi.fn();
    result.current().then(settled, settled);
    await waitFor(() => expect(browser.asked).toHaveLength(1));
    unmount();
    await vi.waitFor(() => expect(browser.asked[0]?.signal?.aborted).toBe(true));
    expect(settled).toHaveBeenCalledWith(expect.objectContaining({ code: 'cancelled', reason: 'aborted' }));
    expect(sent(page, 'POST /users/mfa/auth/passkey')).toEqual([]);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  test('the authenticator app’s functions name the hook for passkeys', async () => {
    const { page } = await start();
    const { result } = renderHookOn(page, () => useMfa());
    await expect(result.current.addDevice('passkey')).rejects.toMatchObject({
      code: 'not_supported',
      message: expect.stringContaining('useRegisterPasskey'),
    });
  });
});

describe('the query and mutation forms', () => {
  const useForms = () => ({
    passkeys: usePasskeys(),
    add: useAddPasskey(),
    authenticate: useAuthenticatePasskey(),
    rename: useRenamePasskey(),
    remove: useRemovePasskey(),
  });

  test('make, use, rename and remove a passkey without a preparation', async () => {
    const { page } = await start();
    const { result } = renderHookOn(page, useForms);
    const added = await act(() => result.current.add.mutateAsync());
    expect(added).toMatchObject({ isAcknowledgementPending: true, passkey: { isSynced: true } });
    const passkeyId = added.passkey?.id ?? '';
    const proof = await act(() => result.current.authenticate.mutateAsync({ createMfaToken: { singleUse: false } }));
    expect(proof.mfaToken).toMatch(/^mfa_/);
    const renamed = { passkeyId, alias: 'Blue phone' };
    await act(() => Promise.all(clicks.map(() => result.current.rename.mutateAsync(renamed))));
    await waitFor(() => expect(result.current.passkeys.data).toMatchObject([{ alias: 'Blue phone' }]));
    await act(() => Promise.all(clicks.map(() => result.current.remove.mutateAsync({ passkeyId }))));
    await waitFor(() => expect(result.current.passkeys.data).toEqual([]));
    expect(sent(page, 'PUT /users/passkeys')).toHaveLength(1);
    expect(sent(page, 'DELETE /users/passkeys')).toHaveLength(1);
  });

  test('the list can be prefetched, under a key of the person', async () => {
    const { page } = await startEnrolled();
    await page.queryClient.prefetchQuery(passkeysQueryOptions(page.client));
    const { result } = renderHookOn(page, () => usePasskeys());
    expect(result.current.data).toHaveLength(1);
    expect(sent(page, 'GET /users/passkeys')).toHaveLength(1);
    expect(passkeysQueryOptions(page.client).queryKey[0]).toBe(page.client.user?.id);
  });
});

describe('a prepared ceremony', () => {
  const useProof = () => ({ prepared: usePasskeyAuthentication(), prove: useAuthenticatePasskey() });

  const ready = async (page: Page) => {
    const view = renderHookOn(page, useProof);
    await waitFor(() => expect(view.result.current.prepared.data).toBeDefined());
    return view;
  };

  /** What a click on the button does. */
  const click = ({ current }: Awaited<ReturnType<typeof ready>>['result']) => {
    const { prepared, prove } = current;
    if (!prepared.data) throw new Error('The button is disabled.');
    return prove.mutateAsync({ credential: prepared.data.start() });
  };

  test('is prepared with one request in StrictMode', async () => {
    const { page } = await startEnrolled();
    await ready(page);
    expect(page.requests).toEqual(['GET /users/passkeys/authenticate']);
  });

  test('opens the browser’s sheet in the click, with no request before it', async () => {
    const { page, browser } = await startEnrolled();
    const during: (string | undefined)[] = [];
    const { get } = navigator.credentials;
    navigator.credentials.get = (options) => {
      during.push(window.event?.type);
      return get(options);
    };
    const Button = () => {
      const { prepared, prove } = useProof();
      return (
        <button
          type="button"
          disabled={!prepared.data}
          onClick={() => prepared.data && prove.mutate({ credential: prepared.data.start() })}
        >
          {prove.isSuccess ? 'Done' : 'Use passkey'}
        </button>
      );
    };
    renderOn(page, <Button />);
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(false));
    page.requests.length = 0;
    fireEvent.click(screen.getByRole('button'));
    expect(during).toEqual(['click']);
    expect(page.requests).toEqual([]);
    await screen.findByText('Done');
    expect(sent(page, 'POST /users/mfa/auth/passkey')).toHaveLength(1);
    expect(browser.asked).toHaveLength(1);
  });

  test('twenty clicks are one ceremony and one request', async () => {
    const { page, browser } = await startEnrolled();
    const { result } = await ready(page);
    page.requests.length = 0;
    await act(() => Promise.all(clicks.map(() => click(result))));
    expect(browser.asked).toHaveLength(1);
    expect(sent(page, 'POST /users/mfa/auth/passkey')).toHaveLength(1);
  });

  test('that was cancelled is tried again with the same options and no request', async () => {
    const { page, browser } = await startEnrolled();
    const { result } = await ready(page);
    page.requests.length = 0;
    browser.next(fails('NotAllowedError'));
    await act(async () => {
      await expect(click(result)).rejects.toMatchObject({ code: 'passkey_cancelled' });
    });
    expect(page.requests).toEqual([]);
    await act(() => click(result));
    expect(page.requests[0]).toBe('POST /users/mfa/auth/passkey');
  });

  test('that the server refused is prepared anew by itself, and the next click works', async () => {
    const { page, browser } = await startEnrolled();
    const { result } = await ready(page);
    const first = result.current.prepared.data;
    // The challenge is over on the server, which this page cannot know.
    page.server.clock.advance(301_000);
    await act(async () => {
      await expect(click(result)).rejects.toMatchObject({ code: 'passkey_challenge_expired' });
    });
    await waitFor(() => {
      expect(result.current.prepared.isFetching).toBe(false);
      expect(result.current.prepared.data).not.toBe(first);
    });
    await act(() => click(result));
    expect(browser.asked).toHaveLength(2);
  });

  test('is prepared anew before it expires, and not again and again where that fails', async () => {
    const { page } = await startEnrolled();
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
      shouldAdvanceTime: true,
    });
    const { result } = await ready(page);
    const first = result.current.prepared.data;
    const asked = () => sent(page, 'GET /users/passkeys/authenticate').length;
    await act(() => vi.advanceTimersByTimeAsync(230_000));
    expect(asked()).toBe(1);
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(asked()).toBe(2);
    await waitFor(() => expect(result.current.prepared.data).not.toBe(first));
    page.goOffline(true);
    await act(() => vi.advanceTimersByTimeAsync(250_000));
    const tried = asked();
    expect(tried).toBeGreaterThan(2);
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(asked()).toBe(tried);
  });

  test('ends when its screen is left, and nothing of it stays', async () => {
    const { page, browser } = await startEnrolled();
    const { result, unmount } = await ready(page);
    browser.authenticator.person = 'waits';
    const settled = vi.fn();
    act(() => {
      click(result).then(settled, settled);
    });
    await waitFor(() => expect(result.current.prove.isPending).toBe(true));
    unmount();
    await vi.waitFor(() => expect(browser.asked[0]?.signal?.aborted).toBe(true));
    await vi.waitFor(() => expect(settled).toHaveBeenCalled());
    page.requests.length = 0;
    await ready(page);
    expect(page.requests).toContain('GET /users/passkeys/authenticate');
  });

  test('ends when the page is left', async () => {
    const { page, browser } = await startEnrolled();
    const { result } = await ready(page);
    browser.authenticator.person = 'waits';
    await act(async () => {
      const proof = click(result);
      window.dispatchEvent(new Event('pagehide'));
      await expect(proof).rejects.toMatchObject({ code: 'passkey_aborted' });
    });
    expect(browser.asked[0]?.signal?.aborted).toBe(true);
  });

  test('for a registration goes on with the mutation, and tells of the proof', async () => {
    const { page } = await start();
    const completed = vi.fn();
    const { result } = renderHookOn(page, () => {
      useDynamicEvents('mfaCompletionSuccess', completed);
      return { prepared: usePasskeyRegistration(), add: useAddPasskey() };
    });
    await waitFor(() => expect(result.current.prepared.data).toBeDefined());
    page.requests.length = 0;
    await act(() => result.current.add.mutateAsync({ credential: result.current.prepared.data?.start() }));
    expect(page.requests[0]).toBe('POST /users/passkeys/register');
    expect(completed).toHaveBeenCalledTimes(1);
  });

  test('for a sign-in is there with nobody signed in', async () => {
    const { page } = await startEnrolled();
    const email = page.client.user?.email;
    await act(() => logout(page.client));
    const { result } = renderHookOn(page, () => ({ prepared: usePasskeySignIn(), signIn: useSignInWithPasskey() }));
    await waitFor(() => expect(result.current.prepared.data).toBeDefined());
    const answer = await act(() => result.current.signIn({ credential: result.current.prepared.data?.start() }));
    expect(answer.user.email).toBe(email);
  });

  test('is not prepared for nobody', async () => {
    installBrowser();
    const page = await createPage();
    const { result } = renderHookOn(page, () => ({ make: usePasskeyRegistration(), use: usePasskeyAuthentication() }));
    await waitFor(() => expect(page.client.session.getSnapshot().status).toBe('signedOut'));
    expect(result.current.make.fetchStatus).toBe('idle');
    expect(result.current.use.fetchStatus).toBe('idle');
    expect(page.requests).toEqual([]);
  });
});
