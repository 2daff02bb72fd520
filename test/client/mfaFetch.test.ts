// Threats: a token goes somewhere it does not belong (C-01), outlives its use (C-02), or a server keeps asking (S-60).
import {
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  createMfaClient,
  MfaApiError,
  MfaCancelledError,
  type MfaFetchInit,
  type MfaPrompt,
  mfaFetch,
  setPrompter,
} from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { baseUrl, environmentId, startTestServer } from '../support/server.js';
import { createTreasury, treasuryUrl } from '../support/treasury.js';

const policy = {
  actions: [
    { action: 'treasury.look', required: true, tokenBehavior: 'time_bound' as const },
    { action: 'treasury.send', required: true, tokenBehavior: 'single_use' as const },
    { action: 'treasury.free', required: false },
  ],
};
const OURS = ['authorization', 'x-mfa-auth-token', 'x-dyn-elevated-access-token'];
const demand = () =>
  refusal(401, 'insufficient_user_authentication', { action: 'treasury.send', tokenBehavior: 'single_use' });

/** Somebody with an authenticator app, who gives a code whenever they are asked. */
const start = async () => {
  const server = await startTestServer({ policy });
  const treasury = createTreasury(server);
  const on = await createClientOn({ on: server, through: treasury.fetch });
  await on.signIn();
  const { secret, codes } = await on.enrol();
  const prompts: MfaPrompt[] = [];
  const prove = async ({ action, payload, challengeId, createMfaToken }: MfaPrompt) => {
    server.clock.advance(30_000);
    const asked = { mfaAction: action, payload, challengeId, createMfaToken };
    return (await authenticateTotpMfaDevice({ code: on.code(secret), ...asked }, on.client)).mfaToken;
  };
  setPrompter(async (prompt) => {
    prompts.push(prompt);
    return prove(prompt);
  }, on.client);
  on.wire.sent.length = 0;
  const call = (path: string, init?: MfaFetchInit) => mfaFetch(`${treasuryUrl}/${path}`, init, on.client);
  return { ...on, server, treasury, secret, codes, prompts, prove, call };
};
const post = (body: object, init?: MfaFetchInit): MfaFetchInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  ...init,
});

