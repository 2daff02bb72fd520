// Threats C-07, S-60: calls that need a proof at once, a proof that goes wrong on the way, a server that keeps asking.
import { act, waitFor } from '@testing-library/react';
import {
  askOf,
  MfaApiError,
  MfaCancelledError,
  type MfaProof,
  useAcknowledgeRecoveryCodes,
  useAuthenticatePasskey,
  useAuthenticateRecoveryCode,
  useAuthenticateTotp,
  useMfaAction,
  useMfaFetch,
  useModalController,
} from 'mfa-kit';
import { deleteMfaDevice, logout, registerTotpMfaDevice } from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { signInAndEnrol } from '../support/enrol.js';
import { fails, installBrowser } from '../support/passkeyBrowser.js';
import { createPage, type Page, type PageOptions, renderHookOn } from '../support/renderWithMfa.js';
import { createTreasury, type Treasury, treasuryUrl } from '../support/treasury.js';

const action = (name: string, tokenBehavior: 'single_use' | 'time_bound', minLevel?: 'factor' | 'phr') => ({
  action: `treasury.${name}`,
  required: true,
  tokenBehavior,
  ...(minLevel && { minLevel }),
});
const policy = {
  enrollment: 'action' as const,
  actions: [action('send', 'single_use'), action('look', 'time_bound'), action('export', 'single_use', 'phr')],
};

/** Calls a route of the application as an application does: its own fetch, with what it was given. */
const callerOf =
  ({ client }: Page, treasury: Treasury, name: string) =>
  async (body: object, { headers }: Pick<MfaProof, 'headers'>) =>
    treasury.fetch(
      new Request(`${treasuryUrl}/${name}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${client.token}`, ...headers },
      }),
    );

/** An application and its own interface, drawn with nothing but the hooks. */
const useApplication = (page: Page, treasury: Treasury, own: { run: (proof: MfaProof) => unknown }) => ({
  own: useMfaAction(async (proof: MfaProof) => own.run(proof), { action: 'treasury.send' }),
  modal: useModalController(),
  totp: useAuthenticateTotp(),
  recovery: useAuthenticateRecoveryCode(),
  passkey: useAuthenticatePasskey(),
  acknowledge: useAcknowledgeRecoveryCodes(),
  send: useMfaAction(callerOf(page, treasury, 'send'), { action: 'treasury.send' }),
  look: useMfaAction(callerOf(page, treasury, 'look'), { action: 'treasury.look' }),
  export: useMfaAction(callerOf(page, treasury, 'export'), { action: 'treasury.export' }),
  sendBound: useMfaAction(callerOf(page, treasury, 'send'), {
    action: 'treasury.send',
    payload: ({ bound }: { bound: Record<string, unknown> }) => bound,
  }),
  fetch: useMfaFetch(),
});

const open = async (options: PageOptions = {}) => {
  let treasury: Treasury | undefined;
  const page = await createPage({
    server: { policy },
    through: (server) => {
      treasury = createTreasury(server);
      return treasury.fetch;
    },
    ...options,
  });
  if (!treasury) throw new Error('The page has made no routes.');
  const routes = treasury;
  const own: { run: (proof: MfaProof) => unknown } = { run: () => undefined };
  const { result } = renderHookOn(page, () => useApplication(page, routes, own));
  await waitFor(() => expect(page.client.session.getSnapshot().status).not.toBe('loading'));
  return { page, treasury: routes, app: result, own };
};
type Open = Awaited<ReturnType<typeof open>>;

const start = async () => {
  const opened = await open();
  const enrolled = await signInAndEnrol(opened.page);
  await waitFor(() => expect(opened.app.current.modal.request).toBeNull());
  return { ...opened, ...enrolled };
};

