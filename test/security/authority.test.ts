/**
 * Threat: a session that has not come far enough, or not lately, changes factors or reads what only a full one may.
 * S-26 (for what there is), S-27, S-30, S-32, S-33.
 */

import { readFileSync } from 'node:fs';
import { memoryStore } from 'mfa-kit/server/memory';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/server/store/Store.js';
import { Person, read } from '../support/person.js';
import { origin, startTestServer, type TestServer } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

const TOTP = '/users/mfa/auth/totp';
const RECOVERY = '/users/mfa/auth/recovery';
const CODES = '/users/mfa/recovery';

const states = ['no token', 'waiting without factor', 'waiting with factor', 'stale', 'fresh', 'recovery'] as const;
type State = (typeof states)[number];

/** An authenticator app, and a passkey beside it. */
const enrolBoth = async (ada: Person): Promise<void> => {
  await ada.enrol();
  await ada.makePasskey();
};

/** Somebody in each of the six states, with a device and a passkey to change where they have some. */
const inState = async (state: State): Promise<{ ada: Person; server: TestServer }> => {
  const server = await startTestServer({ policy: { enrollment: 'action' } });
  const ada = new Person(server);
  if (state === 'no token') {
    await enrolBoth(ada);
    ada.token = '';
  }
  if (state === 'waiting without factor') {
    await server.mfa.admin.updatePolicy({ enrollment: 'signup' });
    await ada.signIn();
  }
  if (state === 'waiting with factor') {
    await enrolBoth(ada);
    await ada.signIn();
  }
  if (state === 'stale') {
    await enrolBoth(ada);
    server.clock.advance(301_000);
  }
  if (state === 'fresh') {
    await enrolBoth(ada);
    server.clock.advance(299_000);
  }
  if (state === 'recovery') {
    await enrolBoth(ada);
    await ada.signIn();
    await ada.send('POST', RECOVERY, { code: ada.codes[0] });
  }
  return { ada, server };
};

const operations: [string, (ada: Person) => Promise<{ status: number; body: { code?: string } }>][] = [
  ['add', (ada) => ada.send('GET', '/users/mfa/register/totp')],
  ['replace', (ada) => ada.send('GET', '/users/mfa/register/totp?replace=true')],
  ['add a passkey', (ada) => ada.makePasskey({}, {}, new SoftAuthenticator({ origin }))],
  [
    'rename a passkey',
    (ada) => ada.send('PUT', '/users/passkeys', { id: ada.passkeyId || crypto.randomUUID(), alias: 'Desk' }),
  ],
  [
    'remove a passkey',
    (ada) => ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId || crypto.randomUUID() }),
  ],
  ['remove', (ada) => ada.send('DELETE', `/users/mfa/${ada.deviceId || crypto.randomUUID()}`)],
  ['regenerate', (ada) => ada.send('POST', CODES)],
  [
    'persistent token by recovery code',
    (ada) => ada.send('POST', RECOVERY, { code: ada.codes[1] ?? 'x', createMfaToken: { singleUse: false } }),
  ],
  ['delete the user', (ada) => ada.send('DELETE', '/users')],
];

