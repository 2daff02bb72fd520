/** The modals with the real client and the real server behind them, as a person meets them. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MfaCancelledError, useDynamicModals } from 'mfa-kit';
import { logout } from 'mfa-kit/client';
import { useEffect } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, renderOn } from '../support/renderWithMfa.js';
import { pass, shareTime } from '../support/sharedTime.js';
import { wrongCode } from '../support/totp.js';

shareTime();

let modals: ReturnType<typeof useDynamicModals>;
function App() {
  const handles = useDynamicModals();
  useEffect(() => {
    modals = handles;
  }, [handles]);
  return <button type="button">Elsewhere</button>;
}

/** Opens a screen; what its promise comes to is kept in `outcome`. */
const show = async (name: Parameters<typeof modals.show>[0]) => {
  const opened: { outcome: unknown } = { outcome: undefined };
  await act(async () => {
    modals.show(name).then(
      (token) => Object.assign(opened, { outcome: token }),
      (error: unknown) => Object.assign(opened, { outcome: error }),
    );
  });
  return opened;
};

const policy = { enabled: true, enrollment: 'signup' } as const;
const open = async (changes: Parameters<typeof createPage>[0] = {}) => {
  const page = await createPage({ modals: true, server: { policy }, ...changes });
  return { page, ...renderOn(page, <App />) };
};

const dialog = () => screen.findByRole('dialog', {}, { timeout: 5000 });
const noDialog = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 5000 });
const title = (name: RegExp) => screen.findByRole('heading', { name }, { timeout: 5000 });
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }, { timeout: 5000 }));
const field = () => screen.findByLabelText<HTMLInputElement>('6-digit code');
const expectFocus = (element: Element) => waitFor(() => expect(document.activeElement).toBe(element));
const secretOnScreen = () => document.querySelector('[data-mfa-secret]');
const typedSecret = async () =>
  (await screen.findByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)).textContent?.replaceAll(' ', '') ?? '';

/** Somebody with an authenticator app, who has just typed their password again. */
const waiting = async () => {
  const opened = await open();
  const enrolled = await signInAndEnrol(opened.page);
  await act(() => logout(opened.page.client));
  pass(opened.page, 60);
  await opened.page.signIn(enrolled.email);
  await field();
  return { ...opened, ...enrolled };
};

describe('a session that waits', () => {
  test('a newcomer is taken from QR code to saved codes, each step with the focus where it begins', async () => {
    const { page } = await open();
    await page.signIn();
    await expectFocus(await title(/Scan this/));
    const secret = await typedSecret();
    await press('Continue');
    await title(/Enter the code from your app/);
    await expectFocus(await field());
    await userEvent.type(await field(), page.code(secret));
    await expectFocus(await title(/Save your backup codes/));
    expect(await screen.findAllByText(/^([0-9A-Z]{4} ){3}[0-9A-Z]{4}$/)).toHaveLength(10);
    await press('I wrote them down');
    await userEvent.click(screen.getByRole('checkbox'));
    await press('Finish');
    await title(/^Your codes are saved$/);
    await userEvent.keyboard('x');
    await noDialog();
    expect(secretOnScreen()).toBeNull();
  });

  test('has no way out but logging out, which asks first while a secret is on screen', async () => {
    const { page } = await open();
    await page.signIn();
    await typedSecret();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
    await press('Log out');
    expect(within(await screen.findByRole('alertdialog')).getByText('Leave setup?')).toBeDefined();
    await press('Stay');
    await dialog();
    await press('Log out');
    await press('Leave');
    await noDialog();
    expect(page.client.user).toBeNull();
    expect(secretOnScreen()).toBeNull();
  });

  test('one request lies between opening and verified', async () => {
    const { page, secret } = await waiting();
    page.requests.length = 0;
    await userEvent.type(await field(), page.code(secret));
    await title(/^Confirmed$/);
    expect(page.requests.filter((line) => !line.startsWith('GET'))).toEqual(['POST /users/mfa/auth/totp']);
  });
});

