/**
 * Threat: what a request was allowed for is no longer so when it takes effect: its session has ended, its code was hashed
 * under a key that is gone, its twin was answered first. D1, F-07, S-28, S-31, S-52.
 */
import { generateKeys, type MfaKeys } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { interleavedStore } from '../support/interleaved.js';
import { Person, read } from '../support/person.js';
import { environmentId, origin, startTestServer, testKeys } from '../support/server.js';
import { wrongCode } from '../support/totp.js';

const TOTP = '/users/mfa/auth/totp';
const RECOVERY = '/users/mfa/auth/recovery';
const SIGN_IN = '/emailVerifications/signin';

const start = async (changes = {}) => {
  const { store, before } = interleavedStore();
  const server = await startTestServer({ store, ...changes });
  const ada = new Person(server);
  await ada.enrol();
  const userId = (await ada.send('GET', '/users')).body.id ?? '';
  return { server, ada, userId, store, before };
};

describe('a session that ends after it was looked at', () => {
  test.each([
    ['POST', () => '/users/mfa/recovery'],
    ['GET', () => '/users/mfa/register/totp?replace=true'],
    ['DELETE', (ada: Person) => `/users/mfa/${ada.deviceId}`],
    ['DELETE', () => '/users'],
  ] as const)('changes nothing any more: %s', async (method, pathOf) => {
    const { server, ada, userId, store, before } = await start();
    const { token } = ada;
    before('transaction', () => server.request('POST', '/revoke', { token }));
    const answer = await ada.send(method, pathOf(ada));
    expect(answer).toMatchObject({ status: 401, body: { code: 'session_ended' } });
    expect((await store.findRecoverySets(userId, server.clock())).pending).toBeNull();
    expect((await store.listTotpDevices(userId)).map(({ id, state }) => [id, state])).toEqual([
      [ada.deviceId, 'verified'],
    ]);
  });
});

test('a recovery code counts although its set went under another pepper while it was hashed', async () => {
  const [old, fresh] = [await testKeys(), await generateKeys()];
  const both = (active: MfaKeys): MfaKeys => ({
    signing: old.signing,
    encryption: old.encryption,
    pepper: { active: active.pepper.active, keys: { ...old.pepper.keys, ...fresh.pepper.keys } },
  });
  const { server, ada, store, before } = await start({ keys: both(old) });
  const next = await startTestServer({ store, keys: both(fresh), clock: server.clock });
  before('transaction', () => next.mfa.admin.reencrypt());
  const answer = await ada.send('POST', RECOVERY, { code: ada.codes[0] });
  expect(answer).toMatchObject({ status: 200, body: { recoveryCodesLeft: 9 } });
  expect((await ada.send('POST', RECOVERY, { code: ada.codes[0] })).status).toBe(422);
});

describe('a request sent again while the first one is still under way', () => {
  test('signs in with one e-mail code', async () => {
    const { server, before } = await start();
    const bob = new Person(server);
    const sent = await bob.send('POST', '/emailVerifications/create', { email: bob.email });
    const body = { verificationUUID: sent.body.verificationUUID, verificationToken: server.mails.at(-1)?.code };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const send = async () => read(await server.request('POST', SIGN_IN, { body, headers }));
    const first: Awaited<ReturnType<typeof read>>[] = [];
    before('transaction', async () => first.push(await send()));
    const second = await send();
    expect(first[0]?.status).toBe(200);
    expect(second).toMatchObject({ status: 200, body: { user: { sessionId: first[0]?.body.user?.sessionId } } });
  });

  test('confirms one device the older way, and costs no try', async () => {
    const { server, before, store } = await start();
    const bob = new Person(server);
    await bob.signIn();
    await bob.beginTotp();
    const body = { type: 'totp', code: bob.code() };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    before('reservation', () => bob.send('POST', '/users/mfa/register/totp', body, { headers }));
    const second = await bob.send('POST', '/users/mfa/register/totp', body, { headers });
    expect(second).toMatchObject({ status: 200, body: { id: bob.deviceId, verified: true } });
    const userId = (await bob.send('GET', '/users')).body.id ?? '';
    expect(await store.listAttempts(userId)).toMatchObject([{ fails: 0 }]);
  });
});