/** Makes calls, and keeps what they come to. */
const make = async (calls: () => Promise<unknown>[]) => {
  let settled: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
  await act(async () => {
    settled = Promise.allSettled(calls());
  });
  return {
    all: () => settled,
    one: async () => (await settled)[0],
    values: async () => (await settled).map((one) => (one.status === 'fulfilled' ? one.value : one.reason)),
  };
};
const isUp = ({ app }: Open, name: string) => waitFor(() => expect(app.current.modal.screen).toMatchObject({ name }));

/** The person types the code of their app. */
const typeCode = async ({ page, app }: Open, secret: string, deviceId?: string) => {
  page.server.clock.advance(30_000);
  await act(async () => {
    const { request, send } = app.current.modal;
    if (!request) throw new Error('Nothing is up.');
    const result = await app.current.totp.mutateAsync({ code: page.code(secret), deviceId, ...askOf(request, 'totp') });
    send({ type: 'verified', method: 'totp', ...result });
  });
};
const finish = ({ app }: Open) => act(async () => app.current.modal.send({ type: 'finished' }));

const answers = async (responses: unknown[]) =>
  Promise.all(responses.map(async (response) => (response instanceof Response ? response.json() : response)));

describe('a wrapped call', () => {
  test('that the server lets pass prompts nobody', async () => {
    const opened = await open({ server: { policy: { ...policy, actions: [], enrollment: 'none' } } });
    await opened.page.signIn();
    const call = await make(() => [opened.app.current.send({ amount: 1 })]);
    expect(await answers(await call.values())).toEqual([expect.objectContaining({ number: 1, factor: null })]);
  });

  test('prompts once, is made once more with the same arguments, and gives its result', async () => {
    const opened = await start();
    const { app, treasury, secret } = opened;
    const call = await make(() => [app.current.send({ amount: 7 })]);
    await isUp(opened, 'OtpVerification');
    expect(app.current.modal.request).toMatchObject({ action: 'treasury.send', createMfaToken: { singleUse: true } });
    await typeCode(opened, secret);
    expect(await answers(await call.values())).toEqual([{ number: 1, factor: 'totp', body: { amount: 7 } }]);
    expect(treasury.done).toEqual([{ action: 'treasury.send', body: { amount: 7 } }]);
    expect(opened.page.client.mfaToken).toBeNull();
  });

  test('shows its payload, and a proof of it does for nothing else', async () => {
    const opened = await start();
    const { app, treasury, secret, page } = opened;
    const bound = { to: 'ada', amount: '5' };
    const call = await make(() => [app.current.sendBound({ bound })]);
    await isUp(opened, 'OtpVerification');
    expect(app.current.modal.request).toMatchObject({ payload: bound, summary: 'As agreed' });
    await typeCode(opened, secret);
    expect((await call.one())?.status).toBe('fulfilled');
    const [, proven] = treasury.calls;
    const token = proven?.headers.get('x-mfa-auth-token') ?? '';
    const replayed = await callerOf(
      page,
      treasury,
      'send',
    )({ bound: { ...bound, to: 'eve' } }, { headers: { 'x-mfa-auth-token': token } });
    expect(replayed.status).toBe(401);
    expect(treasury.done).toHaveLength(1);
  });

  test('takes a challenge that is thrown as one that is answered', async () => {
    const opened = await start();
    const { secret, app, own } = opened;
    own.run = ({ token }) => {
      if (token) return 42;
      const payload = { action: 'treasury.send', tokenBehavior: 'single_use' as const };
      throw new MfaApiError({ status: 401, serverCode: 'insufficient_user_authentication', payload });
    };
    const call = await make(() => [app.current.own()]);
    await isUp(opened, 'OtpVerification');
    await typeCode(opened, secret);
    expect(await call.values()).toEqual([42]);
  });

  test('that fails by itself fails as it does, without a prompt', async () => {
    const { app, own } = await start();
    own.run = () => {
      throw new RangeError('too much');
    };
    await expect(act(() => app.current.own())).rejects.toThrow(RangeError);
    expect(app.current.modal.request).toBeNull();
  });

  test('challenged again after the proof is reported: no loop', async () => {
    const opened = await start();
    const { secret, app, own } = opened;
    let calls = 0;
    own.run = () => {
      calls++;
      const payload = { action: 'treasury.send', tokenBehavior: 'single_use' };
      return Response.json({ error: '', code: 'insufficient_user_authentication', payload }, { status: 401 });
    };
    const call = await make(() => [app.current.own()]);
    await isUp(opened, 'OtpVerification');
    await typeCode(opened, secret);
    expect(await call.values()).toEqual([expect.objectContaining({ code: 'insufficient_user_authentication' })]);
    expect(calls).toBe(2);
  });

  test('wrapped in useMfaFetch is the same', async () => {
    const opened = await start();
    const { app, secret } = opened;
    const call = await make(() => [app.current.fetch(`${treasuryUrl}/look`)]);
    await isUp(opened, 'OtpVerification');
    await typeCode(opened, secret);
    expect(await answers(await call.values())).toEqual([expect.objectContaining({ factor: 'totp' })]);
  });
});