describe('where headers go', () => {
  const trusted: [string, string][] = [
    ['the API itself', `${baseUrl}/sdk/${environmentId}/users`],
    ['another path of its origin', 'https://api.test/treasury/free'],
    ['its origin with the port spelled out', 'https://api.test:443/treasury/free'],
    ['its origin in capitals', 'HTTPS://API.TEST/treasury/free'],
    ['an origin on the list', 'https://pay.test:8443/free'],
  ];
  const foreign: [string, string][] = [
    ['another host', 'https://evil.test/'],
    ['a subdomain', 'https://x.api.test/'],
    ['a parent domain', 'https://test/'],
    ['a host that begins alike', 'https://api.test.evil.test/'],
    ['a host that ends alike', 'https://evil-api.test/'],
    ['another port', 'https://api.test:8443/'],
    ['another scheme', 'http://api.test/'],
    ['another port of a listed host', 'https://pay.test/'],
    ['a trailing dot', 'https://api.test./'],
    ['a backslash after the scheme', String.raw`https:\\evil.test\@api.test/`],
    ['a backslash before an @', String.raw`https://evil.test\@api.test/`],
    ['the API in the path', 'https://evil.test/https://api.test/'],
    ['the API in the query', 'https://evil.test/?https://api.test'],
    ['the API in the fragment', 'https://evil.test/#@api.test/'],
    ['a look-alike letter', 'https://аpi.test/'],
    ['a tab in the host', 'https://api.test\t.evil.test/'],
    ['an encoded dot', 'https://api%2Etest.evil.test/'],
    ['text', 'data:text/plain,api.test'],
    ['a blob of the same origin', 'blob:https://api.test/5f0c7a6e-2f0f-4a6e-9d0c-0a4b5f6c7d8e'],
  ];
  const impossible: [string, string][] = [
    ['a name before the host', 'https://api.test@evil.test/'],
    ['a name and a password before our host', 'https://a:b@api.test/'],
    ['no scheme, where there is no page', '//evil.test/'],
    ['a path alone, where there is no page', '/treasury/free'],
  ];

  const proven = async () => {
    const on = await start();
    const reached: Request[] = [];
    const sent: Request[] = [];
    const client = createMfaClient({
      environmentId,
      apiBaseUrl: baseUrl,
      protectedOrigins: ['https://pay.test:8443'],
      fetch: async (request) => {
        sent.push(request);
        if (!request.url.includes('/sdk/')) reached.push(request);
        return request.url.includes('/sdk/') ? on.treasury.fetch(request) : Response.json({});
      },
      storage: { getItem: () => on.client.token, setItem: () => undefined, removeItem: () => undefined },
    });
    const token = await on.prove({ action: 'treasury.send', createMfaToken: { singleUse: false } });
    await mfaFetch('https://api.test/warm', {}, client);
    await authenticateTotpMfaDevice(
      {
        code: (on.server.clock.advance(30_000), on.code(on.secret)),
        createMfaToken: { singleUse: false },
        mfaAction: 'treasury.send',
      },
      client,
    );
    reached.length = sent.length = 0;
    return { client, reached, sent, token };
  };
  const headersOf = (request: Request | undefined) => OURS.map((name) => request?.headers.get(name) ?? null);
  const mfa = { action: 'treasury.send' };

  test.each(trusted)('to %s: with the session, and a redirect is an error', async (_, url) => {
    const { client, sent } = await proven();
    await mfaFetch(url, { mfa }, client);
    const [authorization, token] = headersOf(sent.at(-1));
    expect(authorization).toBe(`Bearer ${client.token}`);
    expect(token).toMatch(/^mfa_/);
    expect(sent.at(-1)?.redirect).toBe('error');
  });

  test.each(foreign)('to %s: nothing of ours', async (_, url) => {
    for (const shape of ['text', 'URL', 'Request'] as const) {
      const { client, sent } = await proven();
      const input = shape === 'text' ? url : shape === 'URL' ? new URL(url) : new Request(url);
      await mfaFetch(input, { mfa }, client).catch(() => undefined);
      for (const request of sent) expect(headersOf(request), shape).toEqual([null, null, null]);
      expect(sent).toHaveLength(1);
      expect(client.mfaToken).not.toBeNull();
    }
  });

  test.each(impossible)('to %s: not sent at all', async (_, url) => {
    const { client, sent } = await proven();
    await expect(mfaFetch(url, { mfa }, client)).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });

  test('what the caller takes along by mistake stays here as well, and only that', async () => {
    const { client, reached } = await proven();
    const headers = { 'x-mfa-auth-token': 'mfa_x', 'x-dyn-elevated-access-token': 'e', 'x-own': '1' };
    await mfaFetch('https://evil.test/', { headers: { ...headers, authorization: `Bearer ${client.token}` } }, client);
    await mfaFetch('https://other.test/', { headers: { authorization: 'Bearer theirs' } }, client);
    expect(reached.map(headersOf)).toEqual([
      [null, null, null],
      ['Bearer theirs', null, null],
    ]);
    expect(reached[0]?.headers.get('x-own')).toBe('1');
  });

  test('another origin that asks for a proof is answered by nobody', async () => {
    const { client, wire, prompts } = await start();
    wire.answer('GET /', demand);
    expect((await mfaFetch('https://evil.test/', {}, client)).status).toBe(401);
    expect(prompts).toEqual([]);
  });

  test.each(['https://pay.test/api', 'pay.test', '*', 'https://*.test', 'file:///x', 'null'])(
    'the list takes no %s',
    async (entry) => {
      const client = createMfaClient({ environmentId, apiBaseUrl: baseUrl, protectedOrigins: [entry] });
      const sending = mfaFetch('https://api.test/', {}, client);
      if (entry === 'https://*.test') await expect(sending).rejects.toThrow();
      else await expect(sending).rejects.toMatchObject({ code: 'invalid_argument' });
    },
  );

  test.each([301, 302, 303, 307, 308])('a redirect by %i to another origin is not followed', async (status) => {
    const { createServer } = await import('node:http');
    const seen: (string | undefined)[] = [];
    const evil = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    const api = createServer((_request, response) => {
      const { port } = evil.address() as { port: number };
      response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end();
    });
    const portOf = async (server: typeof api): Promise<number> => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as { port: number }).port;
    };
    await portOf(evil);
    const origin = `http://127.0.0.1:${await portOf(api)}`;
    const { client: signedIn } = await start();
    const client = createMfaClient({
      environmentId,
      apiBaseUrl: origin,
      storage: { getItem: () => signedIn.token, setItem: () => undefined, removeItem: () => undefined },
    });
    await expect(mfaFetch(`${origin}/treasury`, { method: 'POST', body: 'x' }, client)).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
    api.close();
    evil.close();
  });
});

