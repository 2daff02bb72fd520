/** The README's page halves of protected routes, run as they stand: they are refused, prompt, and are done once. */
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { getMfaDevices } from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, type PageOptions, renderOn } from '../support/renderWithMfa.js';
import { baseUrl, type TestServer } from '../support/server.js';
import { wrongCode } from '../support/totp.js';
import { actions } from './snippets/actions.js';
import { actionTexts } from './snippets/actionTexts.js';
import { askInWords, sendMoney } from './snippets/mfaFetch.js';
import { OwnPrompt } from './snippets/OwnPrompt.js';
import { protectWithNext } from './snippets/protectNext.js';
import { RemoveApp } from './snippets/RemoveApp.js';
import { SendMoney } from './snippets/SendMoney.js';
import { Waiting } from './snippets/Waiting.js';
import { delegateApproved, reshare } from './snippets/waiting.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The application's routes as its server answers them, and what they carried out. */
const routesOf = ({ mfa }: Pick<TestServer, 'mfa'>) => {
  const sent: object[] = [];
  const transfers = protectWithNext(mfa, async (_userId, transfer) => {
    sent.push(transfer);
    return { isSent: true };
  });
  return {
    sent,
    answer: (request: Request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/transfers') return transfers(request);
      return pathname === '/reshare' ? reshare(mfa, request) : mfa.fetch(request);
    },
  };
};

/** A page whose own fetch carries the session, as the browser's does with its cookie. */
const openPage = async (options: PageOptions = {}) => {
  let routes: ReturnType<typeof routesOf> | undefined;
  const page = await createPage({
    server: { policy: { enrollment: 'action', actions } },
    through: (server) => {
      routes = routesOf(server);
      return routes.answer;
    },
    ...options,
  });
  const person = await signInAndEnrol(page);
  page.server.clock.advance(400_000);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const request = new Request(new URL(path, baseUrl), init);
    request.headers.set('authorization', `Bearer ${page.client.token}`);
    return routes?.answer(request);
  });
  return { page, sent: routes?.sent, ...person };
};

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }, { timeout: 5000 }));
const close = (page: Page) => page.server.close();

test('with the modals: what is approved stands in the words of the application, and the call goes on by itself', async () => {
  const { page, sent, secret } = await openPage({ modals: true, actions: actionTexts });
  renderOn(page, <SendMoney />);
  await press('Send 250 € to Bob');
  await screen.findByText('To approve: Send money', {}, { timeout: 10_000 });
  await screen.findByText('Bob');
  await screen.findByText('250 €');
  expect(sent).toEqual([]);
  await userEvent.type(await screen.findByLabelText('6-digit code'), page.code(secret));
  await screen.findByText('Sent.');
  expect(sent).toEqual([{ to: 'Bob', amount: 250 }]);
  await close(page);
});

test('with the modals, cancelled: nothing was sent', async () => {
  const { page, sent } = await openPage({ modals: true });
  renderOn(page, <SendMoney />);
  await press('Send 250 € to Bob');
  await press('Cancel');
  await screen.findByText('Nothing was sent.');
  expect(sent).toEqual([]);
  await close(page);
});

test('with an interface of your own: a wrong code is told, the right one approves, and the prompt is gone', async () => {
  const { page, sent, secret } = await openPage();
  renderOn(
    page,
    <>
      <SendMoney />
      <OwnPrompt />
    </>,
  );
  await press('Send 250 € to Bob');
  const field = await screen.findByLabelText('Six-digit code');
  screen.getByText('Approve transfer.send');
  screen.getByText(/"amount": 250/);
  await userEvent.type(field, wrongCode(secret, page.server.clock()));
  await press('Approve');
  await screen.findByText('That code did not match.');
  await userEvent.clear(field);
  await userEvent.type(field, page.code(secret));
  await press('Approve');
  await screen.findByText('Sent.');
  await waitFor(() => expect(screen.queryByText('Approve transfer.send')).toBeNull());
  expect(sent).toEqual([{ to: 'Bob', amount: 250 }]);

  await press('Send 250 € to Bob');
  await screen.findByText('Approve transfer.send');
  await press('Cancel');
  await screen.findByText('Nothing was sent.');
  expect(sent).toHaveLength(1);
  await close(page);
});

test('without React: the program asks in its own words, and the same request is sent once more', async () => {
  const { page, sent, secret } = await openPage();
  const asked: string[] = [];
  const stop = askInWords(page.client, async (what) => {
    asked.push(what);
    return page.code(secret);
  });
  const response = await sendMoney(page.client, new URL('/transfers', baseUrl).href, { to: 'Eve', amount: 3 });
  expect(await response.json()).toEqual({ isSent: true });
  expect(asked).toEqual(['transfer.send']);
  expect(sent).toEqual([{ to: 'Eve', amount: 3 }]);
  stop();
  await expect(
    sendMoney(page.client, new URL('/transfers', baseUrl).href, { to: 'Eve', amount: 3 }),
  ).rejects.toMatchObject({ code: 'insufficient_user_authentication' });
  await close(page);
});

test('a scope is proven where it has to be, and its token goes along by itself', async () => {
  const { page, deviceId, secret } = await openPage({ modals: true });
  const removed = vi.fn();
  renderOn(page, <RemoveApp deviceId={deviceId} onRemoved={removed} />);
  await press('Remove the authenticator app');
  await userEvent.type(await screen.findByLabelText('6-digit code', {}, { timeout: 10_000 }), page.code(secret));
  await waitFor(() => expect(removed).toHaveBeenCalledOnce());
  await expect(act(() => getMfaDevices(page.client))).resolves.toEqual([]);
  await close(page);
});

test('what waits is listed, done with a proof, and then waits no more', async () => {
  const { page, secret } = await openPage({ modals: true });
  const userId = page.client.user?.id ?? '';
  await delegateApproved(page.server.mfa, userId, 'Treasury');
  renderOn(page, <Waiting />);
  await press('Reshare Treasury');
  await userEvent.type(await screen.findByLabelText('6-digit code', {}, { timeout: 10_000 }), page.code(secret));
  await waitFor(() => expect(screen.queryByText('Reshare Treasury')).toBeNull());
  expect(await page.server.mfa.waiting.list(userId)).toEqual([]);
  await close(page);
});

test('each action of the policy asks for what its comment says', async () => {
  const { page } = await openPage();
  const told = async (action: string) => {
    const headers = { authorization: `Bearer ${page.client.token}` };
    const check = await page.server.mfa.requireMfa(new Request(baseUrl, { headers }), { action });
    if (check.ok) throw new Error(`${action} asks for nothing.`);
    return ((await check.response.json()) as { payload: object }).payload;
  };
  expect(await told('transfer.send')).toMatchObject({ tokenBehavior: 'single_use', tokenExpirySeconds: 120 });
  expect(await told('report.read')).toMatchObject({ tokenBehavior: 'time_bound', tokenExpirySeconds: 600 });
  expect(await told('keys.export')).toEqual({ action: 'keys.export', minLevel: 'phr' });
  await close(page);
});