/** The table of the documentation: what each operation answers in each state. */
const table: Record<string, Record<State, number | string>> = {
  add: {
    'no token': 'not_signed_in',
    'waiting without factor': 200,
    'waiting with factor': 'insufficient_scope',
    stale: 'mfa_totp_already_enrolled',
    fresh: 'mfa_totp_already_enrolled',
    recovery: 'mfa_totp_already_enrolled',
  },
  replace: {
    'no token': 'not_signed_in',
    'waiting without factor': 200,
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 200,
    recovery: 200,
  },
  'add a passkey': {
    'no token': 'not_signed_in',
    'waiting without factor': 200,
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 200,
    recovery: 200,
  },
  'rename a passkey': {
    'no token': 'not_signed_in',
    'waiting without factor': 'insufficient_scope',
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 200,
    recovery: 'elevated_access_token_required',
  },
  'remove a passkey': {
    'no token': 'not_signed_in',
    'waiting without factor': 'insufficient_scope',
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 204,
    recovery: 'elevated_access_token_required',
  },
  remove: {
    'no token': 'not_signed_in',
    'waiting without factor': 'mfa_device_not_found',
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 204,
    recovery: 'elevated_access_token_required',
  },
  regenerate: {
    'no token': 'not_signed_in',
    'waiting without factor': 'insufficient_scope',
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 200,
    recovery: 'elevated_access_token_required',
  },
  'persistent token by recovery code': {
    'no token': 'not_signed_in',
    'waiting without factor': 'elevated_access_token_required',
    'waiting with factor': 'elevated_access_token_required',
    stale: 'elevated_access_token_required',
    fresh: 'elevated_access_token_required',
    recovery: 'elevated_access_token_required',
  },
  'delete the user': {
    'no token': 'not_signed_in',
    'waiting without factor': 'insufficient_scope',
    'waiting with factor': 'insufficient_scope',
    stale: 'elevated_access_token_required',
    fresh: 204,
    recovery: 'elevated_access_token_required',
  },
};

