/**
 * Threat: an elevated access token does more than its scopes say, passes for a session, is used twice, outlives what
 * earned it, or is had without the proof it stands for. S-26, S-29, S-35, D5, D9.
 */
import { decodeJwt, SignJWT } from 'jose';
import { verifyAccessToken } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { Person } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

const SIGN = 'wallet.waas.sign';
const stale = 301_000;
const elevated = (token: string | null | undefined) => ({ headers: { 'x-dyn-elevated-access-token': token ?? '' } });

const start = async (policy: object = {}) => {
  const server = await startTestServer({ policy: { enrollment: 'action', ...policy }, keepOtherSessions: true });
  const ada = new Person(server, 'ada@example.com');
  await ada.enrol();
  return { server, ada };
};

const earn = async (ada: Person, ...requestedScopes: string[]) =>
  (await ada.authenticate({ requestedScopes })).body.elevatedAccessToken;

describe('what it says', () => {
  test.each([
    ['wallet:sign', true, 300],
    ['wallet:export', true, 300],
    ['wallet:delegate', true, 300],
    ['user:update', false, 600],
    ['credential:link', false, 600],
  ])('%s: single-use %s, %i seconds', async (scope, singleUse, seconds) => {
    const { ada } = await start();
    const claims = decodeJwt((await earn(ada, scope)) ?? '');
    expect(claims).toMatchObject({ scope, singleUse, acr: 'factor' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(seconds);
  });

  test('an action’s setting goes before: how often, how long, and under which scope', async () => {
    const setting = { required: true, tokenBehavior: 'time_bound', tokenExpirySeconds: 40, scope: 'harbor:open' };
    const { server, ada } = await start({ actions: [{ action: 'gate.open', ...setting }] });
    const token = await earn(ada, 'harbor:open');
    expect(decodeJwt(token ?? '')).toMatchObject({ scope: 'harbor:open', singleUse: false });
    server.clock.advance(39_000);
    expect((await ada.act('gate.open', elevated(token))).status).toBe(200);
    server.clock.advance(1_000);
    expect((await ada.act('gate.open', elevated(token))).status).toBe(401);
  });

  test('several scopes have the strictest rule of them', async () => {
    const { ada } = await start();
    const claims = decodeJwt((await earn(ada, 'user:update', 'wallet:sign')) ?? '');
    expect(claims).toMatchObject({ scope: 'user:update wallet:sign', singleUse: true });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
  });
});

describe('which proof grants what', () => {
  const scopes = [
    'wallet:sign',
    'user:update',
    'wallet:export',
    'wallet:delegate',
    'wallet:delete',
    'credential:link',
    'credential:unlink',
  ];
  const grants: Record<string, (ada: Person, scope: string) => Promise<{ body: { code?: string } }>> = {
    passkey: (ada, scope) => ada.usePasskey({ requestedScopes: [scope] }),
    totp: (ada, scope) => ada.authenticate({ requestedScopes: [scope] }),
    recovery: (ada, scope) =>
      ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0], requestedScopes: [scope] }),
    'e-mail code': (ada, scope) => ada.proveEmail({ requestedScopes: [scope] }),
  };
  const table: Record<string, string[]> = {
    passkey: scopes,
    totp: scopes,
    recovery: ['wallet:sign', 'user:update'],
    // Once there is a factor, only a factor grants.
    'e-mail code': [],
  };
  for (const [name, prove] of Object.entries(grants)) {
    test.each(scopes)(`${name}: %s`, async (scope) => {
      const { ada } = await start();
      await ada.makePasskey();
      const { body } = await prove(ada, scope);
      expect(body.code).toBe(table[name]?.includes(scope) ? undefined : 'invalid_scopes');
    });
  }

  test.each(['user:basic', 'requiresAdditionalAuth', 'nobody:knows', 'wallet:signs', 'WALLET:SIGN'])(
    'nothing grants %s',
    async (scope) => {
      const { ada } = await start();
      expect((await ada.authenticate({ requestedScopes: ['wallet:sign', scope] })).body.code).toBe('invalid_scopes');
    },
  );

  test('where phishing resistance is asked for, a code grants nothing', async () => {
    const { ada } = await start({ actions: [{ action: SIGN, required: true, minLevel: 'phr' }] });
    await ada.makePasskey();
    expect((await ada.authenticate({ requestedScopes: ['wallet:sign'] })).body.code).toBe('invalid_scopes');
    const { elevatedAccessToken } = (await ada.usePasskey({ requestedScopes: ['wallet:sign'] })).body;
    expect((await ada.act(SIGN, elevated(elevatedAccessToken))).body.mfa).toMatchObject({
      acr: 'phr',
      factor: 'passkey',
    });
  });

  test('a refusal uses no code up', async () => {
    const { ada } = await start();
    const body = { code: ada.codes[0], requestedScopes: ['wallet:export'] };
    await ada.send('POST', '/users/mfa/auth/recovery', body);
    expect((await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] })).body.recoveryCodesLeft).toBe(9);
  });
});

