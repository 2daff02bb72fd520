/** Passkeys in the modals, with the real client, the real server and a software authenticator where the browser's would be. */
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MfaCancelledError, useDynamicModals, usePromptMfaAuth } from 'mfa-kit';
import { acknowledgeRecoveryCodes, getMfaRecoveryCodes, getPasskeys, logout, registerPasskey } from 'mfa-kit/client';
import { useEffect } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { installAuthenticator } from '../support/installAuthenticator.js';
import { createPage, type Page, renderOn } from '../support/renderWithMfa.js';
import { origin } from '../support/server.js';
import { pass, shareTime } from '../support/sharedTime.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

const bitwarden = 'd548826e-79b4-db40-a3d8-11116f7e8349';

shareTime();

let authenticator: SoftAuthenticator;
let uninstall: () => void;
beforeEach(() => {
  authenticator = new SoftAuthenticator({ origin, aaguid: bitwarden });
  uninstall = installAuthenticator(authenticator, globalThis);
});
afterEach(() => {
  uninstall();
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'userActivation');
});

/** The person has just clicked something, as the browser sees it. */
const justClicked = () =>
  Object.defineProperty(navigator, 'userActivation', { value: { isActive: true }, configurable: true });

let modals: ReturnType<typeof useDynamicModals>;
let prompt: ReturnType<typeof usePromptMfaAuth>;
function App() {
  const handles = useDynamicModals();
  const ask = usePromptMfaAuth();
  useEffect(() => {
    modals = handles;
    prompt = ask;
  }, [handles, ask]);
  return null;
}

/** What a promise comes to. */
const outcomeOf = async (begin: () => Promise<unknown>) => {
  const seen: { outcome: unknown } = { outcome: 'pending' };
  await act(async () => {
    begin().then(
      (value) => Object.assign(seen, { outcome: value }),
      (error: unknown) => Object.assign(seen, { outcome: error }),
    );
  });
  return seen;
};

const open = async (policy: object = {}) => {
  const page = await createPage({
    modals: true,
    server: { policy: { enabled: true, enrollment: 'signup', ...policy } },
  });
  renderOn(page, <App />);
  return page;
};

/** Somebody whose only factor is a passkey, with codes saved; or one beside an app. */
const withPasskey = async (page: Page, email = `${crypto.randomUUID()}@example.com`) => {
  await page.signIn(email);
  await act(async () => {
    await registerPasskey({}, page.client);
    await getMfaRecoveryCodes(page.client);
    await acknowledgeRecoveryCodes(page.client);
  });
  return email;
};
const withBoth = async (page: Page) => {
  const enrolled = await signInAndEnrol(page);
  // What was used last comes first.
  pass(page, 30);
  await act(() => registerPasskey({}, page.client));
  await act(() => page.queryClient.invalidateQueries());
  return enrolled;
};
/** Signs out and in again, a minute later. */
const comeBack = async (page: Page, email: string) => {
  await act(() => logout(page.client));
  pass(page, 60);
  await page.signIn(email);
};

const patiently = { timeout: 5000 };
const title = (name: RegExp | string) => screen.findByRole('heading', { name }, patiently);
const line = (text: RegExp | string) => screen.findByText(text, {}, patiently);
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }, patiently));
/** The button, once it has something to begin with. */
const ready = async (name: string | RegExp) => {
  const button = await screen.findByRole('button', { name }, patiently);
  await waitFor(() => expect(button.getAttribute('aria-disabled')).not.toBe('true'), patiently);
  return button;
};
const pressReady = async (name: string | RegExp) => userEvent.click(await ready(name));
const fingerprint = 'Use fingerprint, face or screen lock';
const noDialog = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), patiently);
const sent = (page: Page, what: RegExp) => page.requests.filter((request) => what.test(request)).length;

