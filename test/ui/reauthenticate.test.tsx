/** The first factor again before a first second step in an old session: in place, and on by itself. */
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useDynamicModals } from 'mfa-kit';
import { signInWithExternalJwt } from 'mfa-kit/client';
import { useEffect } from 'react';
import { describe, expect, test } from 'vitest';
import { createIssuer } from '../support/issuer.js';
import { createPage, type Page, type PageOptions, renderOn } from '../support/renderWithMfa.js';
import { pass, shareTime } from '../support/sharedTime.js';

shareTime();

let modals: ReturnType<typeof useDynamicModals>;
function App() {
  const handles = useDynamicModals();
  useEffect(() => {
    modals = handles;
  }, [handles]);
  return null;
}

const title = (name: RegExp) => screen.findByRole('heading', { name }, { timeout: 5000 });
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }, { timeout: 5000 }));
const field = () => screen.findByLabelText<HTMLInputElement>('6-digit code', {}, { timeout: 5000 });
const mailed = ({ server }: Page) => server.mails.at(-1)?.code ?? '';
const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

const open = async (changes: PageOptions, signIn: (page: Page) => Promise<unknown>) => {
  const page = await createPage({ modals: true, ...changes });
  renderOn(page, <App />);
  await signIn(page);
  pass(page, 400);
  await act(async () => {
    modals.show('QrCode').catch(() => undefined);
  });
  await title(/^Sign in again first$/);
  return page;
};

describe('by e-mail', () => {
  const byEmail = () => open({}, (page) => page.signIn('ada@example.com'));

  test('says where the code goes, asks for it with the focus in its field, and goes on to what was interrupted', async () => {
    const page = await byEmail();
    expect(screen.getByText(/We’ll send a code to ada@example\.com/)).toBeDefined();
    const before = page.server.mails.length;
    await press('Send code');
    const input = await field();
    expect(page.server.mails).toHaveLength(before + 1);
    await waitFor(() => expect(document.activeElement).toBe(input));
    await userEvent.type(input, mailed(page));
    await title(/^Scan this/);
    expect(page.client.user?.email).toBe('ada@example.com');
  });

  test('a wrong code is told and may be corrected, another may be sent, and the last one counts', async () => {
    const page = await byEmail();
    await press('Send code');
    await userEvent.type(await field(), wrong(mailed(page)));
    await screen.findByText(/^That code didn’t match/);
    await press('Send a new code');
    await screen.findByText(/^A new code is on its way/);
    await userEvent.type(await field(), mailed(page));
    await title(/^Scan this/);
  });

  test('a code that is too old, or tried too often, gives way to a new one', async () => {
    const page = await byEmail();
    await press('Send code');
    pass(page, 660);
    await userEvent.type(await field(), mailed(page));
    await screen.findByText('This code no longer works. Send a new one.');
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    await press('Send a new code');
    await screen.findByText(/^A new code is on its way/);
    for (const digit of ['1', '2', '3', '4', '5']) {
      await userEvent.type(await field(), wrong(mailed(page)).replace(/.$/, digit));
      await screen.findByText(/^That code didn’t match/);
    }
    await userEvent.type(await field(), wrong(mailed(page)).replace(/.$/, '6'));
    await screen.findByText('That was too many wrong codes. Send a new one.');
    await press('Send a new code');
    await userEvent.type(await field(), mailed(page));
    await title(/^Scan this/);
  });
});

describe('with the application’s own sign-in', () => {
  const byJwt = async (
    reauthenticate?: (jwt: () => Promise<string>) => Promise<string>,
    claims?: Record<string, unknown>,
  ) => {
    const { externalAuth, jwtFor } = await createIssuer();
    let page: Page | undefined;
    const fresh = () => jwtFor('person-1', page?.server.clock() ?? 0);
    page = await open(
      {
        server: { externalAuth },
        ...(reauthenticate && { reauthenticate: () => reauthenticate(fresh) }),
      },
      ({ client, server }) =>
        act(async () => {
          await signInWithExternalJwt({ externalJwt: await jwtFor('person-1', server.clock(), claims) }, client);
        }),
    );
    return { page, jwtFor };
  };

  test('a button signs in once more, and the screen goes on by itself', async () => {
    const { page } = await byJwt((fresh) => fresh());
    await press('Sign in again');
    await title(/^Scan this/);
    expect(page.server.mails).toEqual([]);
  });

  test('a sign-in that is given up is told, and may be tried again', async () => {
    let isWilling = false;
    await byJwt((fresh) => (isWilling ? fresh() : Promise.reject(new Error('popup closed'))));
    await press('Sign in again');
    await screen.findByText(/^That sign-in didn’t go through/);
    isWilling = true;
    await press('Sign in again');
    await title(/^Scan this/);
  });

  test('somebody else’s sign-in is refused', async () => {
    const other = await createIssuer();
    await byJwt(() => other.jwtFor('person-2', Date.now()));
    await press('Sign in again');
    await screen.findByText(/^That sign-in didn’t go through/);
  });

  test('an e-mail address in its token is no way to sign in: no code is offered that would be refused', async () => {
    const { page } = await byJwt(undefined, { email: 'ada@example.com' });
    expect(page.client.user?.email).toBe('ada@example.com');
    await screen.findByRole('button', { name: 'Sign in again' });
    expect(screen.queryByRole('button', { name: 'Send code' })).toBeNull();
  });

  test('without a way to sign in once more, signs out for the application to sign in', async () => {
    const { page } = await byJwt();
    await press('Sign in again');
    await waitFor(() => expect(page.client.user).toBeNull());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
