/** The modals in front of somebody else's server, which has nothing of what ours adds: no locks, no clock, no tries left, a secret anew with every question. */
import { act, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MfaProvider, useDynamicContext, useDynamicModals, usePromptMfaAuth } from 'mfa-kit';
import { createMfaClient, logout, sendEmailOTP, verifyOTP } from 'mfa-kit/client';
import { StrictMode, useEffect } from 'react';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { installBrowser } from '../support/passkeyBrowser.js';
import { createPlainServer } from '../support/plainServer.js';
import { baseUrl, environmentId } from '../support/server.js';
import { totpCode, wrongCode } from '../support/totp.js';

const patience = { timeout: 5000 };

/** As a published environment has it whose people are asked for an authenticator app. */
const appsOnly = {
  chains: [],
  kyc: [],
  security: {
    mfa: {
      enabled: true,
      required: true,
      methods: [{ type: 'totp', enabled: true, allowBackupCodes: true }],
      actions: [{ action: 'wallet.waas.sign', required: true }],
    },
  },
};

interface Handles {
  prompt: ReturnType<typeof usePromptMfaAuth>;
  modals: ReturnType<typeof useDynamicModals>;
}

const open = (settings?: object) => {
  const server = createPlainServer();
  if (settings) server.settings = settings;
  const client = createMfaClient({ environmentId, apiBaseUrl: baseUrl, fetch: server.fetch });
  onTestFinished(() => client.close());
  const latest: { handles?: Handles } = {};
  const App = () => {
    const { user } = useDynamicContext();
    const prompt = usePromptMfaAuth();
    const modals = useDynamicModals();
    useEffect(() => {
      latest.handles = { prompt, modals };
    });
    return <p>{user ? `Welcome, ${user.email}` : 'Signed out'}</p>;
  };
  render(
    <StrictMode>
      <MfaProvider client={client}>
        <App />
      </MfaProvider>
    </StrictMode>,
  );
  return {
    server,
    client,
    handles(): Handles {
      if (!latest.handles) throw new Error('nothing is rendered');
      return latest.handles;
    },
    code: (secret: string) => totpCode(secret, Date.now()),
    signIn: (email = 'ada@example.com') =>
      act(async () => {
        const otpVerification = await sendEmailOTP({ email }, client);
        await verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' }, client);
      }),
    leave: () => act(() => logout(client)),
  };
};

const title = (name: RegExp) => screen.findByRole('heading', { name }, patience);
const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label, {}, patience);
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }, patience));
const fingerprint = 'Use fingerprint, face or screen lock';
/** Once the options are there. */
const pressReady = async (name: string) => {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name }, patience);
  await waitFor(() => expect(button.getAttribute('aria-disabled')).not.toBe('true'), patience);
  await userEvent.click(button);
};
const isGone = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), patience);
const isIn = async () => {
  await isGone();
  expect(screen.getByText('Welcome, ada@example.com')).toBeTruthy();
};
const typeCode = async (secret: string) => userEvent.type(await field('6-digit code'), totpCode(secret, Date.now()));

/** Reads the key on screen, as an authenticator app would from the QR code beside it. */
const scan = async () => {
  const key = await screen.findByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/, {}, patience);
  return key.textContent?.replaceAll(' ', '') ?? '';
};

/** Writes down the codes on screen, each behind its number, and says so. */
const saveCodes = async () => {
  const dialog = await screen.findByRole('dialog');
  const shown = await within(dialog).findAllByRole('listitem', {}, patience);
  await press('I wrote them down');
  await userEvent.click(within(dialog).getByRole('checkbox'));
  await press('Finish');
  return shown.map(({ textContent }) => textContent?.replace(/[^A-Za-z0-9]/g, '').slice(-10) ?? '');
};

/** Through the first enrolment; gives the secret and the codes. */
const enrol = async () => {
  const secret = await scan();
  await press('Continue');
  await typeCode(secret);
  const codes = await saveCodes();
  await isIn();
  return { secret, codes };
};