describe('a code', () => {
  test('that is wrong is told, cleared and asked for again; at three tries they are counted, with the clock', async () => {
    const { page, secret } = await waiting();
    await userEvent.type(await field(), wrongCode(secret, page.server.clock(), 1));
    await screen.findByText('That code didn’t match. Check it and try again.');
    expect((await field()).value).toBe('');
    await expectFocus(await field());
    await userEvent.type(await field(), wrongCode(secret, page.server.clock(), 2));
    await screen.findByText(/3 tries left\. Check that your phone’s clock/);
    await userEvent.type(await field(), page.code(secret));
    await title(/^Confirmed$/);
  });

  test('that was used before waits for the next one, and says how long', async () => {
    const { page, secret } = await open().then(async (opened) => {
      const enrolled = await signInAndEnrol(opened.page);
      return { ...opened, ...enrolled };
    });
    await show('OtpVerification');
    await userEvent.type(await field(), page.code(secret));
    await screen.findByText(/already used/);
    await screen.findByText(/^Next code in 15 seconds$/);
    pass(page, 15);
    await screen.findByText('Your app should show a new code now.', {}, { timeout: 3000 });
  });

  test('typed while offline is kept, told, and sent once by the button when the connection is back (F-08)', async () => {
    const { page, secret } = await waiting();
    page.goOffline(true);
    await userEvent.type(await field(), page.code(secret));
    await screen.findByText(/couldn’t reach the server/, {}, { timeout: 5000 });
    expect((await field()).value).toBe(page.code(secret));
    page.goOffline(false);
    page.requests.length = 0;
    await press('Continue');
    await title(/^Confirmed$/);
    expect(page.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('with a device whose clock is off says so at the first miss (F-06)', async () => {
    const { page, email, secret } = await waiting();
    await act(() => logout(page.client));
    vi.setSystemTime(Date.now() + 90_000);
    await page.signIn(email);
    await userEvent.type(await field(), wrongCode(secret, page.server.clock()));
    await screen.findByText(/this device’s clock is off by 2 minutes/);
  });
});

describe('a lock', () => {
  test('counts down, names what still works, wakes by itself and puts the focus back', async () => {
    const { page, secret } = await waiting();
    for (let miss = 0; miss < 5; miss++) {
      await userEvent.type(await field(), wrongCode(secret, page.server.clock(), miss + 1));
      if (miss < 4) await waitFor(() => expect(document.querySelector('input')?.value).toBe(''));
    }
    // The fifth brings the wait with it: nobody has to type a sixth to learn of it.
    await title(/Too many tries/);
    expect(screen.getByRole('button', { name: /Backup code/ })).toBeDefined();
    expect(document.querySelector('[data-mfa-part="ring-time"]')?.textContent).toMatch(/^0:(30|29)$/);
    pass(page, 31);
    await waitFor(async () => expect(document.activeElement).toBe(await field()), { timeout: 4000 });
    await userEvent.type(await field(), page.code(secret));
    await title(/^Confirmed$/);
  });
});

describe('a screen opened by name', () => {
  test('closes on Escape, and says so to who waits', async () => {
    const { page } = await open();
    await signInAndEnrol(page);
    const elsewhere = screen.getByText('Elsewhere');
    elsewhere.focus();
    const opened = await show('OtpVerification');
    await field();
    await userEvent.keyboard('{Escape}');
    await noDialog();
    expect(opened.outcome).toBeInstanceOf(MfaCancelledError);
    await waitFor(() => expect(document.activeElement).toBe(elsewhere));
  });

  test('with a secret on it asks before Escape closes it; Escape again means stay', async () => {
    const { page } = await open({ server: { policy: { enabled: false, enrollment: 'none' } } });
    await page.signIn();
    const opened = await show('QrCode');
    await typedSecret();
    await userEvent.keyboard('{Escape}');
    await screen.findByRole('alertdialog');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    await userEvent.keyboard('{Escape}');
    await press('Leave');
    await noDialog();
    expect(opened.outcome).toMatchObject({ code: 'cancelled', reason: 'escape' });
    expect(secretOnScreen()).toBeNull();
  });

  test('a removal that needs a fresh proof asks for it, and is then done by itself', async () => {
    const { page } = await open({ server: { policy: { enabled: true, enrollment: 'none' } } });
    const { secret } = await signInAndEnrol(page);
    pass(page, 600);
    await show('ManageDevices');
    await press('Remove');
    await press('Remove');
    await userEvent.type(await field(), page.code(secret));
    await title(/No second step yet/);
    expect(page.requests.filter((line) => line.startsWith('DELETE'))).toHaveLength(2);
  });

  test('without a connection says so, and goes on when it is back', async () => {
    const { page } = await open({ server: { policy: { enabled: false, enrollment: 'none' } } });
    await page.signIn();
    await show('QrCode');
    await typedSecret();
    await press('Cancel');
    await press('Leave');
    await noDialog();
    page.goOffline(true);
    await show('QrCode');
    await screen.findByText(/couldn’t reach the server/, {}, { timeout: 5000 });
    page.goOffline(false);
    await press('Try again');
    await typedSecret();
  });
});

test('words of the application’s own, and another language, are taken', async () => {
  const { page } = await open({ locale: 'de-AT', messages: { 'qr.title': 'Hier scannen' } });
  await page.signIn();
  await title(/Hier scannen/);
  expect((await dialog()).closest('[lang]')?.getAttribute('lang')).toBe('de-AT');
  expect(screen.getByRole('button', { name: 'Abmelden' })).toBeDefined();
});
