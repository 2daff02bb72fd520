/** What every route has in common: who it answers, with which headers, and what the API document says of it. S-50, S-55, S-57, S-58. */
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../src/wire/errorCodes.js';
import { Person, read } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer, type TestServer } from '../support/server.js';

/** The documented list (contract §5.3 to §5.5): what this slice answers, and nothing else. */
const documented = [
  'GET /settings',
  'POST /sdkSettings',
  'GET /nonce',
  'GET /nonces',
  'GET /healthcheck',
  'GET /.well-known/jwks',
  'GET /.well-known/jwks.json',
  'POST /emailVerifications/create',
  'POST /emailVerifications/retry',
  'POST /emailVerifications/signin',
  'POST /emailVerifications/verify',
  'POST /externalAuth/signin',
  'POST /externalAuth/verify',
  'POST /stepUp/check',
  'GET /users',
  'PUT /users',
  'DELETE /users',
  'POST /refresh',
  'POST /revoke',
  'GET /session',
  'GET /users/mfa',
  'GET /users/mfa/methods',
  'GET /users/mfa/waiting',
  'GET /users/passkeys',
  'PUT /users/passkeys',
  'DELETE /users/passkeys',
  'GET /users/passkeys/register',
  'POST /users/passkeys/register',
  'GET /users/passkeys/authenticate',
  'GET /users/passkeys/signin',
  'POST /users/passkeys/signin',
  'GET /users/mfa/register/passkey',
  'POST /users/mfa/register/passkey',
  'POST /users/mfa/auth/passkey',
  'GET /users/mfa/{id}',
  'PUT /users/mfa/{id}',
  'DELETE /users/mfa/{id}',
  'GET /users/mfa/register/totp',
  'POST /users/mfa/register/totp',
  'POST /users/mfa/auth/totp',
  'POST /users/mfa/auth/recovery',
  'POST /users/mfa/auth/email',
  'GET /users/mfa/recovery',
  'POST /users/mfa/recovery',
];

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: { type: string } }[];
  security?: unknown[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, unknown>;
  'x-access': string;
}
interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

const readDocument = async (server: TestServer): Promise<ApiDocument> =>
  (await (await server.mfa.fetch(new Request(`${baseUrl}/openapi.json`))).json()) as ApiDocument;

const operationsOf = (document: ApiDocument) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

const toPath = (path: string) => path.replace(/^.*\/sdk\/\{environmentId\}/, '').replace('{id}', crypto.randomUUID());

const protection = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const expectProtected = (response: { headers: Headers }) => {
  for (const [name, value] of Object.entries(protection)) expect(response.headers.get(name)).toBe(value);
  expect(response.headers.get('x-dyn-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('vary')).toContain('Origin');
};

describe('the API document', () => {
  test('S-57 lists the documented routes and no other', async () => {
    const document = await readDocument(await startTestServer());
    expect(document.openapi).toBe('3.1.0');
    const listed = operationsOf(document).map(
      ({ method, path }) => `${method} ${path.replace(/^.*\{environmentId\}/, '')}`,
    );
    expect(listed.toSorted()).toEqual(documented.toSorted());
  });

  test('describes the body and the answer of a route by its schemas', async () => {
    const document = await readDocument(await startTestServer());
    const route = document.paths['/api/v0/sdk/{environmentId}/users/mfa/auth/totp']?.post;
    expect(route?.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['code'],
      properties: { code: { type: 'string' }, createMfaToken: { type: 'object' } },
    });
    expect(Object.keys(route?.responses ?? {})).toEqual(['200', 'default']);
  });

  test('names the parameters of a route: where, of which type, and whether it can do without', async () => {
    const { paths } = await readDocument(await startTestServer());
    const of = (path: string) =>
      Object.fromEntries(
        (paths[`/api/v0/sdk/{environmentId}${path}`]?.get?.parameters ?? [])
          .filter((parameter) => parameter.in === 'query')
          .map(({ name, required = false, schema }) => [name, `${schema.type}${required ? '' : '?'}`]),
      );
    expect(of('/settings')).toEqual({ sdkVersion: 'string?' });
    expect(of('/nonces')).toEqual({ count: 'integer?' });
    expect(of('/users/mfa/methods')).toEqual({ verifiedOnly: 'boolean?' });
    expect(of('/users/mfa/register/totp')).toEqual({ replace: 'boolean?' });
    for (const path of ['/users/passkeys/register', '/users/passkeys/authenticate', '/users/passkeys/signin']) {
      expect(of(path)).toEqual({ relatedOriginRpId: 'string?' });
    }
    const inPath = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map(({ parameters = [] }) => [
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      ]),
    );
    for (const [named, described] of inPath) expect(described).toEqual(named);
  });

  test('says of each route who may call it, and the router does as it says', async () => {
    const server = await startTestServer();
    for (const { method, path, operation } of operationsOf(await readDocument(server))) {
      const body = method === 'POST' || method === 'PUT' ? {} : undefined;
      const answer = await read(await server.request(method, toPath(path), { body }));
      if (operation['x-access'] === 'open') expect(answer.body.code).not.toBe('not_signed_in');
      else expect(answer).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    }
  });
});

