/** The published server checklist (contract, appendix A), line by line, and where security.md decides otherwise. */
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { createIssuer } from '../support/issuer.js';
import { type Answer, type AnswerBody, Person } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';
import { wrongCode } from '../support/totp.js';

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const { externalAuth, jwtFor } = await createIssuer();
  const server = await startTestServer({ policy: { enrollment: 'signup' }, externalAuth, ...changes });
  return { server, ada: new Person(server), jwtFor };
};

const json = { 'content-type': 'application/json' };
const stale = 301_000;

test('1 the address keeps /api/v0/sdk/{uuid}, and content-type json without a body is no fault', async () => {
  const { server, ada } = await start();
  expect(new URL(baseUrl).pathname).toBe('/api/v0');
  expect(environmentId).toMatch(/^[0-9a-f-]{36}$/);
  await ada.enrol();
  for (const [method, path] of [
    ['GET', '/users'],
    ['GET', '/users/mfa/recovery'],
    ['PUT', `/users/mfa/${ada.deviceId}`],
    ['POST', '/users/mfa/recovery'],
    ['POST', '/refresh'],
    ['POST', '/sdkSettings'],
    ['POST', '/revoke'],
  ] as const) {
    const answer = await server.request(method, path, { token: ada.token, headers: json });
    expect([path, answer.status < 300]).toEqual([path, true]);
  }
});

test('1 a listed origin may send it all; and, unlike published, never with credentials (D11: cookies stay on one origin)', async () => {
  for (const sessionTransport of ['bearer', 'cookie'] as const) {
    const { server } = await start({ sessionTransport });
    const preflight = await server.request('OPTIONS', '/users', { headers: { origin } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  }
});

test('2 every refusal has a string error and a code: mfa_invalid_code with 422, mfa_rate_limited with 429', async () => {
  const { server, ada } = await start();
  await ada.enrol();
  const code = wrongCode(ada.secret, server.clock());
  const refusals: Answer[] = [];
  for (let index = 0; index < 6; index += 1) refusals.push(await ada.send('POST', '/users/mfa/auth/totp', { code }));
  expect(refusals.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
    ...Array.from({ length: 5 }, () => '422 mfa_invalid_code'),
    '429 mfa_rate_limited',
  ]);
  const others = [
    await ada.send('GET', '/users/mfa/nothing'),
    await ada.send('GET', '/nowhere'),
    await ada.send('PATCH', '/users'),
    await ada.send('POST', '/users/mfa/auth/totp', {}),
  ];
  for (const { body } of [...refusals, ...others]) {
    expect(typeof body.error).toBe('string');
    expect(typeof body.code).toBe('string');
  }
});

describe('3 recovery codes', () => {
  const codesAfterFirstFactor = async (ada: Person) => {
    await ada.signIn();
    await ada.beginTotp();
    const { user } = (await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() })).body;
    expect(user?.mfaBackupCodeAcknowledgement).toBe('pending');
    const { count, recoveryCodes } = (await ada.send('GET', '/users/mfa/recovery')).body;
    expect([count, recoveryCodes?.length]).toEqual([10, 10]);
    expect((await ada.acknowledge()).body).toMatchObject({
      nextView: 'done',
      user: { mfaBackupCodeAcknowledgement: 'complete' },
    });
    return recoveryCodes ?? [];
  };

  test('are announced by the first verified factor and acknowledged by PUT users; ours have 16 symbols (D3)', async () => {
    const { ada } = await start();
    for (const code of await codesAfterFirstFactor(ada)) expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  });

  test('have ten alphanumerics, as published, where the server is told so', async () => {
    const { ada } = await start({ recoveryCodes: { length: 10 } });
    for (const code of await codesAfterFirstFactor(ada)) expect(code).toMatch(/^[a-zA-Z0-9]{10}$/);
  });

  test('are neither shown nor made anew without user:basic', async () => {
    const { ada } = await start();
    await ada.enrol();
    await ada.signIn();
    for (const method of ['GET', 'POST']) {
      const answer = await ada.send(method, '/users/mfa/recovery');
      expect(answer).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
      expect(answer.body.recoveryCodes).toBeUndefined();
    }
  });
});

