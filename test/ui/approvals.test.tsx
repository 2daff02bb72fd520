/** Prompts for an action in the modals, with the real client and the real server, as a person and the caller meet them. */
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MfaCancelledError, usePromptMfaAuth } from 'mfa-kit';
import { authenticateTotpMfaDevice, deleteMfaDevice, logout } from 'mfa-kit/client';
import { useEffect } from 'react';
import { describe, expect, test } from 'vitest';
import { type Enrolled, signInAndEnrol } from '../support/enrol.js';
import { createPage, type Page, type PageOptions, renderOn } from '../support/renderWithMfa.js';
import { pass, shareTime } from '../support/sharedTime.js';
import { totpCode } from '../support/totp.js';

shareTime();

let prompt: ReturnType<typeof usePromptMfaAuth>;
function App() {
  const ask = usePromptMfaAuth();
  useEffect(() => {
    prompt = ask;
  }, [ask]);
  return <input aria-label="Amount" defaultValue="1200" />;
}

const action = 'treasury.send';
const open = async (changes: PageOptions = {}) => {
  const actions = { [action]: { title: 'Send a payment', describe: ({ to }: Record<string, unknown>) => `to ${to}` } };
  const page = await createPage({ modals: true, actions, server: { policy: { enrollment: 'action' } }, ...changes });
  renderOn(page, <App />);
  return page;
};
/** Somebody with an authenticator app, a while after they have used it. */
const enrolled = async (changes: PageOptions = {}): Promise<Enrolled & { page: Page }> => {
  const page = await open(changes);
  const person = await signInAndEnrol(page);
  pass(page, 400);
  return { page, ...person };
};

/** Asks; what each promise comes to is kept in `outcomes`. */
const ask = async (parameters: Parameters<typeof prompt>[0] = {}, times = 1) => {
  const outcomes: unknown[] = [];
  await act(async () => {
    for (let at = 0; at < times; at++) {
      outcomes.push(undefined);
      prompt({ createMfaToken: true, action, ...parameters }).then(
        (token) => outcomes.splice(at, 1, token),
        (error: unknown) => outcomes.splice(at, 1, error),
      );
    }
  });
  return outcomes;
};

const find = (text: string | RegExp) => screen.findByText(text, {}, { timeout: 5000 });
const title = (name: RegExp) => screen.findByRole('heading', { name }, { timeout: 5000 });
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }, { timeout: 5000 }));
const type = async (code: string) =>
  userEvent.type(await screen.findByLabelText('6-digit code', {}, { timeout: 5000 }), code);
const noDialog = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 5000 });
const scan = async (page: Page) => {
  const secret = (await find(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)).textContent?.replaceAll(' ', '') ?? '';
  await press('Continue');
  return () => totpCode(secret, page.server.clock());
};
const saveCodes = async () => {
  await press('I wrote them down');
  await userEvent.click(screen.getByRole('checkbox'));
  await press('Finish');
};

describe('an approval', () => {
  test('names the action and its target, and its token is good for that target alone', async () => {
    const { page, secret } = await enrolled();
    const outcomes = await ask({ payload: { to: 'Ada' } });
    await find('To approve: Send a payment');
    await find('to Ada');
    await type(page.code(secret));
    await waitFor(() => expect(outcomes).toEqual([expect.any(String)]));
  });

  test('counts those who join while it is up, and gives each a token of their own', async () => {
    const { page, secret } = await enrolled();
    const first = await ask();
    await find('Counts once');
    const field = await screen.findByLabelText('6-digit code');
    const more = await ask({}, 2);
    await find('Approves 3 requests · Counts once');
    // The screen is the same one: what was typed is still there.
    expect(screen.getByLabelText('6-digit code')).toBe(field);
    await type(page.code(secret));
    await waitFor(() => expect(new Set([...first, ...more]).size).toBe(3));
    expect([...first, ...more]).not.toContain(undefined);
  });

  test('of somebody with nothing enrolled waits for the app, its first code and the codes, and then has its token', async () => {
    const page = await open();
    await page.signIn();
    const outcomes = await ask({ payload: { to: 'Ada' } });
    await find('Add a second step first, then you approve: Send a payment');
    const code = await scan(page);
    await type(code());
    expect(outcomes).toEqual([undefined]);
    await title(/Save your backup codes/);
    await saveCodes();
    await waitFor(() => expect(outcomes).toEqual([expect.any(String)]));
    await noDialog();
  });

  test('that is cancelled rejects with its reason, and nothing else on the page has changed', async () => {
    await enrolled();
    const before = screen.getByLabelText('Amount');
    await userEvent.type(before, '0');
    const outcomes = await ask();
    await find('To approve: Send a payment');
    await press('Cancel');
    await noDialog();
    expect(outcomes[0]).toBeInstanceOf(MfaCancelledError);
    expect(outcomes[0]).toMatchObject({ code: 'cancelled', reason: 'cancelled' });
    expect(screen.getByLabelText('Amount')).toBe(before);
    expect(screen.getByLabelText<HTMLInputElement>('Amount').value).toBe('12000');
  });
});

describe('what is not enough', () => {
  const withLevel = (minLevel: 'factor' | 'phr') => ({
    server: { policy: { enrollment: 'action' as const, actions: [{ action, required: true, minLevel }] } },
  });

  test('is not offered: no backup code where it takes a factor', async () => {
    await enrolled(withLevel('factor'));
    await ask();
    await title(/6-digit code/);
    expect(screen.queryByRole('button', { name: 'Try another way' })).toBeNull();
  });

  test('is told when the policy became stricter meanwhile, and another way leads to what is', async () => {
    const { page, secret } = await enrolled();
    const outcomes = await ask();
    await title(/6-digit code/);
    await page.server.mfa.admin.updatePolicy(withLevel('phr').server.policy);
    await type(page.code(secret));
    await find(/^The rules have changed/);
    expect(outcomes).toEqual([undefined]);
    await press('Try another way');
    await find(/^Only a passkey is enough for this/);
    await press('Cancel');
    await waitFor(() => expect(outcomes[0]).toBeInstanceOf(MfaCancelledError));
  });
});

describe('meanwhile', () => {
  test('an app removed in another tab is told, and another way is there', async () => {
    const page = await open();
    const { deviceId, secret } = await signInAndEnrol(page);
    await ask();
    await title(/6-digit code/);
    // Another tab has the same session.
    await act(() => deleteMfaDevice({ deviceId }, page.client));
    await type(page.code(secret, 1));
    await find(/^Your authenticator app was removed/);
    await press('Try another way');
    await find('Add a second step first, then you approve: Send a payment');
  });

  test('one removed in another session ends this one, and with it the prompt', async () => {
    const { page, deviceId, email, secret } = await enrolled();
    const other = await createPage({ on: page.server });
    await other.signIn(email);
    const outcomes = await ask();
    await title(/6-digit code/);
    await authenticateTotpMfaDevice({ code: page.code(secret) }, other.client);
    await deleteMfaDevice({ deviceId }, other.client);
    await type(page.code(secret, 1));
    await waitFor(() => expect(outcomes[0]).toMatchObject({ code: 'cancelled', reason: 'loggedOut' }));
    await noDialog();
  });

  test('a session that ends while the prompt is up rejects with its reason and takes the prompt along', async () => {
    const { page } = await enrolled();
    const outcomes = await ask();
    await title(/6-digit code/);
    await act(() => logout(page.client));
    await noDialog();
    expect(outcomes[0]).toMatchObject({ code: 'cancelled', reason: 'loggedOut' });
  });
});
