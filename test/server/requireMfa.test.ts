/** What a protected route answers, and what of a proof it is told. RFC 9470, S-60, security.md D5 and D13. */
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import { Person } from '../support/person.js';
import { origin, startTestServer } from '../support/server.js';

const SIGN = 'wallet.waas.sign';
const bearing = (token: string | undefined) => ({ headers: { 'x-mfa-auth-token': token ?? '' } });

const start = async (policy: object = {}) => {
  const server = await startTestServer({ policy: { enrollment: 'action', ...policy } });
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada };
};

/** What an OAuth client of somebody else's reads in the header. */
const readChallenge = async (ada: Person, action: string, asked: object = {}) => {
  const call = oauth.protectedResourceRequest(ada.token, 'POST', new URL(origin), undefined, undefined, {
    [oauth.customFetch]: async (url, init) => {
      const request = new Request(url, init as RequestInit);
      const check = await ada.server.mfa.requireMfa(request, { action, ...asked });
      return check.ok ? new Response() : check.response;
    },
  });
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw new Error('was not challenged');
  expect(error.cause).toHaveLength(1);
  return error.cause[0];
};

describe('S-60 the challenge', () => {
  test.each([
    ['recovery', 'time_bound', undefined, 'phr factor recovery', '600'],
    ['factor', 'single_use', undefined, 'phr factor', '120'],
    ['phr', 'time_bound', 60, 'phr', '60'],
    ['phr', 'time_bound', 6000, 'phr', '600'],
  ])(
    'says what would be enough, to a parser of somebody else’s: %s, %s',
    async (minLevel, tokenBehavior, maxAge, acr, age) => {
      const { ada } = await start({ actions: [{ action: 'gate.open', required: true, minLevel, tokenBehavior }] });
      await ada.makePasskey();
      const challenge = await readChallenge(ada, 'gate.open', maxAge === undefined ? {} : { maxAge });
      expect(challenge).toMatchObject({
        scheme: 'bearer',
        parameters: { error: 'insufficient_user_authentication', acr_values: acr, max_age: age },
      });
      expect(challenge?.parameters.error_description).toBeTruthy();
    },
  );

  test('the body says which action, with what, and how to go on', async () => {
    const { ada } = await start();
    await ada.makePasskey();
    const answer = await ada.act(SIGN, {
      payload: { amount: 1 },
      summary: 'Send 1 €\nto Bob\u0000',
      headers: { origin },
    });
    expect(answer).toMatchObject({
      status: 401,
      body: {
        code: 'insufficient_user_authentication',
        error: expect.any(String),
        payload: {
          action: SIGN,
          methods: ['passkey', 'totp', 'recovery'],
          minLevel: 'recovery',
          challengeId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          summary: 'Send 1 € to Bob ',
          tokenBehavior: 'single_use',
          tokenExpirySeconds: 120,
        },
      },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('is left to protected routes alone: no other refusal has one', async () => {
    const { server, ada } = await start();
    const stranger = new Person(server);
    expect((await stranger.act(SIGN)).body.code).toBe('not_signed_in');
    for (const answer of [
      await stranger.act(SIGN),
      await stranger.send('GET', '/users'),
      await ada.send('POST', '/revoke'),
    ]) {
      expect(answer.headers.get('www-authenticate')).toBeNull();
    }
  });

  test('auth_time and acr move with a proof, and not on refresh', async () => {
    const { server, ada } = await start();
    const proven = () => [decodeJwt(ada.token).auth_time, decodeJwt(ada.token).acr];
    const before = proven();
    server.clock.advance(60_000);
    await ada.send('POST', '/refresh');
    expect(proven()).toEqual(before);
    await ada.makePasskey();
    expect(proven()).toEqual([Math.floor(server.clock() / 1000), 'phr']);
  });
});

describe('who gets through', () => {
  test('an action that the policy does not list is protected; one it lets be is not', async () => {
    const { ada } = await start({ actions: [{ action: SIGN, required: false }] });
    expect((await ada.act('walet.waas.sing')).status).toBe(401);
    expect((await ada.act(SIGN)).body.mfa).toMatchObject({ factor: null, sessionId: expect.any(String) });
  });

  test('the proof says who, with what, how strong and when', async () => {
    const { server, ada } = await start();
    const { body } = await ada.authenticate({ createMfaToken: { singleUse: true }, action: SIGN });
    const provenAt = server.clock();
    server.clock.advance(60_000);
    const { mfa } = (await ada.act(SIGN, bearing(body.mfaToken))).body;
    expect(mfa).toEqual({
      userId: body.user?.id,
      sessionId: body.user?.sessionId,
      factor: 'totp',
      amr: ['otp', 'mfa'],
      acr: 'factor',
      authTime: provenAt,
    });
  });

  test('maxAge refuses a proof that the policy would let pass, and does not use it up', async () => {
    const { server, ada } = await start();
    const { body } = await ada.authenticate({ createMfaToken: { singleUse: true }, action: SIGN });
    server.clock.advance(30_000);
    expect((await ada.act(SIGN, { maxAge: 29, ...bearing(body.mfaToken) })).status).toBe(401);
    expect((await ada.act(SIGN, { maxAge: 30, ...bearing(body.mfaToken) })).status).toBe(200);
  });

  test('whoever has no factor strong enough is asked to enrol one', async () => {
    const { ada } = await start({ actions: [{ action: SIGN, required: true, minLevel: 'phr' }] });
    expect(await ada.act(SIGN)).toMatchObject({
      status: 403,
      body: { code: 'mfa_enrollment_required', payload: { action: SIGN, minLevel: 'phr' } },
    });
  });

  test('reading the proof of a refusal throws', async () => {
    const { server } = await start();
    const check = await server.mfa.requireMfa(new Request(origin), { action: SIGN });
    expect(check.ok).toBe(false);
    expect(() => (check as unknown as { mfa: object }).mfa).toThrow(/requireMfa refused/);
  });

  test('in cookie mode the same, and another site gets nothing', async () => {
    const server = await startTestServer({ sessionTransport: 'cookie', baseUrl: `${origin}/api/v0` });
    const headers = { origin, 'sec-fetch-site': 'same-origin' };
    const ada = new Person(server);
    const { headers: answered } = await ada.signIn({ headers });
    const cookie = answered.get('set-cookie')?.split(';')[0] ?? '';
    const act = (more: Record<string, string>) =>
      server.mfa.requireMfa(new Request(origin, { method: 'POST', headers: { ...headers, cookie, ...more } }), {
        action: SIGN,
      });
    expect((await act({})).ok).toBe(true);
    const check = await act({ 'sec-fetch-site': 'cross-site' });
    expect(check.ok || (await check.response.json())).toMatchObject({ code: 'cross_site_request' });
  });
});

describe('what is approved', () => {
  const approve = async (ada: Person, asked: object) =>
    (await ada.authenticate({ createMfaToken: { singleUse: true }, ...asked })).body;

  test.each([
    ['the order of members', { a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 }, 200],
    ['how a number is spelled', { a: 1.0, b: 1e2 }, { a: 1, b: 100 }, 200],
    ['the order of a list', { a: [1, 2] }, { a: [2, 1] }, 401],
    ['a number for its text', { a: 1 }, { a: '1' }, 401],
    ['nothing for null', { a: null }, {}, 401],
    ['composed for decomposed letters', { to: 'é' }, { to: 'e\u0301' }, 401],
  ])('%s', async (_name, approved, done, status) => {
    const { ada } = await start();
    const { mfaToken } = await approve(ada, { action: SIGN, payload: approved });
    expect((await ada.act(SIGN, { payload: done, ...bearing(mfaToken) })).status).toBe(status);
  });

  test('a challenge stands for its action and payload, for one proof in five minutes', async () => {
    const { server, ada } = await start();
    const payload = { amount: 7 };
    const ask = async () => (await ada.act(SIGN, { payload })).body.payload?.challengeId;
    const challengeId = await ask();
    for (const other of [{ action: 'user.update' }, { payload: { amount: 8 } }]) {
      expect((await approve(ada, { challengeId, ...other })).code).toBe('invalid_request');
    }
    const { mfaToken } = await approve(ada, { challengeId });
    expect((await ada.act(SIGN, { payload, ...bearing(mfaToken) })).status).toBe(200);
    expect((await approve(ada, { challengeId })).code).toBe('mfa_challenge_expired');
    const late = await ask();
    server.clock.advance(300_000);
    expect((await approve(ada, { challengeId: late })).code).toBe('mfa_challenge_expired');
    const bob = new Person(server);
    await bob.enrol();
    expect((await approve(bob, { challengeId: await ask() })).code).toBe('mfa_challenge_expired');
  });

  test('the twenty-first challenge of a session drops the first', async () => {
    const { ada } = await start();
    const ids = [];
    for (let index = 0; index < 21; index += 1) {
      ada.server.clock.advance(1);
      ids.push((await ada.act(SIGN)).body.payload?.challengeId);
    }
    expect((await approve(ada, { challengeId: ids[0] })).code).toBe('mfa_challenge_expired');
    expect((await approve(ada, { challengeId: ids[1] })).mfaToken).toBeTruthy();
  });

  const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
  test.each([
    ['a payload without an action', { payload: {} }, 'action'],
    ['a list', { action: SIGN, payload: [1] }, 'payload'],
    ['null', { action: SIGN, payload: null }, 'payload'],
    ['a payload deeper than anybody reads', { action: SIGN, payload: nested(40) }, 'payload'],
    ['half a character', { action: SIGN, payload: { a: '\ud800' } }, 'payload'],
    ['a payload and no token to bind', { action: SIGN, payload: {}, createMfaToken: undefined }, 'createMfaToken'],
    ['eleven tokens', { createMfaToken: { singleUse: true, count: 11 } }, 'createMfaToken.count'],
    ['two that last', { createMfaToken: { singleUse: false, count: 2 } }, 'createMfaToken.count'],
    [
      'two for one payload',
      { action: SIGN, payload: {}, createMfaToken: { singleUse: true, count: 2 } },
      'createMfaToken.count',
    ],
  ])('%s is not understood', async (_name, asked, field) => {
    const { ada } = await start();
    expect(await approve(ada, asked)).toMatchObject({ code: 'invalid_request', payload: { field } });
  });

  test('a route’s own payload that has no canonical form is refused, and nothing is used up', async () => {
    const { server, ada } = await start();
    const answer = await ada.act(SIGN, { payload: { at: new Date() } });
    expect(answer).toMatchObject({ status: 400, body: { payload: { field: 'payload' } } });
    expect(server.errors).toEqual([]);
  });

  test('a payload that turns out to be missing binds to nothing else: it is refused', async () => {
    const { ada } = await start();
    const { mfaToken } = await approve(ada, { action: SIGN });
    const missing = { payload: undefined, ...bearing(mfaToken) } as unknown as { payload: Record<string, unknown> };
    expect((await ada.act(SIGN, missing)).body.payload?.field).toBe('payload');
    expect((await ada.act(SIGN, bearing(mfaToken))).status).toBe(200);
  });

  test('one proof gives ten tokens, each good once', async () => {
    const { ada } = await start();
    const { mfaToken, mfaTokens = [] } = await approve(ada, {
      createMfaToken: { singleUse: true, count: 10 },
      action: SIGN,
    });
    expect(mfaTokens).toHaveLength(10);
    expect(mfaTokens[0]).toBe(mfaToken);
    for (const token of mfaTokens) expect((await ada.act(SIGN, bearing(token))).status).toBe(200);
    for (const token of mfaTokens) expect((await ada.act(SIGN, bearing(token))).status).toBe(401);
    expect((await approve(ada, {})).mfaTokens).toBeUndefined();
  });

  test('an enrolment’s tokens, count, payload and scopes come with the acknowledgement', async () => {
    const server = await startTestServer({ policy: { enrollment: 'action' } });
    const ada = new Person(server);
    const asked = {
      createMfaToken: { singleUse: true },
      action: SIGN,
      payload: { amount: 7 },
      requestedScopes: ['user:update'],
    };
    const { body } = await ada.enrol(asked);
    expect((await ada.act(SIGN, { payload: { amount: 7 }, ...bearing(body.mfaToken) })).status).toBe(200);
    expect(decodeJwt(body.elevatedAccessToken ?? '')).toMatchObject({ scope: 'user:update', acr: 'factor' });
  });
});

test('the log says what was issued, used, refused and revoked, once each', async () => {
  const { server, ada } = await start();
  const { body } = await ada.authenticate({
    createMfaToken: { singleUse: true, count: 2 },
    requestedScopes: ['wallet:sign'],
  });
  await ada.act(SIGN, bearing(body.mfaToken));
  await ada.act(SIGN, bearing(body.mfaToken));
  await ada.act(SIGN);
  await ada.makePasskey();
  const userId = body.user?.id ?? '';
  const log = (await server.mfa.admin.listAudit(userId)).filter(({ event }) => event.startsWith('token_'));
  expect(log.map(({ event, reason }) => [event, reason])).toEqual([
    ['token_issued', '2 tokens'],
    ['token_issued', 'wallet:sign'],
    ['token_used', SIGN],
    ['token_refused', SIGN],
    ['token_revoked', 'factors_changed'],
  ]);
  expect(await server.mfa.admin.verifyAudit(userId)).toBe(true);
});