describe('the result arrives in the same await', () => {
  test('through enrolling and saving the codes', async () => {
    const opened = await open();
    const { app, page } = opened;
    await page.signIn();
    const call = await make(() => [app.current.send({ amount: 3 })]);
    await isUp(opened, 'ChooseType').catch(() => isUp(opened, 'QrCode'));
    const { id, secret } = await act(() => registerTotpMfaDevice(page.client));
    await act(async () => app.current.modal.send({ type: 'methodChosen', method: 'totp' }));
    await act(async () => app.current.modal.send({ type: 'secretScanned', deviceId: id }));
    await typeCode(opened, secret, id);
    await isUp(opened, 'ViewBackupCodes');
    await act(async () => {
      const result = await app.current.acknowledge.mutateAsync();
      app.current.modal.send({ type: 'codesSaved', ...result });
    });
    expect(await answers(await call.values())).toEqual([{ number: 1, factor: 'totp', body: { amount: 3 } }]);
  });

  test('through a recovery code', async () => {
    const opened = await start();
    const { app, codes } = opened;
    const call = await make(() => [app.current.look({})]);
    await isUp(opened, 'OtpVerification');
    await act(async () => {
      const { request, send } = app.current.modal;
      if (!request) throw new Error('Nothing is up.');
      send({ type: 'anotherWayRequested' });
      const result = await app.current.recovery.mutateAsync({ code: codes[0] ?? '', ...askOf(request, 'recovery') });
      send({ type: 'verified', method: 'recovery', ...result });
    });
    expect(await answers(await call.values())).toEqual([expect.objectContaining({ factor: 'recovery' })]);
  });

  test('after a passkey that failed', async () => {
    const browser = installBrowser();
    const opened = await start();
    const { app, secret } = opened;
    const call = await make(() => [app.current.send({})]);
    await isUp(opened, 'OtpVerification');
    browser.next(fails('NotAllowedError'));
    await act(async () => {
      const { request } = app.current.modal;
      if (!request) throw new Error('Nothing is up.');
      await app.current.passkey.mutateAsync(askOf(request, 'passkey')).catch(() => undefined);
    });
    await typeCode(opened, secret);
    expect((await call.one())?.status).toBe('fulfilled');
  });
});