describe('S-26 who may change factors', () => {
  for (const [name, operate] of operations) {
    test.each(states)(`${name}: %s`, async (state) => {
      const { ada } = await inState(state);
      const answer = await operate(ada);
      expect(answer.status < 300 ? answer.status : answer.body.code).toBe(table[name]?.[state]);
    });
  }

  test('SECURITY.md says the same', () => {
    const lines = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8').split('\n');
    const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').map((cell) => cell.trim()));
    const documented = Object.keys(table).map((name) => rows.find((cells) => cells[1] === name)?.slice(2, -1));
    const held = Object.values(table).map((row) =>
      states.map((state) => (typeof row[state] === 'number' ? 'yes' : 'no')),
    );
    expect(documented).toEqual(held);
    expect(rows.some((cells) => cells.slice(2, -1).join() === states.join())).toBe(true);
  });

  test('a stolen old session does not enrol a first factor; signing in again does', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    server.clock.advance(301_000);
    const refused = await ada.beginTotp();
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'elevated_access_token_required', payload: { satisfiedBy: ['first_factor'] } },
    });
    await ada.signIn();
    expect((await ada.beginTotp()).status).toBe(200);
    // Begun in time, it may be finished later.
    server.clock.advance(420_000);
    expect((await ada.beginTotp()).status).toBe(200);
  });

  test('a single-use token stands in for a fresh proof, once', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', {
      id: ada.deviceId,
      code: ada.code(),
      createMfaToken: { singleUse: true },
    });
    // The codes are saved late: the token that enrolment asked for is minted now, the proof is old.
    server.clock.advance(301_000);
    const { body } = await ada.acknowledge();
    const headers = { 'x-mfa-auth-token': body.mfaToken ?? '' };
    expect((await ada.send('POST', CODES, undefined, { headers: { 'x-mfa-auth-token': 'mfa_x' } })).status).toBe(403);
    expect((await ada.send('POST', CODES, undefined, { headers })).status).toBe(200);
    expect((await ada.send('POST', CODES, undefined, { headers })).status).toBe(403);
  });

  test("nobody else's token does, nor a persistent one, which is never spent", async () => {
    const server = await startTestServer();
    const [ada, bob] = [new Person(server), new Person(server)];
    await ada.enrol();
    await bob.enrol();
    const { body } = await ada.authenticate({ createMfaToken: { singleUse: false } });
    server.clock.advance(301_000);
    const headers = { 'x-mfa-auth-token': body.mfaToken ?? '' };
    expect(body.mfaToken).toMatch(/^mfa_/);
    expect((await ada.send('POST', CODES, undefined, { headers })).status).toBe(403);
    expect((await bob.send('POST', CODES, undefined, { headers })).status).toBe(403);
  });

  test('a single-use token of a recovery code does not', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    const { body } = await ada.send('POST', RECOVERY, { code: ada.codes[0], createMfaToken: { singleUse: true } });
    const headers = { 'x-mfa-auth-token': body.mfaToken ?? '' };
    expect(body.mfaToken).toMatch(/^mfa_/);
    expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`, undefined, { headers })).status).toBe(403);
  });

  test('the last factor cannot go where the policy demands one', async () => {
    const server = await startTestServer({ policy: { enrollment: 'signup' } });
    const ada = new Person(server);
    await ada.enrol();
    const refused = await ada.send('DELETE', `/users/mfa/${ada.deviceId}`);
    expect(refused.body.code).toBe('mfa_last_factor_required');
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(1);
    expect((await ada.authenticate()).status).toBe(200);
  });
});

test("S-27 another user's device is as unknown as one that never was", async () => {
  const server = await startTestServer();
  const [ada, bob] = [new Person(server), new Person(server)];
  await ada.enrol();
  await bob.enrol();
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const foreign = await bob.send(method, `/users/mfa/${ada.deviceId}`);
    const unknown = await bob.send(method, `/users/mfa/${crypto.randomUUID()}`);
    expect(foreign).toMatchObject({ status: 404, body: unknown.body });
  }
  const code = ada.code(1);
  const foreign = await bob.send('POST', TOTP, { id: ada.deviceId, code });
  expect(foreign).toMatchObject({ status: 422, body: { code: 'mfa_invalid_code' } });
  expect((await ada.authenticate()).status).toBe(200);
});

describe('S-30 what counts as a full session', () => {
  const scopes: [string, string][] = [
    ['missing', ''],
    ['only waiting', 'requiresAdditionalAuth'],
    ['both', 'user:basic requiresAdditionalAuth'],
    ['both, the other way', 'requiresAdditionalAuth user:basic'],
    ['longer', 'user:basicx'],
    ['with a prefix', 'xuser:basic'],
    ['upper case', 'USER:BASIC'],
    ['mixed case', 'User:Basic'],
    ['NUL inside', 'user:\0basic'],
    ['NUL after', 'user:basic\0'],
    ['comma', 'user:basic,admin'],
    ['tab', 'user:basic\tadmin'],
    ['newline', 'user:basic\nadmin'],
    ['no-break space', 'user:basic\u00a0admin'],
    ['a list as text', '["user:basic"]'],
    ['an object as text', '{"scope":"user:basic"}'],
    ['a number as text', '1'],
    ['star', '*'],
    ['user', 'user'],
    ['prefix wildcard', 'user:*'],
    ['data form', 'userDataForm'],
    ['device', 'device:register'],
  ];
  const protectedRoutes: [string, string][] = [
    ['PUT', '/users'],
    ['DELETE', '/users'],
    ['PUT', '/users/mfa/x'],
    ['GET', CODES],
    ['POST', CODES],
    ['PUT', '/users/passkeys'],
    ['DELETE', '/users/passkeys'],
  ];

  /** A store in which every session has this scope, whatever was written. */
  const withScope = (scope: unknown): Store => {
    const store = memoryStore();
    return {
      ...store,
      findSession: async (sid) => {
        const session = await store.findSession(sid);
        return session && { ...session, scope: scope as string };
      },
    };
  };

  test.each(scopes)('not this: %s', async (_name, scope) => {
    const server = await startTestServer({ store: withScope(scope) });
    const ada = new Person(server);
    await ada.signIn();
    for (const [method, path] of protectedRoutes) {
      const answer = await ada.send(method, path, method === 'PUT' ? {} : undefined);
      expect(answer).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    }
    const check = await server.mfa.requireSession(
      new Request('https://api.test/mine', { headers: { authorization: `Bearer ${ada.token}` } }),
    );
    expect(check.ok).toBe(false);
    expect(() => (check as unknown as { session: unknown }).session).toThrow();
  });

  test.each([
    ['a number', 7],
    ['a list', ['user:basic']],
    ['null', null],
    ['undefined', undefined],
    ['true', true],
  ])('nor what is no text at all: %s', async (_name, scope) => {
    const server = await startTestServer({ store: withScope(scope) });
    const ada = new Person(server);
    await ada.signIn();
    for (const [method, path] of protectedRoutes) {
      expect((await ada.send(method, path, method === 'PUT' ? {} : undefined)).status).toBe(403);
    }
  });

  test.each(['user:basic', 'user:basic other', 'other user:basic', ' user:basic  other '])(
    'but this: "%s"',
    async (scope) => {
      const server = await startTestServer({ store: withScope(scope) });
      const ada = new Person(server);
      await ada.signIn();
      expect((await ada.send('PUT', '/users', {})).status).toBe(200);
      const check = await server.mfa.requireSession(
        new Request('https://api.test/mine', { headers: { authorization: `Bearer ${ada.token}` } }),
      );
      expect(check).toMatchObject({ ok: true, session: { email: ada.email } });
    },
  );
});

describe('S-32 a session that waits for its second factor', () => {
  test('is told what it needs to choose a factor, and nothing that names anything', async () => {
    const store = memoryStore();
    const named: Store = {
      ...store,
      listTotpDevices: async (userId) =>
        (await store.listTotpDevices(userId)).map((device) => ({ ...device, alias: 'Ada’s secret phone' })),
    };
    const server = await startTestServer({ store: named });
    const ada = new Person(server);
    await ada.enrol();
    expect(JSON.stringify((await ada.send('GET', '/users/mfa')).body)).toContain('secret phone');
    await ada.signIn();
    for (const path of [
      '/users/mfa',
      '/users/mfa/methods',
      `/users/mfa/${ada.deviceId}`,
      '/users/passkeys',
      '/users',
    ]) {
      const answer = await ada.send('GET', path);
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain('secret phone');
    }
    const refused = [
      ['PUT', '/users'],
      ['DELETE', '/users'],
      ['PUT', `/users/mfa/${ada.deviceId}`],
      ['DELETE', `/users/mfa/${ada.deviceId}`],
      ['GET', CODES],
      ['POST', CODES],
      ['GET', '/users/mfa/register/totp'],
      ['GET', '/users/mfa/register/totp?replace=true'],
    ] as const;
    for (const [method, path] of refused) {
      const answer = await ada.send(method, path, method === 'PUT' ? {} : undefined);
      expect(answer).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    }
  });

  test('no answer of its may be kept by a cache', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    for (const path of ['/users', '/users/mfa', '/users/mfa/methods', '/settings']) {
      const response = await server.request('GET', path, { token: ada.token, headers: { 'if-none-match': '*' } });
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect((await read(response)).status).toBe(200);
    }
  });
});

describe('S-33 who is challenged', () => {
  test.each(['none', 'action', 'signup'] as const)(
    'whoever has a verified factor, where enrolment is %s',
    async (enrollment) => {
      const ada = new Person(await startTestServer({ policy: { enabled: true, enrollment } }));
      await ada.enrol();
      expect((await ada.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    },
  );

  test('also after the method was switched off: a policy change takes no factor from anybody', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await server.mfa.admin.updatePolicy({ methods: [{ type: 'totp', enabled: false }] });
    expect((await ada.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    expect((await ada.authenticate()).body.user?.scope).toBe('user:basic');
    const bob = new Person(server);
    await bob.signIn();
    expect((await bob.beginTotp()).body.code).toBe('mfa_method_disabled');
  });

  test('the proof of the first factor is never taken as the second', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    const mail = server.mails.at(-1);
    for (const path of [TOTP, RECOVERY]) {
      expect((await ada.send('POST', path, { code: mail?.code })).body.code).toBe('mfa_invalid_code');
    }
    expect((await ada.send('POST', '/refresh')).body.user?.scope).toBe('requiresAdditionalAuth');
  });

  test('nobody without a factor where it is optional; everybody where it is required', async () => {
    const optional = new Person(await startTestServer());
    expect((await optional.signIn()).body.user?.scope).toBe('user:basic');
    const required = new Person(await startTestServer({ policy: { enabled: false, enrollment: 'signup' } }));
    expect((await required.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    await required.enrol();
    expect((await required.signIn()).body.user?.scope).toBe('user:basic');
  });
});
