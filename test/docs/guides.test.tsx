/** Code as the published guides write it, with their names: does what its comments say, on the real server. */
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MFAAction } from 'mfa-kit';
import { getPasskeys, logout, registerPasskey } from 'mfa-kit/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { fails, installBrowser } from '../support/passkeyBrowser.js';
import { createPage, type PageOptions, renderOn } from '../support/renderWithMfa.js';
import { baseUrl } from '../support/server.js';
import { wrongCode } from '../support/totp.js';
import { ExportWithPasskey, PasskeyAtSignIn, PasskeySetup } from './guides/CustomPasskey.js';
import { ExportWithTotp, TotpAtSignIn } from './guides/CustomTotp.js';
import { ExportWithPrompt, OwnFlow, SecurityButtons } from './guides/PrebuiltUi.js';
import { finishSignIn, proveByCode, proveByPasskey } from './guides/plainClient.js';

const action = MFAAction.WalletWaasExport;
const policy = { enrollment: 'action' as const, actions: [{ action, required: true }] };

/** A page with a wallet behind it, whose export the server protects; `exported` says who proved it by what. */
const openPage = async (options: PageOptions = {}) => {
  const page = await createPage({ server: { policy }, ...options });
  onTestFinished(async () => {
    page.client.close();
    await page.server.close();
  });
  const exported: unknown[] = [];
  const onExport = async (token = '') => {
    const headers = { authorization: `Bearer ${page.client.token}`, 'x-mfa-auth-token': token };
    const check = await page.server.mfa.requireMfa(new Request(baseUrl, { headers }), { action });
    if (!check.ok) throw new Error(`refused: ${check.response.status}`);
    exported.push(check.mfa.factor);
  };
  return { page, exported, onExport };
};

/** The same for somebody with an authenticator app, a while after they have used it. */
const openEnrolled = async (options: PageOptions = {}) => {
  const opened = await openPage(options);
  const person = await signInAndEnrol(opened.page);
  opened.page.server.clock.advance(400_000);
  return { ...opened, ...person };
};

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }, { timeout: 10_000 }));
const type = async (label: string, text: string) => {
  const field = await screen.findByLabelText(label, {}, { timeout: 10_000 });
  await userEvent.clear(field);
  await userEvent.type(field, text);
};