describe('what can go wrong meanwhile has a typed outcome', () => {
  test('the prompt is cancelled: its reason, and nothing is sent', async () => {
    const opened = await start();
    const { app, treasury } = opened;
    const call = await make(() => [app.current.send({})]);
    await isUp(opened, 'OtpVerification');
    await act(async () => app.current.modal.close('cancelled'));
    const [error] = await call.values();
    expect(error).toBeInstanceOf(MfaCancelledError);
    expect(error).toMatchObject({ code: 'cancelled', reason: 'cancelled' });
    expect(treasury.calls).toHaveLength(1);
  });

  test('the session ends while the prompt is open: cancelled, logged out', async () => {
    const opened = await start();
    const { app, page, treasury } = opened;
    const call = await make(() => [app.current.send({}), app.current.look({})]);
    await isUp(opened, 'OtpVerification');
    await act(() => logout(page.client, 'token-expired'));
    expect(await call.values()).toEqual([
      expect.objectContaining({ code: 'cancelled', reason: 'loggedOut' }),
      expect.objectContaining({ code: 'cancelled', reason: 'loggedOut' }),
    ]);
    expect(treasury.done).toEqual([]);
  });

  test('the factor is removed in another tab: the proof says so, and the call waits for another way', async () => {
    const opened = await start();
    const { app, page, deviceId, email, secret } = opened;
    const call = await make(() => [app.current.send({})]);
    await isUp(opened, 'OtpVerification');
    const other = await createPage({ on: page.server });
    await other.signIn(email);
    await deleteMfaDevice({ deviceId }, other.client).catch(() => undefined);
    await act(async () => page.server.mfa.admin.resetUserMfa(page.client.user?.id ?? ''));
    await expect(typeCode(opened, secret)).rejects.toBeInstanceOf(MfaApiError);
    await act(async () => app.current.modal.close('escape'));
    expect(await call.values()).toEqual([expect.objectContaining({ code: 'cancelled' })]);
  });

  test('the policy becomes stricter: the call is told what is wanted now', async () => {
    const opened = await start();
    const { app, page, secret, treasury } = opened;
    const call = await make(() => [app.current.send({})]);
    await isUp(opened, 'OtpVerification');
    await page.server.mfa.admin.updatePolicy({ ...policy, actions: [action('send', 'single_use', 'phr')] });
    await expect(typeCode(opened, secret)).rejects.toMatchObject({ code: 'elevated_access_token_required' });
    await act(async () => app.current.modal.close('escape'));
    expect(await call.values()).toEqual([expect.objectContaining({ code: 'cancelled' })]);
    expect(treasury.done).toEqual([]);
  });
});

describe('fifty calls at once', () => {
  test('of an action that lasts: one prompt, one token, fifty results', async () => {
    const opened = await start();
    const { app, secret, treasury } = opened;
    const calls = await make(() => Array.from({ length: 50 }, (_, index) => app.current.look({ index })));
    await waitFor(() => expect(app.current.modal.request?.count).toBe(50));
    await isUp(opened, 'OtpVerification');
    await typeCode(opened, secret);
    const results = await calls.all();
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    expect(treasury.done).toHaveLength(50);
    await finish(opened);
    expect(app.current.modal.request).toBeNull();
  });

  test('for a single use: ten a prompt, a token each, fifty results', async () => {
    const opened = await start();
    const { app, secret, treasury } = opened;
    const calls = await make(() => Array.from({ length: 50 }, (_, index) => app.current.send({ index })));
    for (let prompt = 0; prompt < 5; prompt++) {
      await waitFor(() => expect(app.current.modal.request?.count).toBe(10));
      await isUp(opened, 'OtpVerification');
      await typeCode(opened, secret);
      await finish(opened);
    }
    const results = await calls.all();
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    expect(treasury.done).toHaveLength(50);
    expect(app.current.modal.request).toBeNull();
    expect(opened.page.client.mfaToken).toBeNull();
  });

  test('bound to payloads: a prompt each', async () => {
    const opened = await start();
    const { app, secret, treasury } = opened;
    const calls = await make(() =>
      Array.from({ length: 5 }, (_, index) => app.current.sendBound({ bound: { index } })),
    );
    for (let prompt = 0; prompt < 5; prompt++) {
      await isUp(opened, 'OtpVerification');
      expect(app.current.modal.request?.count).toBeUndefined();
      await typeCode(opened, secret);
      await finish(opened);
    }
    expect((await calls.all()).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(new Set(treasury.done.map(({ body }) => JSON.stringify(body))).size).toBe(5);
  });
});