describe('enrolling', () => {
  test('a newcomer chooses a passkey, reads what comes, and ends with a named passkey and saved codes', async () => {
    const page = await open();
    const create = vi.spyOn(navigator.credentials, 'create');
    justClicked();
    await page.signIn();
    await title(/Add a second step/);
    await press(/^Passkey/);
    await title(/Create a passkey/);
    await line(/saved in your password manager/);
    await screen.findByRole('button', { name: fingerprint });
    // Never by itself, also just after a click: what is made, and where, is said before it is asked.
    expect(create).not.toHaveBeenCalled();
    await pressReady(fingerprint);
    await title('Your passkey is saved');
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/name/).value).toBe('Bitwarden'));
    await line('Synced to your other devices');
    await userEvent.clear(screen.getByLabelText(/name/));
    await userEvent.type(screen.getByLabelText(/name/), 'My vault{Enter}');
    await title(/Save your backup codes/);
    await press('I wrote them down');
    await userEvent.click(screen.getByRole('checkbox'));
    await press('Finish');
    await noDialog();
    expect(page.client.session.getSnapshot().status).toBe('signedIn');
    expect(await getPasskeys(page.client)).toMatchObject([{ alias: 'My vault', aaguid: bitwarden }]);
  });

  test('the name that was filled in is kept where the person leaves it', async () => {
    const page = await open();
    await page.signIn();
    await press(/^Passkey/);
    await pressReady(fingerprint);
    await title('Your passkey is saved');
    await press('Continue');
    await title(/Save your backup codes/);
    expect(await getPasskeys(page.client)).toMatchObject([{ alias: 'Bitwarden' }]);
  });

  test('a device that has one already is told so without alarm, and leads to the list', async () => {
    const page = await open({ enrollment: 'none' });
    await withPasskey(page);
    await outcomeOf(() => modals.show({ name: 'PasskeyPrompt', task: 'enrol' }));
    await pressReady(fingerprint);
    const told = await line(/already has a passkey/);
    expect(told.closest('output')?.dataset.variant).toBe('info');
    await press('See your passkeys');
    await title('Your second step');
    expect(await screen.findByText('Bitwarden')).toBeDefined();
  });
});

describe('a session that waits', () => {
  test('without a gesture the browser knows of, it waits for a click', async () => {
    const page = await open();
    const email = await withPasskey(page);
    const get = vi.spyOn(navigator.credentials, 'get');
    await comeBack(page, email);
    await title('Use your passkey');
    const button = await ready(fingerprint);
    expect(get).not.toHaveBeenCalled();
    await userEvent.click(button);
    await noDialog();
    expect(get).toHaveBeenCalledOnce();
    expect(page.client.session.getSnapshot().status).toBe('signedIn');
  });

  test('just after a click, in the page in front, it begins by itself', async () => {
    const page = await open();
    const email = await withPasskey(page);
    justClicked();
    await comeBack(page, email);
    await title('Confirmed');
    await noDialog();
  });

  test('it begins by itself once: cancelled, it waits for the person', async () => {
    const page = await open();
    const email = await withPasskey(page);
    const get = vi.spyOn(navigator.credentials, 'get');
    justClicked();
    authenticator.person = 'cancels';
    await comeBack(page, email);
    const told = await line(/That was cancelled/);
    expect(told.closest('output')?.dataset.variant).toBe('info');
    await press('Try another way');
    await title('Enter a backup code');
    await press('Back');
    await title('Use your passkey');
    expect(get).toHaveBeenCalledOnce();
  });

  test.each(['hasFocus', 'visibilityState'])(
    'in a page that is not in front (%s) it waits for a click',
    async (what) => {
      const page = await open();
      const email = await withPasskey(page);
      const get = vi.spyOn(navigator.credentials, 'get');
      justClicked();
      if (what === 'hasFocus') vi.spyOn(document, 'hasFocus').mockReturnValue(false);
      else vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      await comeBack(page, email);
      const button = await ready(fingerprint);
      expect(get).not.toHaveBeenCalled();
      await userEvent.click(button);
      await noDialog();
      expect(get).toHaveBeenCalledOnce();
    },
  );

  test('after a cancel the next click begins with what is there already, without a request', async () => {
    const page = await open();
    const email = await withPasskey(page);
    await comeBack(page, email);
    authenticator.person = 'cancels';
    await pressReady(fingerprint);
    await line(/That was cancelled/);
    page.requests.length = 0;
    authenticator.person = 'agrees';
    await pressReady('Try again');
    await title('Confirmed');
    expect(page.requests.filter((request) => !/^GET \/users($|\/mfa)/.test(request))).toEqual([
      'POST /users/mfa/auth/passkey',
    ]);
  });

  test('a browser that is still asking can be stopped, and the prompt stays', async () => {
    const page = await open();
    const email = await withPasskey(page);
    await comeBack(page, email);
    authenticator.person = 'waits';
    await pressReady(fingerprint);
    await line('Your browser is asking you now.');
    await press('Stop waiting');
    await line(/^Stopped/);
    authenticator.person = 'agrees';
    await pressReady('Try again');
    await title('Confirmed');
  });

  test('a passkey that was removed here says so, and other ways stay open', async () => {
    const page = await open();
    const { email, secret } = await withBoth(page);
    await comeBack(page, email);
    await ready(fingerprint);
    // Elsewhere, by an administrator or on another device of the person's.
    await page.server.options.store.transaction(async (tx) => {
      const userId = page.client.user?.id ?? '';
      for (const passkey of await tx.listPasskeys(userId)) await tx.deletePasskey(userId, passkey.id);
    });
    await pressReady(fingerprint);
    await line(/This passkey was removed here/);
    // It was the only one: there is nothing to try again with.
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull());
    await press('Try another way');
    await press(/^Authenticator app/);
    await userEvent.type(await screen.findByLabelText('6-digit code'), page.code(secret));
    await title('Confirmed');
  });
});

