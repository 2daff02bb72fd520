/** The README's server and headless snippets, run as they stand: real HTTP, a real file, real codes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  createMfaClient,
  isUserMissingMfaAuth,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshDatabase } from '../support/postgres.js';
import { startTestServer, testKeys } from '../support/server.js';
import { totpCode } from '../support/totp.js';
import { signInAndEnrol } from './snippets/headless.js';

const environmentId = '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11';
const home = process.cwd();
let folder: string;

/** Keeps the session's cookie, and says where a request comes from. */
const createBrowser = (answer: (request: Request) => Promise<Response>) => {
  let cookie = '';
  const attach = (request: Request): Request => {
    request.headers.set('cookie', cookie);
    request.headers.set('origin', 'http://localhost:3000');
    request.headers.set('sec-fetch-site', 'same-origin');
    return request;
  };
  const browser = async (request: Request): Promise<Response> => {
    const response = await answer(attach(request));
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  };
  return Object.assign(browser, { attach });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-readme-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('keys, server and guarded routes: refused with the reason, and done once with a proof', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./snippets/keys.js');
  const keys = printed.mock.calls[0]?.[0] as string;
  expect(Object.keys(JSON.parse(keys) as object).length).toBeGreaterThan(1);

  vi.stubEnv('MFA_KEYS', keys);
  vi.stubEnv('PORT', '0');
  const { mfa, server } = await import('./snippets/server.js');
  const { listTransfers } = await import('./snippets/requireSession.js');
  const { port } = server.address() as AddressInfo;
  const api = `http://localhost:${port}/api/v0/sdk/${environmentId}`;

  const settings = await fetch(`${api}/settings`);
  expect(settings.status).toBe(200);
  const sent = await fetch(`${api}/emailVerifications/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
    body: JSON.stringify({ email: 'ada@example.com' }),
  });
  expect(sent.status).toBe(200);
  expect(printed.mock.calls.at(-1)?.[0]).toMatch(/Sign-in code for ada@example.com: \d{6}/);

  const refused = await listTransfers(new Request('http://localhost:3000/transfers'));
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 'not_signed_in' });

  // Ada enrols in her browser. Then a transfer is refused with what to prove, and done once with the proof of that transfer.
  const browser = createBrowser((request) => mfa.fetch(request));
  const client = createMfaClient({ environmentId, apiBaseUrl: 'http://localhost:3000/api/v0', fetch: browser });
  const mailed = () => /\d{6}/.exec(printed.mock.calls.at(-1)?.[0] as string)?.[0] ?? '';
  const otpVerification = await sendEmailOTP({ email: 'ada@example.com' }, client);
  await verifyOTP({ otpVerification, verificationToken: mailed() }, client);
  const { id: deviceId, secret } = await registerTotpMfaDevice(client);
  await authenticateTotpMfaDevice({ code: totpCode(secret, Date.now()), deviceId }, client);
  await acknowledgeRecoveryCodes(client);
  const { sendMoney } = await import('./snippets/protect.js');
  const send = async (token = '') => {
    const transfer = { to: 'Bob', amount: 250 };
    const headers = { 'x-mfa-auth-token': token, 'content-type': 'application/json' };
    const request = new Request('http://localhost:3000/transfers', {
      method: 'POST',
      headers,
      body: JSON.stringify(transfer),
    });
    return sendMoney(browser.attach(request));
  };
  const challenged = await send();
  expect(challenged.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
  const { payload } = (await challenged.json()) as { payload: { challengeId: string } };
  const { mfaToken } = await authenticateTotpMfaDevice(
    {
      code: totpCode(secret, Date.now(), 1),
      challengeId: payload.challengeId,
      createMfaTokenOptions: { singleUse: true },
    },
    client,
  );
  expect(await (await send(mfaToken)).json()).toEqual({
    sentBy: client.user?.id,
    transfer: { to: 'Bob', amount: 250 },
  });
  expect((await send(mfaToken)).status).toBe(401);
  client.close();
  await new Promise((resolve) => server.close(resolve));
  await mfa.close();
});

test('the headless client enrols, saves its codes, and is in', async () => {
  const backend = await startTestServer({
    environmentId,
    baseUrl: 'http://localhost/api/v0',
    policy: { enrollment: 'signup' },
  });
  const server = createServer(
    getRequestListener((request) => backend.mfa.fetch(request), { overrideGlobalObjects: false }),
  );
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  let saved: string[] = [];

  const client = await signInAndEnrol(`http://localhost:${port}/api/v0`, 'ada@example.com', {
    emailCode: async () => backend.mails.at(-1)?.code ?? '',
    appCode: async (secret) => totpCode(secret, backend.clock()),
    save: async (codes) => {
      saved = codes;
    },
  });

  expect(saved).toHaveLength(10);
  expect(client.user?.scope).toBe('user:basic');
  expect(client.user?.mfaBackupCodeAcknowledgement).toBe('complete');
  expect(isUserMissingMfaAuth(client)).toBe(false);
  client.close();
  await new Promise((resolve) => server.close(resolve));
  await backend.close();
});

test('the PostgreSQL store starts from its connection string', async () => {
  vi.stubEnv('DATABASE_URL', (await freshDatabase()).url);
  const { store } = await import('./snippets/postgres.js');
  const backend = await startTestServer({ store, keys: await testKeys() });
  const client = createMfaClient({
    environmentId: backend.options.environmentId,
    apiBaseUrl: backend.options.baseUrl,
    fetch: (request) => backend.mfa.fetch(request),
  });
  expect(client.user).toBeNull();
  expect((await backend.request('GET', '/settings')).status).toBe(200);
  client.close();
  await backend.close();
});