describe('S-35 what it is not good for', () => {
  test('is good once, for what it names', async () => {
    const { ada } = await start();
    const token = await earn(ada, 'wallet:sign');
    expect((await ada.act('wallet.waas.export', elevated(token))).status).toBe(401);
    expect((await ada.act('gate.open', elevated(token))).status).toBe(401);
    expect((await ada.act(SIGN, { payload: { amount: 1 }, ...elevated(token) })).status).toBe(401);
    expect((await ada.act(SIGN, elevated(token))).status).toBe(200);
    expect((await ada.act(SIGN, elevated(token))).status).toBe(401);
  });

  test('a route that binds its action takes none', async () => {
    const { ada } = await start({ actions: [{ action: SIGN, required: true, binding: 'strict' }] });
    expect((await ada.act(SIGN, elevated(await earn(ada, 'wallet:sign')))).status).toBe(401);
  });

  const lost: [string, (ada: Person) => Promise<unknown>][] = [
    ['a factor was added', (ada) => ada.makePasskey()],
    [
      'another session removed a factor',
      async (ada) => {
        const elsewhere = new Person(ada.server, ada.email);
        elsewhere.secret = ada.secret;
        await elsewhere.signInFully();
        await elsewhere.makePasskey();
      },
    ],
    ['its time was over', async (ada) => ada.server.clock.advance(300_000)],
  ];
  test.each(lost)('it is refused after %s', async (_name, lose) => {
    const { ada } = await start();
    const token = await earn(ada, 'wallet:sign');
    await lose(ada);
    expect((await ada.act(SIGN, elevated(token))).status).toBe(401);
  });

  test('by another user, in another session, and after signing out', async () => {
    const { server, ada } = await start();
    const token = await earn(ada, 'wallet:sign');
    const [bob, elsewhere] = [new Person(server), new Person(server, ada.email)];
    await bob.enrol();
    elsewhere.secret = ada.secret;
    await elsewhere.signInFully();
    for (const thief of [bob, elsewhere]) expect((await thief.act(SIGN, elevated(token))).status).toBe(401);
    await ada.send('POST', '/revoke');
    expect((await ada.act(SIGN, elevated(token))).body.code).toBe('session_ended');
  });

  test('it is no session, and a session is no such token', async () => {
    const { server, ada } = await start();
    const token = (await earn(ada, 'wallet:sign')) ?? '';
    expect((await server.request('GET', '/users', { token })).status).toBe(401);
    expect(
      (await server.mfa.requireSession(new Request(origin, { headers: { authorization: `Bearer ${token}` } }))).ok,
    ).toBe(false);
    const { keys } = (await (await server.request('GET', '/.well-known/jwks')).json()) as { keys: JsonWebKey[] };
    const issuer = `${baseUrl}/${environmentId}`;
    for (const audience of [origin, `${issuer}/elevated`]) {
      const verified = verifyAccessToken(token, { issuer, audience, keys: { keys }, clock: server.clock });
      await expect(verified).rejects.toMatchObject({ code: 'invalid_token' });
    }
    expect((await ada.act(SIGN, elevated(ada.token))).status).toBe(401);
  });

  test('one that somebody else signed, or that names another audience, is refused', async () => {
    const { ada } = await start();
    const claims = decodeJwt((await earn(ada, 'wallet:sign')) ?? '');
    const header = { alg: 'HS256', typ: 'elevated+jwt', kid: 'x' };
    const forged = await new SignJWT(claims).setProtectedHeader(header).sign(new TextEncoder().encode('x'.repeat(32)));
    expect((await ada.act(SIGN, elevated(forged))).status).toBe(401);
    expect((await ada.act(SIGN, elevated('x.y.z'))).status).toBe(401);
  });
});

describe('S-26 changing factors with one', () => {
  const changes: [
    string,
    string,
    (ada: Person, headers: { headers: Record<string, string> }) => Promise<{ status: number }>,
  ][] = [
    [
      'credential:link',
      'replace the app',
      (ada, with_) => ada.send('GET', '/users/mfa/register/totp?replace=true', undefined, with_),
    ],
    [
      'credential:link',
      'add a passkey',
      async (ada, with_) => {
        const begun = await ada.send('GET', '/users/passkeys/register');
        if (begun.status !== 200) return begun;
        const made = new SoftAuthenticator({ origin }).register(begun.body as never);
        return ada.send('POST', '/users/passkeys/register', made, with_);
      },
    ],
    [
      'credential:unlink',
      'remove the app',
      (ada, with_) => ada.send('DELETE', `/users/mfa/${ada.deviceId}`, undefined, with_),
    ],
    [
      'credential:unlink',
      'remove a passkey',
      (ada, with_) => ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId }, with_),
    ],
    [
      'credential:unlink',
      'rename a passkey',
      (ada, with_) => ada.send('PUT', '/users/passkeys', { id: ada.passkeyId, alias: 'Desk' }, with_),
    ],
    ['user:delete', 'delete the user', (ada, with_) => ada.send('DELETE', '/users', undefined, with_)],
  ];
  const scopes = ['credential:link', 'credential:unlink', 'user:delete', 'user:update'];
  for (const [needed, name, change] of changes) {
    test.each(scopes)(`${name} in an old session: with %s`, async (scope) => {
      const { server, ada } = await start();
      await ada.makePasskey();
      const token = await earn(ada, scope);
      server.clock.advance(stale);
      const answer = await change(ada, elevated(token));
      expect(answer.status < 300).toBe(scope === needed);
    });
  }

  test('one that a first factor earned is over once there is a factor', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    const { elevatedAccessToken } = (await ada.proveEmail()).body;
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    await ada.acknowledge();
    server.clock.advance(stale);
    const answer = await ada.send('DELETE', `/users/mfa/${ada.deviceId}`, undefined, elevated(elevatedAccessToken));
    expect(answer.body.code).toBe('elevated_access_token_required');
    expect((await ada.makePasskey()).body.code).toBe('elevated_access_token_required');
  });
});