describe('a prompt for an action', () => {
  test('stays pending through a passkey that fails, and resolves with the token the app earns', async () => {
    const page = await open({ enrollment: 'none' });
    const { secret } = await withBoth(page);
    pass(page, 60);
    authenticator.person = 'cancels';
    const asked = await outcomeOf(() => prompt({ createMfaToken: { singleUse: true } }));
    await pressReady(fingerprint);
    await line(/That was cancelled/);
    expect(asked.outcome).toBe('pending');
    // No weaker way begins by itself: the person chooses it.
    expect(screen.queryByLabelText('6-digit code')).toBeNull();
    await press('Try another way');
    await press(/^Authenticator app/);
    await userEvent.type(await screen.findByLabelText('6-digit code'), page.code(secret));
    await noDialog();
    expect(asked.outcome).toMatch(/^mfa_/);
  });

  test('closed while the browser asks, it ends the ceremony and says that it was closed', async () => {
    const page = await open({ enrollment: 'none' });
    await withPasskey(page);
    pass(page, 60);
    const get = vi.spyOn(navigator.credentials, 'get');
    authenticator.person = 'waits';
    const asked = await outcomeOf(() => prompt({ createMfaToken: { singleUse: true } }));
    await pressReady(fingerprint);
    await line('Your browser is asking you now.');
    await press('Cancel');
    await noDialog();
    expect(asked.outcome).toBeInstanceOf(MfaCancelledError);
    await waitFor(() => expect(get.mock.calls[0]?.[0]?.signal?.aborted).toBe(true));
  });
});

describe('management', () => {
  test('a passkey is renamed in place: Escape leaves it and the dialog as they were, Enter takes the name', async () => {
    const page = await open({ enrollment: 'none' });
    await withPasskey(page);
    await outcomeOf(() => modals.show('ManageDevices'));
    await press('Rename');
    const field = await screen.findByLabelText('New name for Bitwarden');
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Rename'));
    expect(screen.getByRole('dialog')).toBeDefined();
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('Work laptop{Enter}');
    await line('Work laptop');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Rename'));
  });

  test('a removal names it, asks for a fresh proof, is then done by itself, and says what is left to do', async () => {
    const page = await open({ enrollment: 'none' });
    const { secret } = await withBoth(page);
    pass(page, 600);
    await outcomeOf(() => modals.show('ManageDevices'));
    const [remove] = await screen.findAllByRole('button', { name: 'Remove' }, patiently);
    if (remove) await userEvent.click(remove);
    await line('Remove Bitwarden?');
    await line(/You still have: Authenticator app/);
    const [sure] = await screen.findAllByRole('button', { name: 'Remove' });
    if (sure) await userEvent.click(sure);
    await title('Use your passkey');
    await press('Try another way');
    await userEvent.type(await screen.findByLabelText('6-digit code', {}, patiently), page.code(secret));
    await line(/Remove it from your password manager too/);
    await waitFor(() => expect(screen.queryByText('Bitwarden')).toBeNull());
    expect(sent(page, /^DELETE/)).toBe(2);
  });

  test('the app is added beside the passkey through the chooser, and each is there afterwards', async () => {
    const page = await open({ enrollment: 'none' });
    await withPasskey(page);
    await outcomeOf(() => modals.show('ManageDevices'));
    await press('Add another way');
    await press(/^Authenticator app/);
    const key = await screen.findByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/, {}, patiently);
    const secret = key.textContent?.replaceAll(' ', '') ?? '';
    await press('Continue');
    await userEvent.type(await screen.findByLabelText('6-digit code'), page.code(secret));
    await title('Your second step');
    await line('Bitwarden');
    await line('Authenticator app');
    expect(screen.getByRole('button', { name: 'Add a passkey' })).toBeDefined();
  });
});
