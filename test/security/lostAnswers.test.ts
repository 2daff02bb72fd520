/**
 * Threat: the answer to a good code is lost on its way, and the person is locked out or pays a second code. And the
 * reverse: somebody repeats another's request to get what it got. F-07, S-37, D17.
 */

import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/server/crypto.js';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person, read } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const TOTP = '/users/mfa/auth/totp';
const RECOVERY = '/users/mfa/auth/recovery';
const newKey = () => crypto.randomUUID();

/** Sends the same request ten times with one key, from before any answer arrived. */
const repeat = async (ada: Person, method: string, path: string, body: unknown, key = newKey()) => {
  const token = ada.token;
  const answers = [];
  for (let index = 0; index < 10; index += 1) {
    const response = await ada.server.request(method, path, {
      ...(token !== '' && { token }),
      body,
      headers: { 'idempotency-key': key },
    });
    answers.push(await read(response));
  }
  return answers;
};

const startEnrolled = async () => {
  const server = await startTestServer();
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada };
};

describe('a repeated request with the same key', () => {
  test('signs in with one e-mail code: one session, each answer a token of its own', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
    const body = { verificationUUID: sent.body.verificationUUID, verificationToken: server.mails[0]?.code };
    const answers = await repeat(ada, 'POST', '/emailVerifications/signin', body);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body: { user } }) => user?.sessionId)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.body.minifiedJwt)).size).toBe(10);
  });

  test('moves a session on with one code, although the session it came with has ended by then', async () => {
    const { server, ada } = await startEnrolled();
    await ada.signIn();
    server.clock.advance(30_000);
    const answers = await repeat(ada, 'POST', TOTP, { code: ada.code(), createMfaToken: { singleUse: true } });
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.user?.sessionId)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.mfaToken)).size).toBe(10);
    const tokens = answers.map(({ body }) => body.minifiedJwt ?? '');
    for (const token of tokens.slice(0, -1)) {
      // Each mint ended when the next was asked for.
      expect((await server.request('GET', '/users', { token })).status).toBe(401);
    }
    expect((await server.request('GET', '/users', { token: tokens.at(-1) ?? '' })).status).toBe(200);
    const userId = answers[0]?.body.user?.id ?? '';
    const events = (await server.mfa.admin.listAudit(userId)).map(({ event }) => event);
    expect(events.filter((event) => event === 'totp_ok')).toHaveLength(1);
    expect(events.filter((event) => event === 'totp_replay' || event === 'totp_fail')).toEqual([]);
  });

  test('of the MFA tokens given on the way only the last one is good', async () => {
    const { server, ada } = await startEnrolled();
    server.clock.advance(30_000);
    const answers = await repeat(ada, 'POST', TOTP, { code: ada.code(), createMfaToken: { singleUse: false } });
    const tokens = await Promise.all(
      answers.map(async ({ body }) => server.options.store.findMfaToken(await sha256(body.mfaToken ?? ''))),
    );
    expect(tokens.map((token) => token !== null && token.revokedAt === null)).toEqual([...Array(9).fill(false), true]);
  });

  test('gives several tokens and an elevated one again: the last ones are good, and none before them', async () => {
    const { server, ada } = await startEnrolled();
    await server.mfa.admin.updatePolicy({ enrollment: 'action' });
    server.clock.advance(30_000);
    const asked = { createMfaToken: { singleUse: true, count: 3 }, requestedScopes: ['wallet:sign'] };
    const answers = await repeat(ada, 'POST', TOTP, { code: ada.code(), ...asked });
    ada.token = answers.at(-1)?.body.minifiedJwt ?? '';
    const statuses = await Promise.all(
      answers.map(async ({ body: { mfaTokens = [], elevatedAccessToken } }) => {
        const headers = [
          ...mfaTokens.map((token) => ({ 'x-mfa-auth-token': token })),
          { 'x-dyn-elevated-access-token': elevatedAccessToken ?? '' },
        ];
        const acted = headers.map((one) => ada.act('wallet.waas.sign', { headers: one }));
        return (await Promise.all(acted)).map(({ status }) => status);
      }),
    );
    expect(statuses.slice(0, -1).flat()).toEqual(Array(9 * 4).fill(401));
    expect(statuses.at(-1)).toEqual([200, 200, 200, 200]);
  });

  test('gives a bound token again for what the first was bound to', async () => {
    const { server, ada } = await startEnrolled();
    await server.mfa.admin.updatePolicy({ enrollment: 'action' });
    const payload = { amount: 7 };
    const { challengeId } = (await ada.act('wallet.waas.sign', { payload })).body.payload ?? {};
    server.clock.advance(30_000);
    const body = { code: ada.code(), challengeId, createMfaToken: { singleUse: true } };
    const answers = await repeat(ada, 'POST', TOTP, body);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    ada.token = answers.at(-1)?.body.minifiedJwt ?? '';
    const headers = { 'x-mfa-auth-token': answers.at(-1)?.body.mfaToken ?? '' };
    expect((await ada.act('wallet.waas.sign', { payload: { amount: 8 }, headers })).status).toBe(401);
    expect((await ada.act('wallet.waas.sign', { payload, headers })).status).toBe(200);
  });

  test('proves an e-mail address with one code, and grants once more what was lost', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
    const body = { verificationUUID: sent.body.verificationUUID, verificationToken: server.mails.at(-1)?.code };
    const answers = await repeat(ada, 'POST', '/emailVerifications/verify', body);
    expect(answers.map(({ status, body: { nextView } }) => [status, nextView])).toEqual(Array(10).fill([200, 'done']));
    expect(new Set(answers.map((answer) => answer.body.elevatedAccessToken)).size).toBe(10);
    ada.token = answers.at(-1)?.body.minifiedJwt ?? '';
    server.clock.advance(301_000);
    const begin = (token: string | null | undefined) =>
      ada.send('GET', '/users/mfa/register/totp', undefined, {
        headers: { 'x-dyn-elevated-access-token': token ?? '' },
      });
    expect((await begin(answers[0]?.body.elevatedAccessToken)).status).toBe(403);
    expect((await begin(answers.at(-1)?.body.elevatedAccessToken)).status).toBe(200);
  });

  test('uses one recovery code', async () => {
    const { ada } = await startEnrolled();
    await ada.signIn();
    const answers = await repeat(ada, 'POST', RECOVERY, { code: ada.codes[0] });
    expect(answers.map(({ body }) => body.recoveryCodesLeft)).toEqual(Array(10).fill(9));
  });

  test('confirms one device, and acknowledges once with one token', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    const confirmed = await repeat(ada, 'POST', '/users/mfa/register/totp', { type: 'totp', code: ada.code() });
    expect(confirmed.map(({ status, body }) => [status, body.id])).toEqual(Array(10).fill([200, ada.deviceId]));
    const acknowledged = await repeat(ada, 'PUT', '/users', { mfaBackupCodeAcknowledgement: 'complete' });
    expect(acknowledged.map(({ status, body }) => [status, body.nextView])).toEqual(Array(10).fill([200, 'done']));
  });

  test('many at once, before any of them is answered, use one code', async () => {
    const { server, ada } = await startEnrolled();
    await ada.signIn();
    server.clock.advance(30_000);
    const options = { token: ada.token, body: { code: ada.code() }, headers: { 'idempotency-key': newKey() } };
    const responses = await Promise.all(Array.from({ length: 5 }, () => server.request('POST', TOTP, options)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const sessions = await Promise.all(responses.map(async (response) => (await read(response)).body.user?.sessionId));
    expect(new Set(sessions).size).toBe(1);
  });
});