describe('by an authenticator app', () => {
  test('enrols, shows ten codes, and asks for a code at the next sign-in; a prompt earns a token', async () => {
    const { signIn, leave, handles } = open(appsOnly);
    await signIn();
    const { secret, codes } = await enrol();
    expect(codes).toHaveLength(10);
    await leave();
    await signIn();
    await typeCode(secret);
    await isIn();

    let token: string | undefined;
    await act(async () => {
      void handles()
        .prompt({ createMfaToken: true })
        .then((earned) => {
          token = earned;
        });
    });
    await typeCode(secret);
    await waitFor(() => expect(token).toBeTruthy(), patience);
  });

  test('a secret that is another after going back is the one that counts', async () => {
    const { signIn } = open(appsOnly);
    await signIn();
    await scan();
    await press('Continue');
    await field('6-digit code');
    await press('Back');
    await enrol();
  });

  test('a code of ten letters of either case takes the place of the app', async () => {
    const { server, signIn, leave } = open(appsOnly);
    await signIn();
    const { codes } = await enrol();
    const code = codes.find((one) => /[a-z]/.test(one)) ?? '';
    await leave();
    await signIn();
    await press('Try another way');
    await userEvent.type(await field('Backup code'), `${code.slice(0, 5)} ${code.slice(5)}{Enter}`);
    await isIn();
    expect(server.users[0]?.codes).toHaveLength(9);
  });

  test('codes that were shown already are not shown again, and new ones can be made', async () => {
    const { signIn, handles } = open(appsOnly);
    await signIn();
    const { codes } = await enrol();
    act(() => handles().modals.setShowMfaViewBackupCodes(true));
    await press('Get new codes');
    expect(await saveCodes()).not.toEqual(codes);
  });
});

describe('by a passkey', () => {
  test('where the settings say nothing of methods, either can be chosen, and asked for at the next sign-in', async () => {
    installBrowser();
    const { server, signIn, leave } = open();
    await signIn();
    await press(/^Passkey/);
    await pressReady(fingerprint);
    expect(await saveCodes()).toHaveLength(10);
    await isIn();
    await leave();
    await signIn();
    await title(/Use your passkey/);
    await pressReady(fingerprint);
    await isIn();
    expect(server.users[0]?.passkeys).toHaveLength(1);
  });
});

/** Somebody with an app, who has just signed in once more. */
const waiting = async () => {
  const opened = open(appsOnly);
  const enrolled = await signInAndEnrol(opened);
  await opened.leave();
  await opened.signIn(enrolled.email);
  return { ...opened, ...enrolled };
};

describe('what it refuses has a sentence', () => {
  test('a wrong code, without tries to count, and too many, without a time to wait', async () => {
    const { secret } = await waiting();
    const guess = async (which: number) =>
      userEvent.type(await field('6-digit code'), wrongCode(secret, Date.now(), which));
    for (let tries = 0; tries < 5; tries += 1) {
      await guess(tries);
      await screen.findByText(/That code didn’t match/, {}, patience);
      await waitFor(async () => expect((await field('6-digit code')).value).toBe(''));
    }
    await guess(5);
    await screen.findByText('Too many tries. Codes are paused for a while.', {}, patience);
  });

  test.each([
    [
      'the edge’s limiter',
      () => Response.json({ message: 'Too many requests', code: 429 }, { status: 429 }),
      /a lot of requests/,
    ],
    ['a page instead of JSON', () => new Response('<h1>Bad gateway</h1>', { status: 500 }), /went wrong on our side/],
    [
      'an error as an object',
      () => Response.json({ error: { code: 'gate_blocked' } }, { status: 403 }),
      /That didn’t work/,
    ],
    [
      'a code of tomorrow',
      () => Response.json({ error: 'No.', code: 'of_tomorrow' }, { status: 422 }),
      /That didn’t work/,
    ],
    ['nobody knows why', () => Response.json({ error: 'No.' }, { status: 401 }), /That didn’t work/],
  ])('%s', async (_, answer, sentence) => {
    const { server, secret } = await waiting();
    server.answerInstead('POST /users/mfa/auth/totp', answer);
    await typeCode(secret);
    await screen.findByText(sentence, {}, patience);
    await press('Continue');
    await isGone();
  });

  test('a second app, which only the first one’s owner may replace', async () => {
    const { signIn, handles } = open(appsOnly);
    await signIn();
    await enrol();
    act(() => handles().modals.setShowMfaQRCode(true));
    await screen.findByText(/That didn’t work/, {}, patience);
  });
});