test('a slot is given back once, also when the repeated answer then fails', async () => {
  const { server, ada, before } = await start();
  const headers = { 'idempotency-key': crypto.randomUUID() };
  server.clock.advance(30_000);
  const good = { code: ada.code() };
  before('reservation', async () => {
    await ada.send('POST', TOTP, good, { headers });
    await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock()) });
    before('transaction', async () => undefined);
    before('transaction', () => Promise.reject(new Error('down')));
  });
  expect((await ada.send('POST', TOTP, good, { headers })).status).toBe(500);
  const next = await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), 9) });
  expect(next.body.payload?.attemptsLeft).toBe(3);
});

describe('the cookie of a session that another request moved on', () => {
  const sameOrigin = { origin, 'sec-fetch-site': 'same-origin' };
  const startWaiting = async () => {
    const cookies = { sessionTransport: 'cookie' as const, baseUrl: `${origin}/api/v0` };
    const { store, before } = interleavedStore();
    const server = await startTestServer({ store, ...cookies });
    const send = async (method: string, path: string, body?: unknown, cookie?: string) => {
      const headers = { ...sameOrigin, ...(cookie !== undefined && { cookie }) };
      const response = await server.request(method, path, { body, headers });
      return { setCookie: response.headers.get('set-cookie'), answer: await read(response) };
    };
    const signIn = async () => {
      const sent = await send('POST', '/emailVerifications/create', { email: 'ada@example.com' });
      const { verificationUUID } = sent.answer.body;
      const body = { verificationUUID, verificationToken: server.mails.at(-1)?.code };
      return (await send('POST', SIGN_IN, body)).setCookie?.split(';')[0] ?? '';
    };
    const ada = new Person(server);
    const cookie = await signIn();
    const begun = await send('GET', '/users/mfa/register/totp', undefined, cookie);
    Object.assign(ada, { secret: begun.answer.body.secret, deviceId: begun.answer.body.id });
    await send('POST', TOTP, { id: ada.deviceId, code: ada.code() }, cookie);
    const waiting = await signIn();
    server.clock.advance(30_000);
    return { server, ada, before, send, waiting };
  };

  test('is not taken away by one that comes late: the browser holds the next one under the same name', async () => {
    const { ada, send, waiting } = await startWaiting();
    expect((await send('POST', TOTP, { code: ada.code() }, waiting)).setCookie).toContain(
      `__Host-mfa_${environmentId}=ey`,
    );
    const late = await send('GET', '/users', undefined, waiting);
    expect(late.answer.body.code).toBe('session_ended');
    expect(late.setCookie).toBeNull();
  });

  test('nor by a second good code that lost the race', async () => {
    const { ada, before, send, waiting } = await startWaiting();
    before('transaction', () => send('POST', TOTP, { code: ada.code() }, waiting));
    const late = await send('POST', TOTP, { code: ada.code(1) }, waiting);
    expect(late.answer.body.code).toBe('session_ended');
    expect(late.setCookie).toBeNull();
  });

  test('while that of a session that was signed out is', async () => {
    const { send, waiting } = await startWaiting();
    await send('POST', '/revoke', undefined, waiting);
    expect((await send('GET', '/users', undefined, waiting)).setCookie).toContain('Max-Age=0');
  });
});

test('the token an enrolment was asked for is not to be had once the factor is gone again', async () => {
  const server = await startTestServer();
  const ada = new Person(server);
  await ada.signIn();
  await ada.beginTotp();
  await ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code(), createMfaToken: { singleUse: true } });
  expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`)).status).toBe(204);
  const acknowledged = await ada.acknowledge();
  expect(acknowledged.status).toBe(200);
  expect(acknowledged.body.mfaToken).toBeUndefined();
});

test('a key used again after two minutes, with the old answer not tidied away yet, is as good as a new one', async () => {
  const { server, ada } = await start();
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const rename = () => ada.send('PUT', '/users', { alias: 'Ada' }, { headers });
  expect((await rename()).status).toBe(200);
  server.clock.advance(120_001);
  expect((await rename()).status).toBe(200);
});
