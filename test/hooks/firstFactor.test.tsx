import { act, render, waitFor } from '@testing-library/react';
import {
  MfaProvider,
  useConnectWithOtp,
  useDynamicContext,
  useExternalAuth,
  useRefreshAuth,
  useRefreshUser,
} from 'mfa-kit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createIssuer } from '../support/issuer.js';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';

afterEach(() => vi.restoreAllMocks());

describe('useConnectWithOtp', () => {
  test('signs in with the code from the e-mail, or the one sent again', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => useConnectWithOtp());
    await act(() => result.current.connectWithEmail('ada@example.com'));
    await act(() => result.current.retryOneTimePassword());
    expect(page.server.mails).toHaveLength(2);
    await expect(act(() => result.current.verifyOneTimePassword('000000'))).rejects.toMatchObject({
      code: 'wrong_email_verification_token',
    });
    await act(() => result.current.verifyOneTimePassword(page.server.mails.at(-1)?.code ?? ''));
    expect(page.client.user?.email).toBe('ada@example.com');
  });

  test('without a code sent before, or with another way, it rejects', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => useConnectWithOtp());
    await expect(result.current.verifyOneTimePassword('123456')).rejects.toMatchObject({
      code: 'invalid_email_verification',
    });
    await expect(result.current.connectWithSms('+15550100')).rejects.toMatchObject({ code: 'not_supported' });
    await expect(act(() => result.current.connectWithEmail('no address'))).rejects.toMatchObject({
      code: 'invalid_email',
    });
  });
});

const createExternalPage = async () => {
  const { externalAuth, jwtFor } = await createIssuer();
  const page = await createPage({ server: { externalAuth } });
  return { page, jwtFor: (sub: string) => jwtFor(sub, page.server.clock()) };
};

describe('the own sign-in of an application', () => {
  test('useExternalAuth signs in with its JWT', async () => {
    const { page, jwtFor } = await createExternalPage();
    const { result } = renderHookOn(page, () => useExternalAuth());
    const externalJwt = await jwtFor('ada');
    await act(() => result.current.signInWithExternalJwt({ externalJwt }));
    expect(page.client.user).not.toBeNull();
    await expect(act(() => result.current.signInWithExternalJwt({ externalJwt: 'nonsense' }))).rejects.toMatchObject({
      serverCode: 'invalid_external_auth',
    });
  });

  test('the provider follows its JWT: in, renewed, another person, out', async () => {
    const { page, jwtFor } = await createExternalPage();
    const User = () => <p>{useDynamicContext().user?.userId ?? 'nobody'}</p>;
    const draw = (externalJwt?: string) => (
      <MfaProvider client={page.client} modals={false} externalJwt={externalJwt}>
        <User />
      </MfaProvider>
    );
    const { rerender, container } = render(draw(await jwtFor('ada')));
    await waitFor(() => expect(container.textContent).not.toBe('nobody'));
    const ada = container.textContent;
    rerender(draw(await jwtFor('ada')));
    expect(page.requests.filter((request) => request.includes('externalAuth'))).toHaveLength(1);
    rerender(draw(await jwtFor('bob')));
    await waitFor(() => expect([ada, 'nobody']).not.toContain(container.textContent));
    expect(page.requests.filter((request) => request.includes('externalAuth'))).toHaveLength(2);
    rerender(draw());
    await waitFor(() => expect(container.textContent).toBe('nobody'));
  });

  test('a JWT that is refused leaves nobody signed in and tells the developer', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { page } = await createExternalPage();
    render(<MfaProvider client={page.client} modals={false} externalJwt="a.b.c" />);
    await waitFor(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining('invalid_external_auth')));
    expect(page.client.user).toBeNull();
  });
});

describe('useRefreshUser and useRefreshAuth', () => {
  test('read the user again, and renew the session', async () => {
    const page = await createPage();
    const { result } = renderHookOn(page, () => ({ user: useRefreshUser(), auth: useRefreshAuth() }));
    await page.signIn('ada@example.com');
    const before = page.client.token;
    await act(async () => {
      expect(await result.current.user()).toMatchObject({ email: 'ada@example.com' });
      expect(await result.current.auth()).toMatchObject({ email: 'ada@example.com' });
    });
    expect(page.client.token).not.toBe(before);
  });
});