describe('a custom interface for an authenticator app', () => {
  test('enrols at sign-in, shows the codes once, and asks for a code the next time', async () => {
    const { page } = await openPage({ modals: true, server: { policy: { enrollment: 'signup' } } });
    renderOn(page, <TotpAtSignIn />);
    await page.signIn('ada@example.com');
    const { textContent: uri } = await screen.findByLabelText('For the QR code');
    const secret = new URL(uri ?? '').searchParams.get('secret') ?? '';
    await type('Code from the app', wrongCode(secret, page.server.clock()));
    await press('Send');
    await screen.findByText('Wrong code');
    await type('Code from the app', page.code(secret));
    await press('Send');
    expect(await screen.findAllByRole('listitem')).toHaveLength(10);
    await press('I have saved them');
    await screen.findByText('Signed in');

    await act(() => logout(page.client));
    await screen.findByText('Signed out');
    page.server.clock.advance(60_000);
    await page.signIn('ada@example.com');
    await type('Code from the app', page.code(secret));
    await press('Send');
    await screen.findByText('Signed in');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('asks for a code before the export, whose token is good for one', async () => {
    const { page, exported, onExport, secret } = await openEnrolled();
    renderOn(page, <ExportWithTotp onExport={onExport} />);
    await press('Export');
    await type('Code from the app', page.code(secret));
    await press('Send');
    await screen.findByRole('button', { name: 'Export' });
    expect(exported).toEqual(['totp']);
  });

  test('asks for nothing where the policy does not', async () => {
    const { page, exported, onExport } = await openEnrolled({
      server: { policy: { actions: [{ action, required: false }] } },
    });
    renderOn(page, <ExportWithTotp onExport={onExport} />);
    await press('Export');
    await waitFor(() => expect(exported).toEqual([null]));
  });
});

describe('a custom interface for passkeys', () => {
  test('adds one after a cancelled try, lists it, and removes it', async () => {
    const browser = installBrowser();
    const { page } = await openPage();
    await page.signIn();
    renderOn(page, <PasskeySetup />);
    browser.next(fails('NotAllowedError'));
    await press('Add a passkey');
    await screen.findByText('Cancelled');
    await press('Add a passkey');
    await press('Remove');
    await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
    expect(await getPasskeys(page.client)).toEqual([]);
  });

  test('makes one where there is none, and exports with it', async () => {
    installBrowser();
    const { page, exported, onExport } = await openPage();
    await page.signIn();
    renderOn(page, <ExportWithPasskey onExport={onExport} />);
    await press('Export');
    await waitFor(() => expect(exported).toEqual(['passkey']));
    await press('Export');
    await waitFor(() => expect(exported).toEqual(['passkey', 'passkey']));
    expect(await getPasskeys(page.client)).toHaveLength(1);
  });

  test('finishes a sign-in', async () => {
    installBrowser();
    const { page } = await openPage();
    await page.signIn('ada@example.com');
    await act(() => registerPasskey({}, page.client));
    await act(() => logout(page.client));
    await page.signIn('ada@example.com');
    expect(page.client.user?.scope).toBe('requiresAdditionalAuth');
    renderOn(page, <PasskeyAtSignIn />);
    await press('Continue with a passkey');
    await waitFor(() => expect(page.client.user?.scope).toBe('user:basic'));
  });
});

describe('the prebuilt interface', () => {
  test('asks before the export, and exports with what was proven', async () => {
    const { page, exported, onExport, secret } = await openEnrolled({ modals: true });
    renderOn(page, <ExportWithPrompt onExport={onExport} />);
    await press('Export');
    await type('6-digit code', page.code(secret));
    await screen.findByText('Exported');
    expect(exported).toEqual(['totp']);
  });

  test('closed before anything was proven exports nothing', async () => {
    const { page, exported, onExport } = await openEnrolled({ modals: true });
    renderOn(page, <ExportWithPrompt onExport={onExport} />);
    await press('Export');
    await press('Cancel');
    await screen.findByText('Closed');
    expect(exported).toEqual([]);
  });

  test.each([
    ['Choose', 'Confirm it’s you'],
    ['Type a code', 'Enter your 6-digit code'],
    ['Recovery code', 'Enter a backup code'],
    ['Manage', 'Your second step'],
  ])('opens a screen by its setter: %s', async (button, heading) => {
    const { page } = await openEnrolled({ modals: true });
    renderOn(page, <SecurityButtons />);
    await press(button);
    await screen.findByRole('heading', { name: heading }, { timeout: 10_000 });
  });

  test('takes the sign-in over: proven in the modal, and open once', async () => {
    const { page, email, secret } = await openEnrolled({ modals: true });
    renderOn(page, <OwnFlow />);
    await act(() => logout(page.client));
    await page.signIn(email);
    await type('6-digit code', page.code(secret));
    await waitFor(() => expect(page.client.user?.scope).toBe('user:basic'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 5000 });
  });
});

describe('the plain client', () => {
  test('proves an action by code, and finishes a sign-in, with the client that is the only one', async () => {
    const { page, exported, onExport, secret, email } = await openEnrolled();
    const token = await proveByCode(async () => page.code(secret));
    expect(page.client.mfaToken).toBeNull();
    await onExport(token);
    await expect(onExport(token)).rejects.toThrow('refused: 401');
    expect(exported).toEqual(['totp']);

    await logout(page.client);
    page.server.clock.advance(60_000);
    await page.signIn(email);
    await finishSignIn(async () => page.code(secret));
    expect(page.client.user?.scope).toBe('user:basic');
  });

  test('proves it by passkey', async () => {
    installBrowser();
    const { page, exported, onExport } = await openPage();
    await page.signIn();
    await registerPasskey({}, page.client);
    await onExport(await proveByPasskey(page.client));
    expect(exported).toEqual(['passkey']);
  });

  test('needs nothing where the policy does not', async () => {
    const { page } = await openEnrolled({ server: { policy: { actions: [] } } });
    expect(await proveByCode(() => Promise.reject(new Error('asked')), page.client)).toBeUndefined();
  });
});
