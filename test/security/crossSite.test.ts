/** Threat: a page of another site rides on the session cookie, or reads a token. S-56 and the browser model of D11. */
import { describe, expect, test } from 'vitest';
import { read } from '../support/person.js';
import { environmentId, origin, startTestServer, type TestServer } from '../support/server.js';

const sameOrigin = { origin, 'sec-fetch-site': 'same-origin' };
const cookieName = `__Host-mfa_${environmentId}`;

const startInCookieMode = (changes = {}) =>
  startTestServer({ sessionTransport: 'cookie', baseUrl: `${origin}/api/v0`, ...changes });

const signIn = async (server: TestServer) => {
  const sent = await server.request('POST', '/emailVerifications/create', {
    body: { email: 'ada@example.com' },
    headers: sameOrigin,
  });
  const { verificationUUID } = (await read(sent)).body;
  const body = { verificationUUID, verificationToken: server.mails.at(-1)?.code };
  const response = await server.request('POST', '/emailVerifications/signin', { body, headers: sameOrigin });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return { setCookie, cookie: setCookie.split(';')[0] ?? '', answer: await read(response) };
};

describe('the cookie', () => {
  test('is bound to this host over https, unreadable by scripts, and never sent along by other sites', async () => {
    const { setCookie, answer } = await signIn(await startInCookieMode());
    expect(setCookie).toMatch(new RegExp(`^${cookieName}=[^;]+; `));
    for (const attribute of ['Path=/', 'HttpOnly', 'SameSite=Strict', 'Secure', 'Max-Age=86400']) {
      expect(setCookie.split('; ')).toContain(attribute);
    }
    expect(setCookie).not.toContain('Domain');
    expect(answer.body.user?.scope).toBe('user:basic');
    expect(answer.body.jwt).toBeUndefined();
    expect(answer.body.minifiedJwt).toBeUndefined();
  });

  test('on http://localhost goes without Secure and prefix, which Safari would drop', async () => {
    const server = await startInCookieMode({
      baseUrl: 'http://localhost:5173/api/v0',
      origins: ['http://localhost:5173'],
    });
    const headers = { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' };
    const sent = await server.request('POST', '/emailVerifications/create', {
      body: { email: 'ada@example.com' },
      headers,
    });
    const body = { ...(await read(sent)).body, verificationToken: server.mails[0]?.code };
    const { headers: answered } = await server.request('POST', '/emailVerifications/signin', { body, headers });
    expect(answered.get('set-cookie')).toMatch(new RegExp(`^mfa_${environmentId}=`));
    expect(answered.get('set-cookie')).not.toContain('Secure');
  });

  test('is good past the expiry of the token in it, while its session lives', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    server.clock.advance(50 * 60_000);
    expect(
      (await server.request('GET', '/users', { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status,
    ).toBe(200);
    server.clock.advance(3_600_001);
    const gone = await server.request('GET', '/users', { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    expect((await read(gone)).body.code).toBe('session_expired');
    expect(gone.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  test('is taken away by signing out', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    const out = await server.request('POST', '/revoke', { headers: { ...sameOrigin, cookie } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(new RegExp(`^${cookieName}=; .*Max-Age=0`));
  });

  test('beside an Authorization header is one credential too many', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    const token = cookie.slice(cookie.indexOf('=') + 1);
    const answer = await read(
      await server.request('GET', '/users', { token, headers: { cookie, 'sec-fetch-site': 'same-origin' } }),
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'two_credentials' } });
  });

  test('is nobody’s session in bearer mode', async () => {
    const cookies = await startInCookieMode();
    const { cookie } = await signIn(cookies);
    const bearer = await startInCookieMode({ sessionTransport: 'bearer', store: cookies.options.store });
    expect((await read(await bearer.request('GET', '/users', { headers: { cookie } }))).body.code).toBe(
      'not_signed_in',
    );
  });
});

describe('S-56 what another site could have caused', () => {
  const refused: [string, number, Record<string, string>][] = [
    ['a cross-site request', 403, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a cross-site request with a listed origin', 403, { origin, 'sec-fetch-site': 'cross-site' }],
    ['a sibling subdomain', 403, { origin: 'https://blog.app.test', 'sec-fetch-site': 'same-site' }],
    ['a sibling that claims a listed origin', 403, { origin, 'sec-fetch-site': 'same-site' }],
    ['no origin', 403, { 'sec-fetch-site': 'same-origin' }],
    ['no origin in an old browser', 403, {}],
    ['another origin in an old browser', 403, { origin: 'https://evil.example' }],
    ['a sandboxed frame', 403, { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['origin null in an old browser', 403, { origin: 'null' }],
    ['another port', 403, { origin: `${origin}:8443` }],
    ['an address typed by hand', 403, { 'sec-fetch-site': 'none' }],
    ['an invented site', 403, { origin, 'sec-fetch-site': 'galaxy' }],
    ['a form', 415, { ...sameOrigin, 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', 415, { ...sameOrigin, 'content-type': 'text/plain' }],
    ['plain text that says json', 415, { ...sameOrigin, 'content-type': 'text/plain; application/json' }],
    ['a file upload', 415, { ...sameOrigin, 'content-type': 'multipart/form-data; boundary=x' }],
    ['no type', 415, { ...sameOrigin, 'content-type': '' }],
    ['host equal to the stranger', 403, { origin: 'https://evil.example', host: 'evil.example' }],
  ];
  const changes: [string, string, unknown][] = [
    ['PUT', '/users', { firstName: 'Mallory' }],
    ['POST', '/revoke', {}],
    ['DELETE', '/users', {}],
    ['POST', '/users/mfa/auth/totp', { code: '000000' }],
  ];
  test.each(refused)('%s: %i, and nothing changes', async (_name, status, headers) => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    for (const [method, path, body] of changes) {
      const answer = await read(
        await server.request(method, path, {
          body,
          headers: { 'content-type': 'application/json', ...headers, cookie },
        }),
      );
      expect(answer.status).toBe(status);
    }
    const still = await read(
      await server.request('GET', '/users', { headers: { cookie, 'sec-fetch-site': 'same-origin' } }),
    );
    expect(still).toMatchObject({ status: 200, body: { email: 'ada@example.com' } });
    expect(still.body.firstName).toBeUndefined();
    const methods = await read(await server.request('GET', '/users/mfa/methods', { headers: { cookie } }));
    expect(methods.body.factors?.totp.lockedUntil).toBeNull();
  });

  test('nor does it sign anybody in, or begin an enrolment', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    const crossSite = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const sent = await server.request('POST', '/emailVerifications/create', {
      body: { email: 'm@example.com' },
      headers: crossSite,
    });
    expect(sent.status).toBe(403);
    expect(server.mails).toHaveLength(1);
    for (const headers of [crossSite, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'cross-site' }]) {
      const begun = await server.request('GET', '/users/mfa/register/totp', { headers: { ...headers, cookie } });
      expect(begun.status).toBe(403);
    }
    expect((await read(await server.request('GET', '/users/mfa', { headers: { cookie } }))).body.count).toBe(0);
  });

  test('a same-origin page may, with and without Fetch-Metadata', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    for (const headers of [sameOrigin, { origin }] as Record<string, string>[]) {
      const answer = await server.request('PUT', '/users', {
        body: { firstName: 'Ada' },
        headers: { ...headers, cookie },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toContain(cookieName);
    }
    expect((await server.request('GET', '/users', { headers: { cookie } })).status).toBe(200);
  });

  test('a guarded route of the application is held to the same', async () => {
    const server = await startInCookieMode();
    const { cookie } = await signIn(server);
    const ask = (method: string, headers: Record<string, string>) =>
      server.mfa.requireSession(new Request(`${origin}/transfer`, { method, headers: { cookie, ...headers } }));
    expect((await ask('POST', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).ok).toBe(false);
    expect((await ask('POST', {})).ok).toBe(false);
    expect((await ask('POST', sameOrigin)).ok).toBe(true);
    expect((await ask('GET', { 'sec-fetch-site': 'same-origin' })).ok).toBe(true);
  });
});

describe('bodies', () => {
  test('over 64 KB are refused, whether or not their length is told', async () => {
    const server = await startTestServer();
    const big = JSON.stringify({ email: 'a'.repeat(70_000) });
    const told = await read(await server.request('POST', '/emailVerifications/create', { body: big }));
    expect(told).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('x'.repeat(16_384)));
      },
    });
    const streamed = await server.mfa.fetch(
      new Request(`${server.options.baseUrl}/sdk/${environmentId}/emailVerifications/create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: stream,
        duplex: 'half',
      } as RequestInit),
    );
    expect(streamed.status).toBe(413);
  });

  test('that are not JSON or not UTF-8 are refused with the field at fault', async () => {
    const server = await startTestServer();
    for (const body of ['{', 'nul', '{"email":}', '\u0000']) {
      const answer = await read(await server.request('POST', '/emailVerifications/create', { body }));
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', payload: { field: 'body' } } });
    }
    const latin1 = await server.mfa.fetch(
      new Request(`${server.options.baseUrl}/sdk/${environmentId}/emailVerifications/create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Uint8Array([0x22, 0xe9, 0x22]),
      }),
    );
    expect(latin1.status).toBe(400);
  });

  test.each(['__proto__', 'constructor', 'prototype'])('cannot reach what all objects share: %s', async (name) => {
    const server = await startTestServer();
    const body = `{"${name}":{"polluted":true,"email":"a@example.com"},"email":"b@example.com"}`;
    const answer = await server.request('POST', '/emailVerifications/create', { body });
    expect([200, 400]).toContain(answer.status);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect((await server.request('POST', '/emailVerifications/create', { body: deep })).status).toBe(400);
  });
});