describe('a demand for a proof', () => {
  test('prompts once, and the same request is sent once more with the token', async () => {
    const { call, treasury, prompts, client } = await start();
    const response = await call('send', post({ amount: 1 }, { headers: { 'x-own': '1' } }));
    expect(await response.json()).toMatchObject({ number: 1, factor: 'totp', body: { amount: 1 } });
    expect(prompts).toEqual([
      expect.objectContaining({ action: 'treasury.send', minLevel: 'recovery', createMfaToken: { singleUse: true } }),
    ]);
    expect(treasury.calls.map(({ headers }) => [headers.get('x-own'), headers.has('x-mfa-auth-token')])).toEqual([
      ['1', false],
      ['1', true],
    ]);
    expect(client.mfaToken).toBeNull();
  });

  test('keeps the body whatever it is made of', async () => {
    const { call, treasury } = await start();
    const text = JSON.stringify({ amount: 7 });
    const stream = () => new Blob([text]).stream();
    const bodies: [BodyInit, object?][] = [
      [text],
      [new Blob([text])],
      [new TextEncoder().encode(text)],
      [stream(), { duplex: 'half' }],
    ];
    for (const [body, more] of bodies) expect((await call('send', { method: 'POST', body, ...more })).ok).toBe(true);
    const request = new Request(`${treasuryUrl}/send`, { method: 'POST', body: text });
    expect((await call('send', post({ amount: 7 }))).ok).toBe(true);
    expect(request.bodyUsed).toBe(false);
    expect(treasury.done.map(({ body }) => body)).toEqual(Array.from({ length: 5 }, () => ({ amount: 7 })));
  });

  test('binds the proof to the payload the server named, though only the server knows it', async () => {
    const { call, prompts, treasury } = await start();
    const bound = { amount: '5', to: 'ada' };
    expect((await call('send', post({ bound }))).ok).toBe(true);
    expect(prompts[0]).toMatchObject({ challengeId: expect.any(String), payload: undefined, summary: 'As agreed' });
    expect(treasury.done).toHaveLength(1);
  });

  test('binds it to the payload the caller named, in whatever order', async () => {
    const { call, prompts } = await start();
    const mfa = { action: 'treasury.send', payload: { to: 'ada', amount: '5' } };
    expect((await call('send', post({ bound: { amount: '5', to: 'ada' } }, { mfa }))).ok).toBe(true);
    expect(prompts[0]).toMatchObject({ payload: mfa.payload, challengeId: undefined });
  });

  test('a proof of another payload than the server acts on is reported, not asked for again', async () => {
    const { call, prompts, treasury } = await start();
    const mfa = { action: 'treasury.send', payload: { amount: '1' } };
    await expect(call('send', post({ bound: { amount: '9' } }, { mfa }))).rejects.toMatchObject({
      code: 'insufficient_user_authentication',
    });
    expect(prompts).toHaveLength(1);
    expect(treasury.done).toEqual([]);
  });

  test('is met by a stored token that lasts, without asking again', async () => {
    const { call, prompts, treasury } = await start();
    for (let turn = 0; turn < 3; turn++) expect((await call('look')).ok).toBe(true);
    expect(prompts).toHaveLength(1);
    expect(treasury.calls).toHaveLength(6);
    await call('look', { mfa: { action: 'treasury.look' } });
    expect(treasury.calls).toHaveLength(7);
  });

  test('is met at once by an elevated access token of the action', async () => {
    const server = await startTestServer({
      policy: { actions: [{ action: 'treasury.look', required: true, scope: 'treasury:look' }] },
    });
    const treasury = createTreasury(server);
    const on = await createClientOn({ on: server, through: treasury.fetch });
    await on.signIn();
    const { secret } = await on.enrol();
    const requestedScopes = ['treasury:look' as never];
    await authenticateTotpMfaDevice({ code: on.code(secret), requestedScopes }, on.client);
    expect((await mfaFetch(`${treasuryUrl}/look`, {}, on.client)).ok).toBe(true);
    expect(treasury.calls.at(-1)?.headers.has('x-dyn-elevated-access-token')).toBe(true);
  });

  test('made again after the proof is reported: no loop', async () => {
    const { call, wire, prompts, treasury } = await start();
    wire.answer('GET /treasury/send', demand, 100);
    await expect(call('send')).rejects.toMatchObject({ code: 'insufficient_user_authentication' });
    expect(prompts).toHaveLength(1);
    expect(wire.sentTo('GET /treasury/send')).toHaveLength(2);
    expect(treasury.done).toEqual([]);
  });

  test('alternating between its two kinds it ends as well', async () => {
    const { call, wire, prompts } = await start();
    let turn = 0;
    const alternating = () =>
      turn++ % 2 ? demand() : refusal(403, 'mfa_enrollment_required', { action: 'treasury.send', minLevel: 'factor' });
    wire.answer('GET /treasury/send', alternating, 100);
    await expect(call('send')).rejects.toBeInstanceOf(MfaApiError);
    expect(prompts).toHaveLength(2);
  });

  test('with nobody to ask is the error', async () => {
    const { client, call } = await start();
    setPrompter(async () => undefined, client)();
    await expect(call('send')).rejects.toMatchObject({
      code: 'insufficient_user_authentication',
      payload: { action: 'treasury.send', challengeId: expect.any(String) },
    });
  });

  test('cancelled, the caller has the reason and nothing was sent again', async () => {
    const { client, call, treasury } = await start();
    setPrompter(() => Promise.reject(new MfaCancelledError('escape')), client);
    await expect(call('send')).rejects.toMatchObject({ code: 'cancelled', reason: 'escape' });
    expect(treasury.calls).toHaveLength(1);
  });

  test('that grew old while the person took their time is asked for anew, once', async () => {
    const { client, call, prove, server, treasury } = await start();
    let turn = 0;
    setPrompter(async (prompt) => {
      if (turn++ === 0) server.clock.advance(300_001);
      return prove(prompt);
    }, client);
    expect((await call('send', post({ bound: { amount: '5' } }))).ok).toBe(true);
    expect([turn, treasury.done.length]).toEqual([2, 1]);
  });

  test('through a recovery code', async () => {
    const { client, call, codes } = await start();
    setPrompter(async ({ action, createMfaToken }) => {
      const options = { code: codes[0] ?? '', mfaAction: action, createMfaToken };
      return (await authenticateMfaRecoveryCode(options, client)).mfaToken;
    }, client);
    expect(await (await call('send')).json()).toMatchObject({ factor: 'recovery' });
  });

  test('of the kit itself keeps the session: it is no end of one', async () => {
    const { client, call } = await start();
    setPrompter(() => Promise.reject(new MfaCancelledError()), client);
    await call('send').catch(() => undefined);
    expect(client.user).not.toBeNull();
  });
});

