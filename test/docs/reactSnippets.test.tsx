/** The README's React snippets, run as they stand against the real server: only the network is replaced by a call. */
import { act, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { logout } from 'mfa-kit/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fails, installBrowser } from '../support/passkeyBrowser.js';
import { createPage } from '../support/renderWithMfa.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { wrongCode } from '../support/totp.js';
import { App } from './snippets/App.js';
import { OwnEnrolment } from './snippets/OwnEnrolment.js';
import { AddPasskey, SignInWithPasskey } from './snippets/OwnPasskeys.js';
import { TransferButton } from './snippets/Transfer.js';

const environmentId = '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11';
let backend: TestServer;

beforeEach(async () => {
  backend = await startTestServer({
    environmentId,
    baseUrl: `${location.origin}/api/v0`,
    origins: [location.origin],
    policy: { enrollment: 'signup' },
  });
  vi.stubGlobal('fetch', (request: Request) => backend.mfa.fetch(request));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await backend.close();
});

const signIn = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.com');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  const field = await screen.findByLabelText(/Code from the e-mail/);
  await user.type(field, backend.mails.at(-1)?.code ?? '');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
};

test('the application of the first guide signs in, and the modal appears by itself', async () => {
  const user = userEvent.setup();
  render(<App />);
  await signIn(user);
  expect(await screen.findByRole('dialog', {}, { timeout: 10_000 })).toBeTruthy();
});

test('an interface of your own enrols and saves the codes with hooks alone', async () => {
  const user = userEvent.setup();
  const page = await createPage({ server: { policy: { enrollment: 'signup' } } });
  await page.signIn();
  render(<OwnEnrolment />, { wrapper: page.wrapper });
  const { textContent: secret } = await screen.findByText(/^[A-Z2-7]{32}$/);

  await user.type(screen.getByLabelText('Six-digit code'), wrongCode(secret ?? '', page.server.clock()));
  await user.click(screen.getByRole('button', { name: 'Confirm' }));
  await screen.findByText('That code did not match.');
  await user.clear(screen.getByLabelText('Six-digit code'));
  await user.type(screen.getByLabelText('Six-digit code'), page.code(secret ?? ''));
  await user.click(screen.getByRole('button', { name: 'Confirm' }));

  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(10));
  await user.click(screen.getByRole('button', { name: 'I saved them' }));
  await waitFor(() => expect(page.client.user?.mfaBackupCodeAcknowledgement).toBe('complete'));
  await page.server.close();
});

test('an interface of your own makes a passkey and signs in with it, also after it was cancelled', async () => {
  const user = userEvent.setup();
  const browser = installBrowser();
  const page = await createPage({ server: { policy: { enrollment: 'signup' } } });
  await page.signIn();
  const enrolment = render(<AddPasskey />, { wrapper: page.wrapper });
  const add = await screen.findByRole<HTMLButtonElement>('button', { name: 'Add a passkey' });
  await waitFor(() => expect(add.disabled).toBe(false));
  browser.next(fails('NotAllowedError'));
  await user.click(add);
  await screen.findByText('That was cancelled. Try again when you are ready.');
  await user.click(add);
  await screen.findByText('Your passkey is saved.');
  enrolment.unmount();

  await act(() => logout(page.client));
  render(<SignInWithPasskey />, { wrapper: page.wrapper });
  const signInButton = await screen.findByRole<HTMLButtonElement>('button', { name: 'Sign in with a passkey' });
  await waitFor(() => expect(signInButton.disabled).toBe(false));
  browser.next(fails('NotAllowedError'));
  await user.click(signInButton);
  await screen.findByText('That was cancelled. Try again when you are ready.');
  await waitFor(() => expect(signInButton.disabled).toBe(false));
  await user.click(signInButton);
  await waitFor(() => expect(page.client.user?.scope).toBe('user:basic'));
  await page.server.close();
});

test('a prompt that is closed leaves everything as it was', async () => {
  const user = userEvent.setup();
  const approved = vi.fn();
  const page = await createPage({ server: { policy: { enrollment: 'none' } }, modals: true });
  await page.signIn();
  render(<TransferButton onApproved={approved} />, { wrapper: page.wrapper });
  await user.click(await screen.findByRole('button', { name: /Send/ }));
  await screen.findByRole('dialog', {}, { timeout: 10_000 });
  await screen.findByRole('button', { name: 'Copy setup key' });
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  // A secret is on screen, so that closing asks first.
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  await screen.findByText('Nothing was sent.');
  expect(approved).not.toHaveBeenCalled();
  await page.server.close();
});