describe('every reply', () => {
  const strange = [
    ['another environment', 'GET', `${baseUrl}/sdk/99999999-2222-4333-8444-555555555555/users`],
    ['an unknown path', 'GET', `${baseUrl}/sdk/${environmentId}/nowhere`],
    ['a path outside the API', 'GET', 'https://api.test/'],
    ['another method', 'PATCH', `${baseUrl}/sdk/${environmentId}/users`],
    ['OPTIONS', 'OPTIONS', `${baseUrl}/sdk/${environmentId}/users`],
    ['HEAD', 'HEAD', `${baseUrl}/sdk/${environmentId}/settings`],
    ['the API document', 'GET', `${baseUrl}/openapi.json`],
  ];
  test.each(strange)('S-58 is protected by its headers: %s', async (_name, method, url) => {
    const server = await startTestServer();
    expectProtected(await server.mfa.fetch(new Request(url ?? '', { method })));
  });

  test('S-58 is protected by its headers on every route, good or refused, and S-50 its code is a documented one', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    for (const { method, path } of operationsOf(await readDocument(server))) {
      for (const body of [undefined, {}, { code: 7 }, [], 'not json', { code: 'x'.repeat(2000) }]) {
        if (body !== undefined && method === 'GET') continue;
        const response = await server.request(method, toPath(path), { token: ada.token, body });
        expectProtected(response);
        const answer = await read(response);
        expect(answer.status).toBeLessThan(500);
        if (answer.status < 400) continue;
        expect(Object.keys(errorCodes)).toContain(answer.body.code);
        expect(answer.status).toBe(errorCodes[answer.body.code ?? 'server_error']);
        expect(typeof answer.body.error).toBe('string');
        if (answer.status === 400) expect(answer.body.payload?.field).toBeTruthy();
      }
      if (path.endsWith('/users') || path.endsWith('/revoke')) await ada.signInFully();
    }
    expect(server.errors).toEqual([]);
  });
});

describe('methods', () => {
  test('S-57 a route refuses methods it does not know and lists those it does', async () => {
    const server = await startTestServer();
    for (const path of ['/users/mfa/recovery', '/users/mfa/methods', '/users/mfa/auth/totp', '/users', '/settings']) {
      const answer = await read(await server.request('PATCH', path));
      expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
      expect(answer.headers.get('allow')).toContain('OPTIONS');
    }
    expect((await server.request('DELETE', '/users/mfa/recovery')).status).toBe(405);
  });

  test('S-57 HEAD changes nothing: the begin routes do not answer it', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    for (const path of [
      '/users/mfa/register/totp',
      '/users/mfa/register/passkey',
      '/users/passkeys/register',
      '/users/passkeys/authenticate',
      '/users/passkeys/signin',
    ]) {
      expect((await server.request('HEAD', path, { token: ada.token })).status).toBe(405);
    }
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(0);
    const head = await server.request('HEAD', '/users', { token: ada.token });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});

describe('cross-origin', () => {
  const strangers = [
    'null',
    'https://app.test.evil.example',
    'https://evil.example',
    'http://app.test',
    'https://app.test:8443',
    'https://app.test/',
    'https://App.test',
    'https://sub.app.test',
    'https://app.tes',
    'https://xapp.test',
    'https://app.test@evil.example',
    'https://app.test%00',
    'https://app.test,https://evil.example',
    'https://app.test https://evil.example',
    '*',
    'https://*',
    'file://',
    'chrome-extension://abc',
    'https://127.0.0.1',
    'https://xn--pp-test-qxa.test',
  ];
  test.each(strangers)('S-55 %s is told nothing', async (stranger) => {
    const server = await startTestServer();
    for (const method of ['OPTIONS', 'GET']) {
      const response = await server.request(method, '/settings', { headers: { origin: stranger } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('access-control-allow-headers')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  /** Contract §5.1, and what this kit's own client sends besides. */
  const sent = [
    'content-type',
    'authorization',
    'x-dyn-version',
    'x-dyn-api-version',
    'x-dyn-request-id',
    'x-dyn-session-id',
    'x-dynamic-platform',
    'x-dyn-session-public-key',
    'x-dyn-is-global-wallet-popup',
    'x-dyn-device-fingerprint',
    'x-dynamic-device-nonce',
    'x-dynamic-device-publickey',
    'x-dynamic-device-signed-nonce',
    'x-mfa-auth-token',
    'x-dyn-elevated-access-token',
    'x-dynamic-device-registration-token',
    'idempotency-key',
  ];
  test.each(sent)('a listed origin may send %s, to a route there is and to one there is not', async (header) => {
    const server = await startTestServer();
    for (const path of ['/users/mfa/auth/totp', '/users/check', '/deviceRegistrations', '/smsVerifications/create']) {
      const preflight = await server.request('OPTIONS', path, {
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': header },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      expect(preflight.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
      const allowed = preflight.headers.get('access-control-allow-headers') ?? '';
      expect(allowed.split(', ')).toContain(header);
    }
  });

  test('S-55 a listed origin may read answers, without credentials, and ask for ten minutes at most', async () => {
    const server = await startTestServer();
    const preflight = await server.request('OPTIONS', '/users/mfa/auth/totp', { headers: { origin } });
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect(Number(preflight.headers.get('access-control-max-age'))).toBeLessThanOrEqual(600);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    for (const name of ['authorization', 'content-type', 'x-mfa-auth-token', 'idempotency-key', 'x-dyn-version']) {
      expect(preflight.headers.get('access-control-allow-headers')).toContain(name);
    }
    const refused = await server.request('GET', '/users', { headers: { origin } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });
});
