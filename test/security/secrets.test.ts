/**
 * Threat: a secret leaves the server after the moment it was to be seen: in an answer, a header, a log, or a copy of the
 * database. S-19, S-21, S-36.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDatabaseFile, type DatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { baseUrl, startTestServer, type TestServer } from '../support/server.js';
import { fromBase32 } from '../support/totp.js';

let file: DatabaseFile;
let server: TestServer;
let ada: Person;
let canaries: string[];
const printed: string[] = [];

beforeEach(async () => {
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, name).mockImplementation(
      (...values: unknown[]) => void printed.push(values.map(String).join(' ')),
    );
  }
  file = createDatabaseFile();
  server = await startTestServer({ store: file.store, onError: undefined });
  ada = new Person(server);
  await ada.enrol();
  const secret = fromBase32(ada.secret);
  const mailed = server.mails.map(({ code }) => `"${code}"`);
  canaries = [
    ada.secret,
    'otpauth:',
    secret.toString('hex'),
    secret.toString('base64').replace(/=+$/, ''),
    secret.toString('base64url'),
    secret.toString('latin1'),
    ...ada.codes,
    ...ada.codes.map((code) => code.replaceAll('-', '')),
    ...mailed,
  ];
});

afterEach(async () => {
  await server.close();
  file.remove();
  vi.restoreAllMocks();
});

const expectClean = (text: string) => {
  for (const canary of canaries) expect(text).not.toContain(canary);
};

const operations = async () => {
  const document = (await (await server.mfa.fetch(new Request(`${baseUrl}/openapi.json`))).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace(/^.*\{environmentId\}/, ''),
    })),
  );
};

const sessions: [string, () => Promise<void>][] = [
  ['nobody', async () => void (ada.token = '')],
  ['a waiting session', async () => void (await ada.signIn())],
  ['a stale session', async () => server.clock.advance(301_000)],
  ['a fresh session', async () => void (await ada.authenticate())],
  [
    'a session by recovery code',
    async () => {
      await ada.signIn();
      await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[9] });
    },
  ],
  [
    'somebody else',
    async () => {
      ada = Object.assign(new Person(server), { codes: ada.codes });
      await ada.enrol();
    },
  ],
];

describe('S-21 after the codes are acknowledged', () => {
  test.each(sessions)('no route gives a secret away: %s', async (_name, become) => {
    const { deviceId } = ada;
    await become();
    const { token } = ada;
    for (const { method, path } of await operations()) {
      if (path === '/revoke' || (path === '/users' && method === 'DELETE')) continue;
      if (path === '/users/mfa/recovery' && method === 'POST') continue;
      const bodies =
        method === 'GET' || method === 'DELETE' ? [undefined] : [undefined, {}, { code: ada.codes[0], type: 'totp' }];
      for (const body of bodies) {
        const isReal = method !== 'DELETE';
        const target = path.replace('{id}', isReal ? deviceId : crypto.randomUUID());
        const response = await server.request(method, target, { ...(token && { token }), body });
        const text = await response.text();
        // What a replacement begun just now shows is another secret.
        expectClean(path === '/users/mfa/register/totp' ? text.replace('otpauth:', '') : text);
        expectClean(JSON.stringify([...response.headers]));
      }
    }
  });

  test('a copy of the database, its log and its session rows included, holds none', async () => {
    await ada.signIn();
    await ada.authenticate({ createMfaToken: { singleUse: true } });
    await ada.beginTotp('?replace=true');
    canaries.push(ada.secret, fromBase32(ada.secret).toString('hex'));
    expectClean(file.dump());
    expect(file.dump()).not.toContain(ada.token);
  });

  test('nothing is printed, also when the server fails', async () => {
    const broken = await startTestServer({
      onError: undefined,
      store: { ...file.store, listAttempts: () => Promise.reject(new Error('boom')) },
      clock: server.clock,
    });
    const answer = await broken.request('GET', '/users/mfa/methods', { token: ada.token });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('boom');
    expect(printed.join('\n')).toContain('boom');
    expectClean(printed.join('\n'));
    expect(printed.join('\n')).not.toContain(ada.token);
  });

  test('the log of a user and what an operator exports hold none', async () => {
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    expectClean(JSON.stringify(await server.mfa.admin.listAudit(userId)));
    expectClean(JSON.stringify(await server.mfa.admin.exportUser(userId)));
  });
});
