import { act, render, waitFor } from '@testing-library/react';
import { useLogOut, useModalController, useSyncMfaFlow } from 'mfa-kit';
import { logout } from 'mfa-kit/client';
import { describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderHookOn, renderOn } from '../support/renderWithMfa.js';

const enforced = { server: { policy: { enabled: true, enrollment: 'signup' } } } as const;

const Handler = ({ run }: { run?: () => Promise<void> }) => {
  useSyncMfaFlow(run && { handler: run });
  return null;
};

describe('useSyncMfaFlow', () => {
  test('a handler runs once and in place of the modal', async () => {
    const page = await createPage(enforced);
    const run = vi.fn(async () => {});
    const { result } = renderHookOn(page, () => {
      useSyncMfaFlow({ handler: run });
      return useModalController();
    });
    await page.signIn();
    await waitFor(() => expect(run).toHaveBeenCalledTimes(1));
    expect(result.current.request).toBeNull();
  });

  test('signing in again runs it again', async () => {
    const page = await createPage(enforced);
    const run = vi.fn(async () => {});
    renderOn(page, <Handler run={run} />);
    await page.signIn();
    await waitFor(() => expect(run).toHaveBeenCalledTimes(1));
    await act(() => logout(page.client));
    await page.signIn();
    await waitFor(() => expect(run).toHaveBeenCalledTimes(2));
  });

  test('it runs after a reload too, because the session still waits', async () => {
    const page = await createPage(enforced);
    await page.signIn();
    const run = vi.fn(async () => {});
    renderOn(page, <Handler run={run} />);
    await waitFor(() => expect(run).toHaveBeenCalledTimes(1));
  });

  test('of several handlers the one mounted last runs', async () => {
    const page = await createPage(enforced);
    const [first, last] = [vi.fn(async () => {}), vi.fn(async () => {})];
    renderOn(
      page,
      <>
        <Handler run={first} />
        <Handler run={last} />
        <Handler />
      </>,
    );
    await page.signIn();
    await waitFor(() => expect(last).toHaveBeenCalledTimes(1));
    expect(first).not.toHaveBeenCalled();
  });

  test('the handler is the one of the latest render', async () => {
    const page = await createPage(enforced);
    const [old, latest] = [vi.fn(async () => {}), vi.fn(async () => {})];
    const { rerender } = render(<Handler run={old} />, { wrapper: page.wrapper });
    rerender(<Handler run={latest} />);
    await page.signIn();
    await waitFor(() => expect(latest).toHaveBeenCalledTimes(1));
    expect(old).not.toHaveBeenCalled();
  });

  test('a session that passes everything runs nothing', async () => {
    const page = await createPage();
    const run = vi.fn(async () => {});
    const { result } = renderHookOn(page, () => {
      useSyncMfaFlow({ handler: run });
      return useModalController();
    });
    await page.signIn();
    await waitFor(() => expect(page.queryClient.isFetching()).toBe(0));
    expect(run).not.toHaveBeenCalled();
    expect(result.current.request).toBeNull();
  });

  test('without a handler the interface opens by itself, at enrolment or at the code', async () => {
    const page = await createPage(enforced);
    const { result } = renderHookOn(page, () => ({ modal: useModalController(), logOut: useLogOut() }));
    const { email } = await signInAndEnrol(page);
    await act(() => result.current.logOut());
    await page.signIn(email);
    await waitFor(() => expect(result.current.modal.screen).toEqual({ name: 'OtpVerification' }));
    await act(() => result.current.logOut());
    expect(result.current.modal.request).toBeNull();
    await page.signIn();
    await waitFor(() => expect(result.current.modal.screen).toEqual({ name: 'QrCode', isReplacement: false }));
  });
});
