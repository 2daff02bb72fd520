/** The README's server and headless snippets, run as they stand: real HTTP, a real file, real codes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createMfaClient, isUserMissingMfaAuth } from 'mfa-kit/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshDatabase } from '../support/postgres.js';
import { startTestServer, testKeys } from '../support/server.js';
import { totpCode } from '../support/totp.js';
import { signInAndEnrol } from './snippets/headless.js';

const environmentId = '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11';
const home = process.cwd();
let folder: string;

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

test('keys, server and a guarded route: a stranger is refused, and the answer says why', async () => {
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
