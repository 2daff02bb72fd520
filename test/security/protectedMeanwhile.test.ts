/**
 * Threat: what a protected call, or the proof for it, was allowed for is no longer so when it takes effect: the session has
 * ended, the challenge was answered, the policy asks for more, the factor is gone. D1, D5, D10.
 */
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { interleavedStore } from '../support/interleaved.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const SIGN = 'wallet.waas.sign';
const RECOVERY = '/users/mfa/auth/recovery';
const TOTP = '/users/mfa/auth/totp';
const bearing = (token: string | undefined) => ({ headers: { 'x-mfa-auth-token': token ?? '' } });
const elevated = (token: string | null | undefined) => ({ headers: { 'x-dyn-elevated-access-token': token ?? '' } });

const start = async (policy: object = {}) => {
  const { store, before } = interleavedStore();
  const server = await startTestServer({ store, policy: { enrollment: 'action', ...policy } });
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada, before };
};

const token = { createMfaToken: { singleUse: true } };

describe('between the look at a request and its effect', () => {
  test('the session ends: the action is not done, and the token not used', async () => {
    const { server, ada, before } = await start();
    const { body } = await ada.authenticate({ ...token, action: SIGN });
    before('transaction', () => server.request('POST', '/revoke', { token: ada.token }));
    expect((await ada.act(SIGN, bearing(body.mfaToken))).body.code).toBe('session_ended');
    const log = await server.mfa.admin.listAudit(body.user?.id ?? '');
    expect(log.filter(({ event }) => event === 'token_used')).toEqual([]);
  });

  test('the challenge is answered: the second proof earns nothing, and its code is not used up', async () => {
    const { server, ada, before } = await start();
    const { challengeId } = (await ada.act(SIGN, { payload: { amount: 1 } })).body.payload ?? {};
    server.clock.advance(30_000);
    const prove = (code: string) => ada.send('POST', TOTP, { code, challengeId, ...token });
    const [first, second] = [ada.code(), ada.code(1)];
    before('transaction', () => prove(first));
    expect((await prove(second)).body).toMatchObject({ code: 'mfa_challenge_expired' });
    expect((await ada.send('POST', TOTP, { code: second })).status).toBe(200);
  });

  test('the challenge makes way for newer ones: the proof costs no try', async () => {
    const { server, ada, before } = await start();
    const { challengeId } = (await ada.act(SIGN)).body.payload ?? {};
    server.clock.advance(30_000);
    before('transaction', async () => {
      for (let index = 0; index < 20; index += 1) await ada.act(SIGN);
    });
    const { body } = await ada.send('POST', TOTP, { code: ada.code(), challengeId, ...token });
    expect(body.code).toBe('mfa_challenge_expired');
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    expect(await server.options.store.listAttempts(userId)).toMatchObject([{ factor: 'totp', fails: 0 }]);
  });

  test('the factor is removed: its token is refused', async () => {
    const { ada, before } = await start();
    await ada.makePasskey();
    const { body } = await ada.usePasskey({ ...token, action: SIGN });
    before('transaction', () => ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId }));
    expect((await ada.act(SIGN, bearing(body.mfaToken))).status).toBe(401);
  });
});

describe('since the proof was given, the policy has come to ask for', () => {
  const rows: [string, object][] = [
    ['a stronger proof', { minLevel: 'phr' }],
    ['a proof for each call', { tokenBehavior: 'single_use' }],
    ['a token that names the action', { binding: 'strict' }],
  ];
  test.each(rows)('%s: an elevated access token and a token of old are refused', async (_name, setting) => {
    const { server, ada } = await start();
    await ada.makePasskey();
    server.clock.advance(30_000);
    const asked = { createMfaToken: { singleUse: false }, requestedScopes: ['user:update'] };
    const { body } = await ada.authenticate(asked);
    const act = async () => [
      (await ada.act('user.update', bearing(body.mfaToken))).status,
      (await ada.act('user.update', elevated(body.elevatedAccessToken))).status,
    ];
    expect(await act()).toEqual([200, 200]);
    await server.mfa.admin.updatePolicy({ actions: [{ action: 'user.update', required: true, ...setting }] });
    expect(await act()).toEqual([401, 401]);
  });
});

test('maxAge counts for an elevated access token as well', async () => {
  const { server, ada } = await start();
  const { body } = await ada.authenticate({ requestedScopes: ['user:update'] });
  server.clock.advance(30_000);
  expect((await ada.act('user.update', { maxAge: 29, ...elevated(body.elevatedAccessToken) })).status).toBe(401);
  expect((await ada.act('user.update', { maxAge: 30, ...elevated(body.elevatedAccessToken) })).status).toBe(200);
});

test('a policy that lets a recovery code export does not let it grant the scope of it', async () => {
  const { ada } = await start({ actions: [{ action: 'wallet.waas.export', required: true, minLevel: 'recovery' }] });
  const prove = (asked: object) => ada.send('POST', RECOVERY, { code: ada.codes[0], ...asked });
  expect((await prove({ requestedScopes: ['wallet:export'] })).body.code).toBe('invalid_scopes');
  const { body } = await prove({ ...token, action: 'wallet.waas.export' });
  expect((await ada.act('wallet.waas.export', bearing(body.mfaToken))).body.mfa?.factor).toBe('recovery');
});

test('a token given again is as weak as what earned it, though more has been proven since', async () => {
  const { server, ada } = await start({ actions: [{ action: 'vault.open', required: true, minLevel: 'factor' }] });
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const ask = () => ada.send('POST', RECOVERY, { code: ada.codes[0], ...token }, { headers });
  await ask();
  server.clock.advance(30_000);
  await ada.send('POST', TOTP, { code: ada.code() });
  const { body } = await ask();
  expect(body.mfaToken).toMatch(/^mfa_/);
  expect((await ada.act('vault.open', bearing(body.mfaToken))).status).toBe(401);
});

test('an elevated access token ends with its session', async () => {
  const server = await startTestServer({ policy: { enrollment: 'signup' } });
  const ada = new Person(server);
  await ada.signIn();
  const endsAt = server.clock() + 30 * 60_000;
  server.clock.advance(25 * 60_000);
  await ada.send('POST', '/refresh');
  const { body } = await ada.proveEmail();
  expect((decodeJwt(body.elevatedAccessToken ?? '').exp ?? 0) * 1000).toBe(endsAt);
});
