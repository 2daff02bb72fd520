import { act, render, screen, waitFor } from '@testing-library/react';
import { MfaProvider, useDynamicContext, useMfa, useMfaMethods, usePromptMfaAuth } from 'mfa-kit';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderHookOn, renderOn } from '../support/renderWithMfa.js';

const Greeting = () => {
  const { sdkHasLoaded, user } = useDynamicContext();
  return <p>{sdkHasLoaded ? (user?.email ?? 'nobody') : 'loading'}</p>;
};

describe('MfaProvider', () => {
  test('hooks outside of it say what is missing', () => {
    expect(() => renderToString(<Greeting />)).toThrow(/needs <MfaProvider>/);
  });

  test('renders on the server, where nobody knows yet who is signed in and nothing is asked', async () => {
    const page = await createPage();
    const html = renderToString(
      <MfaProvider client={page.client}>
        <Greeting />
      </MfaProvider>,
    );
    expect(html).toBe('<p>loading</p>');
    expect(page.requests).toEqual([]);
  });

  test('opens the modal by itself when a session waits', async () => {
    const page = await createPage({ modals: true, server: { policy: { enabled: true, enrollment: 'signup' } } });
    renderOn(page, <Greeting />);
    await page.signIn();
    expect(await screen.findByRole('dialog', {}, { timeout: 10_000 })).toBeDefined();
  });

  test('opens the modal for a prompt, and takes it down with what waits when it leaves the page', async () => {
    const page = await createPage({ modals: true });
    await signInAndEnrol(page);
    const { result, unmount } = renderHookOn(page, () => usePromptMfaAuth());
    let settled: Promise<unknown> = Promise.resolve();
    act(() => {
      settled = result.current().catch((error: unknown) => error);
    });
    expect(await screen.findByRole('dialog', {}, { timeout: 10_000 })).toBeDefined();
    unmount();
    expect(await settled).toMatchObject({ code: 'cancelled', reason: 'unmounted' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('keeps private what it reads when it is given no query client, for all of its hooks alike', async () => {
    const page = await createPage();
    await signInAndEnrol(page);
    page.requests.length = 0;
    const Methods = () => <i>{String(useMfaMethods().data?.userHasVerifiedMfaMethods)}</i>;
    const { container } = render(
      <MfaProvider client={page.client} modals={false}>
        <Methods />
        <Methods />
      </MfaProvider>,
    );
    await waitFor(() => expect(container.textContent).toBe('truetrue'));
    expect(page.requests.filter((request) => request.includes('/methods'))).toHaveLength(1);
    act(() => void window.dispatchEvent(new Event('visibilitychange')));
    await waitFor(() => expect(page.requests.filter((request) => request.includes('/methods'))).toHaveLength(2));
    await waitFor(() => expect(container.textContent).toBe('truetrue'));
  });

  test('makes a client and a query client of its own when it is given none', async () => {
    const Page = () => {
      useMfa();
      return <Greeting />;
    };
    const { container } = render(
      <MfaProvider
        environmentId="11111111-2222-4333-8444-555555555555"
        apiBaseUrl="https://api.test/api/v0"
        modals={false}
      >
        <Page />
      </MfaProvider>,
    );
    await waitFor(() => expect(container.textContent).toBe('nobody'));
  });
});