describe('a token', () => {
  test.each([
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['breaks down', () => refusal(500, 'server_error')],
  ])('for one use is gone also when the request that carries it %s', async (_, answer) => {
    const { call, prove, wire, client } = await start();
    await prove({ action: 'treasury.send', createMfaToken: { singleUse: true } });
    wire.answer('GET /treasury/send', answer);
    await call('send', { mfa: { action: 'treasury.send' } }).catch(() => undefined);
    expect(client.mfaToken).toBeNull();
  });

  test('that lasts is dropped when it is refused', async () => {
    const { call, prove, wire, client, prompts } = await start();
    await prove({ action: 'treasury.look', createMfaToken: { singleUse: false } });
    wire.answer('GET /treasury/look', demand);
    await call('look', { mfa: { action: 'treasury.look' } }).catch(() => undefined);
    expect(prompts).toHaveLength(1);
    expect(client.mfaToken).toBeNull();
  });

  test('does not go along unasked, nor with another action', async () => {
    const { call, prove, treasury, client } = await start();
    await prove({ action: 'treasury.send', createMfaToken: { singleUse: true } });
    await call('free');
    await call('free', { mfa: { action: 'treasury.free' } });
    expect(treasury.calls.map(({ headers }) => headers.has('x-mfa-auth-token'))).toEqual([false, false]);
    expect(client.mfaToken).not.toBeNull();
  });

  test('of one payload does not go along with another, or with none', async () => {
    const { call, prove, treasury, prompts } = await start();
    const payload = { amount: '5' };
    await prove({ action: 'treasury.send', payload, createMfaToken: { singleUse: true } });
    await call('send', { mfa: { action: 'treasury.send' } });
    await call('send', post({}, { mfa: { action: 'treasury.send', payload: { amount: '6' } } }));
    expect(treasury.calls.map(({ headers }) => headers.has('x-mfa-auth-token'))).toEqual([false, true, false, true]);
    expect(prompts).toHaveLength(2);
    await call('send', post({ bound: payload }, { mfa: { action: 'treasury.send', payload } }));
    expect(prompts).toHaveLength(2);
  });
});

test('a session token that expired on the way is renewed, and the request sent again', async () => {
  const { call, wire, client } = await start();
  const before = client.token;
  wire.answer('GET /treasury/free', () => refusal(401, 'token_expired'));
  expect((await call('free')).ok).toBe(true);
  expect(wire.sentTo('POST /refresh')).toHaveLength(1);
  expect(client.token).not.toBe(before);
});

test('an aborted request is not sent again after its prompt', async () => {
  const { call, client, treasury } = await start();
  const controller = new AbortController();
  setPrompter(async (_, signal) => {
    controller.abort();
    signal?.throwIfAborted();
    return undefined;
  }, client);
  await expect(call('send', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(treasury.calls).toHaveLength(1);
});