test('4 requiresAdditionalAuth stands alone until the second factor, and every proof answers with new tokens', async () => {
  const { server, ada, jwtFor } = await start();
  const answered: [string, AnswerBody][] = [];
  const note = async (name: string, answer: Promise<Answer>) => {
    const { status, body } = await answer;
    expect([name, status]).toEqual([name, 200]);
    answered.push([name, body]);
    return body;
  };
  expect((await note('e-mail sign-in', ada.signIn())).user?.scope).toBe('requiresAdditionalAuth');
  await ada.beginTotp();
  const totp = { id: ada.deviceId, code: ada.code() };
  expect((await note('totp', ada.send('POST', '/users/mfa/auth/totp', totp))).user?.scope).toBe('user:basic');
  ada.codes = (await ada.send('GET', '/users/mfa/recovery')).body.recoveryCodes ?? [];
  await note('acknowledge', ada.acknowledge());
  await note('passkey enrolment', ada.makePasskey());
  await note('passkey', ada.usePasskey());
  await note('passkey sign-in', ada.signInWithPasskey());
  await note('recovery code', ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] }));
  await note('e-mail again', ada.proveEmail());
  server.clock.advance(1000);
  await note('refresh', ada.send('POST', '/refresh'));
  const jwt = await jwtFor('bob', server.clock());
  ada.token = '';
  await note('external sign-in', ada.send('POST', '/externalAuth/signin', { jwt }));

  const tokens = answered.map(([, body]) => body.minifiedJwt ?? '');
  expect(new Set(tokens).size).toBe(answered.length);
  for (const [, { jwt: full = '', minifiedJwt = '', user }] of answered) {
    expect(decodeJwt(minifiedJwt).scope).toBe(user?.scope);
    expect(decodeJwt(full)).toMatchObject(decodeJwt(minifiedJwt));
  }
});

test('4 in cookie mode the page is given no token', async () => {
  const { server } = await start({ sessionTransport: 'cookie', baseUrl: 'https://app.test/api/v0' });
  const same = { ...json, origin, 'sec-fetch-site': 'same-origin' };
  const send = (path: string, body: object) => server.request('POST', path, { body, headers: same });
  const { verificationUUID } = (await (
    await send('/emailVerifications/create', { email: 'ada@example.com' })
  ).json()) as {
    verificationUUID: string;
  };
  const verificationToken = server.mails.at(-1)?.code;
  const response = await send('/emailVerifications/signin', { verificationUUID, verificationToken });
  expect(response.headers.get('set-cookie')).toContain('HttpOnly');
  const body = await response.json();
  expect(body).not.toHaveProperty('jwt');
  expect(body).not.toHaveProperty('minifiedJwt');
});

test('5 expiresAt is in seconds, verifiedCredentials is a list, and there is always a nonce', async () => {
  const { server, ada } = await start();
  const { expiresAt = 0, user } = (await ada.signIn()).body;
  expect(expiresAt).toBe(Math.floor(server.clock() / 1000) + 600);
  expect(Array.isArray(user?.verifiedCredentials)).toBe(true);
  for (const query of ['', '?count=5', '?count=1', '?count=0', '?count=-3', '?count=many', '?count=1e9', '?count=']) {
    const { nonces } = (await (await server.request('GET', `/nonces${query}`)).json()) as { nonces: string[] };
    expect(nonces.length).toBeGreaterThanOrEqual(1);
    expect(nonces.length).toBeLessThanOrEqual(5);
    for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{20,}$/);
  }
});

test.each(['clientDataJson', 'clientDataJSON'] as const)(
  '6 %s is read at registering, proving and signing in',
  async (spelling) => {
    const { ada } = await start();
    await ada.signIn();
    expect((await ada.makePasskey({}, { spelling })).status).toBe(200);
    expect((await ada.usePasskey({}, { spelling })).status).toBe(200);
    expect((await ada.signInWithPasskey({}, { spelling })).status).toBe(200);
    const older = await ada.send('GET', '/users/mfa/register/passkey');
    const attestation = new SoftAuthenticator({ origin }).register(
      older.body.registration as PasskeyRegistrationOptions,
      { spelling },
    );
    const registered = await ada.send('POST', '/users/mfa/register/passkey', { id: older.body.id, attestation });
    expect(registered.status).toBe(200);
  },
);