describe('what a key is not', () => {
  test('with another body it is refused', async () => {
    const { server, ada } = await startEnrolled();
    server.clock.advance(30_000);
    const key = newKey();
    await repeat(ada, 'POST', TOTP, { code: ada.code() }, key);
    const other = await ada.send('POST', TOTP, { code: ada.code(1) }, { headers: { 'idempotency-key': key } });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  test('with another user it is another key', async () => {
    const { server, ada } = await startEnrolled();
    const bob = new Person(server);
    await bob.enrol();
    server.clock.advance(30_000);
    const key = newKey();
    await repeat(ada, 'POST', TOTP, { code: ada.code() }, key);
    const other = await bob.send('POST', TOTP, { code: bob.code() }, { headers: { 'idempotency-key': key } });
    expect(other).toMatchObject({ status: 200, body: { user: { email: bob.email } } });
  });

  test('without the session it came with it opens nothing', async () => {
    const { server, ada } = await startEnrolled();
    await ada.signIn();
    server.clock.advance(30_000);
    const key = newKey();
    const body = { code: ada.code() };
    await repeat(ada, 'POST', TOTP, body, key);
    const elsewhere = new Person(server, ada.email);
    await elsewhere.signIn();
    const answer = await elsewhere.send('POST', TOTP, body, { headers: { 'idempotency-key': key } });
    expect(answer.status).not.toBe(200);
    const nobody = await read(await server.request('POST', TOTP, { body, headers: { 'idempotency-key': key } }));
    expect(nobody.status).toBe(401);
  });

  test('after two minutes, and after signing out, there is nothing to repeat', async () => {
    const { server, ada } = await startEnrolled();
    await ada.signIn();
    server.clock.advance(30_000);
    const [key, body, waiting] = [newKey(), { code: ada.code() }, ada.token];
    await ada.send('POST', TOTP, body, { headers: { 'idempotency-key': key } });
    await ada.send('POST', '/revoke');
    const options = { token: waiting, body, headers: { 'idempotency-key': key } };
    expect((await read(await server.request('POST', TOTP, options))).body.code).toBe('session_ended');
    await ada.signIn();
    server.clock.advance(30_000);
    const second = { token: ada.token, body: { code: ada.code() }, headers: { 'idempotency-key': newKey() } };
    expect((await server.request('POST', TOTP, second)).status).toBe(200);
    server.clock.advance(120_001);
    expect((await read(await server.request('POST', TOTP, second))).body.code).toBe('session_ended');
  });

  test('a sign-in that was signed out again is not brought back', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
    const body = { verificationUUID: sent.body.verificationUUID, verificationToken: server.mails[0]?.code };
    const headers = { 'idempotency-key': newKey() };
    expect((await ada.send('POST', '/emailVerifications/signin', body, { headers })).status).toBe(200);
    await ada.send('POST', '/revoke');
    ada.token = '';
    const again = await ada.send('POST', '/emailVerifications/signin', body, { headers });
    expect(again).toMatchObject({ status: 401, body: { code: 'session_ended' } });
  });

  test('a refusal is never kept: the next value under the key is looked at', async () => {
    const { server, ada } = await startEnrolled();
    server.clock.advance(30_000);
    const headers = { 'idempotency-key': newKey() };
    expect((await ada.send('POST', TOTP, { code: '000000' }, { headers })).status).toBe(422);
    expect((await ada.send('POST', TOTP, { code: ada.code() }, { headers })).status).toBe(200);
  });

  test.each(['', 'short', 'x'.repeat(129), 'é'.repeat(30), 'with a space in between them'])(
    'it must be random enough: "%s"',
    async (key) => {
      const { ada } = await startEnrolled();
      const headers = {
        'idempotency-key': encodeURIComponent(key) === key ? key : Buffer.from(key).toString('latin1'),
      };
      const answer = await ada.send('POST', TOTP, { code: '000000' }, { headers });
      expect(answer).toMatchObject({ status: 400, body: { payload: { field: 'Idempotency-Key' } } });
    },
  );

  test('no token is kept with it', async () => {
    const file = createDatabaseFile();
    const server = await startTestServer({ store: file.store });
    const ada = new Person(server);
    await ada.enrol();
    server.clock.advance(30_000);
    const key = newKey();
    const [first, ...others] = await repeat(
      ada,
      'POST',
      TOTP,
      { code: ada.code(), createMfaToken: { singleUse: true } },
      key,
    );
    const dump = file.dump();
    expect(dump).not.toContain(key);
    for (const { body } of [first, ...others].flatMap((answer) => (answer ? [answer] : []))) {
      expect(dump).not.toContain(body.mfaToken);
      expect(dump).not.toContain(body.minifiedJwt);
    }
    await server.close();
    file.remove();
  });
});