test('6 client data in neither spelling is refused before anything is used', async () => {
  const { ada } = await start();
  await ada.enrolPasskey();
  const options = (await ada.send('GET', '/users/passkeys/authenticate')).body as PasskeyAuthenticationOptions;
  const proof = ada.authenticator.authenticate(options);
  const { clientDataJSON: _left, ...response } = proof.response;
  const refused = await ada.send('POST', '/users/mfa/auth/passkey', { ...proof, response });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect((await ada.send('POST', '/users/mfa/auth/passkey', proof)).status).toBe(200);
});

describe('7 a device', () => {
  test('becomes the default one by an empty PUT', async () => {
    const { server, ada } = await start();
    await ada.enrol();
    const request = { token: ada.token, headers: json };
    expect((await server.request('PUT', `/users/mfa/${ada.deviceId}`, request)).status).toBe(204);
    expect((await ada.send('GET', `/users/mfa/${ada.deviceId}`)).body.default).toBe(true);
  });

  test('goes with an empty x-mfa-auth-token and an elevated token, or with a proof just given (D9), and not without', async () => {
    const { server, ada } = await start();
    await ada.enrol();
    await ada.makePasskey();
    const asked = await ada.usePasskey({ requestedScopes: ['credential:unlink'] });
    const remove = (headers: Record<string, string>) =>
      ada.send('DELETE', `/users/mfa/${ada.deviceId}`, undefined, { headers: { 'x-mfa-auth-token': '', ...headers } });
    server.clock.advance(stale);
    expect((await remove({})).body.code).toBe('elevated_access_token_required');
    expect((await remove({ 'x-dyn-elevated-access-token': 'not.a.token' })).status).toBe(403);
    const elevated = { 'x-dyn-elevated-access-token': asked.body.elevatedAccessToken ?? '' };
    expect((await remove(elevated)).status).toBe(204);

    const bob = new Person(server);
    await bob.enrol();
    await bob.makePasskey();
    const fresh = { headers: { 'x-mfa-auth-token': '' } };
    expect((await bob.send('DELETE', `/users/mfa/${bob.deviceId}`, undefined, fresh)).status).toBe(204);
  });
});

test('8 an elevated access token is a JWT with scope, exp and singleUse', async () => {
  const { server, ada } = await start();
  await ada.enrol();
  const { body } = await ada.authenticate({ requestedScopes: ['credential:link', 'credential:unlink'] });
  const token = body.elevatedAccessToken ?? '';
  expect(token.split('.')).toHaveLength(3);
  expect(decodeJwt(token)).toMatchObject({
    scope: 'credential:link credential:unlink',
    singleUse: false,
    exp: Math.floor(server.clock() / 1000) + 600,
  });
});

test('9 an MFA token comes where one was asked for, and only there', async () => {
  const { ada } = await start();
  await ada.enrol();
  await ada.makePasskey();
  const recover = (index: number, extra: object = {}) =>
    ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[index], ...extra });
  const createMfaToken = { singleUse: true };
  const without = [await ada.authenticate(), await ada.usePasskey(), await recover(0), await ada.authenticate()];
  for (const { status, body } of without) expect([status, 'mfaToken' in body]).toEqual([200, false]);
  const asked = [
    await ada.authenticate({ createMfaToken }),
    await ada.usePasskey({ createMfaToken }),
    await recover(1, { createMfaToken }),
    await ada.authenticate({ createMfaToken: { singleUse: false } }),
  ];
  for (const { body } of asked) expect(body.mfaToken).toMatch(/^mfa_/);
});

test('10 a second authenticator app is refused with 401, a string error and a code that says so', async () => {
  const { ada } = await start();
  await ada.enrol();
  const refused = await ada.send('GET', '/users/mfa/register/totp');
  expect(refused).toMatchObject({
    status: 401,
    body: { code: 'mfa_totp_already_enrolled', error: expect.any(String) },
  });
  // And is no reason for a client to forget its session.
  expect((await ada.send('GET', '/session')).status).toBe(204);
});
