/** Threat: a value of the right type that a database, a clock or a listener chokes on. S-46, S-50, S-07. */
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { memoryStore } from 'mfa-kit/server/memory';
import { postgresStore } from 'mfa-kit/server/postgres';
import { describe, expect, test } from 'vitest';
import { Person } from '../support/person.js';
import { freshDatabase } from '../support/postgres.js';
import { startTestServer } from '../support/server.js';
import { wrongCode } from '../support/totp.js';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const externalAuth = {
  issuer: 'https://login.test',
  audience: 'harbor',
  key: pair.publicKey.export({ format: 'jwk' }),
};
const sign = (now: number, claims: object = {}) =>
  new SignJWT({
    sub: 'ada',
    iss: externalAuth.issuer,
    aud: externalAuth.audience,
    exp: Math.floor(now / 1000) + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(pair.privateKey);

describe('on PostgreSQL, which keeps neither NUL characters nor fractions of a millisecond,', () => {
  const startOnPostgres = async () => {
    const database = await freshDatabase();
    const server = await startTestServer({ store: postgresStore({ connectionString: database.url }), externalAuth });
    const close = async () => {
      await server.close();
      await database.drop();
    };
    return { server, ada: new Person(server), close };
  };

  test('a NUL in a text is refused with the field at fault', async () => {
    const { server, ada, close } = await startOnPostgres();
    await ada.enrol();
    expect(await ada.send('PUT', '/users', { alias: 'a\0b' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', payload: { field: 'alias' } },
    });
    const action = { createMfaToken: { singleUse: true }, action: 'wallet\0' };
    expect((await ada.authenticate(action)).body.payload?.field).toBe('action');
    const body = { verificationUUID: 'a\0b', verificationToken: '123456' };
    expect((await ada.send('POST', '/emailVerifications/signin', body)).body.payload?.field).toBe('verificationUUID');
    expect(server.errors).toEqual([]);
    await close();
  });

  test.each([
    ['a time with a fraction', { auth_time: 1_894_708_800.123_456 }, 200],
    ['a time before all times', { auth_time: -1e300 }, 200],
    ['a time after all times', { auth_time: 1e300 }, 200],
    ['an e-mail address with a NUL', { email: 'ada\0@example.com' }, 200],
    ['a subject with a NUL', { sub: 'a\0da' }, 422],
  ])('an external token with %s does no harm', async (_name, claims, status) => {
    const { server, ada, close } = await startOnPostgres();
    const answer = await ada.send('POST', '/externalAuth/signin', { jwt: await sign(server.clock(), claims) });
    expect(server.errors).toEqual([]);
    expect(answer.status).toBe(status);
    await close();
  });
});

test('an e-mail address that its own issuer calls unverified is nobody’s', async () => {
  const server = await startTestServer({ externalAuth });
  const claims = { email: 'ada@example.com', email_verified: false };
  const jwt = await sign(server.clock(), claims);
  const { body } = await new Person(server).send('POST', '/externalAuth/signin', { jwt });
  expect(body.user?.email).toBeUndefined();
  expect(body.user?.verifiedCredentials).toMatchObject([{ format: 'externalUser' }]);
});

test('a clock set back by a second makes nobody wait where no wait is due', async () => {
  const server = await startTestServer();
  const ada = new Person(server);
  await ada.enrol();
  await ada.send('POST', '/users/mfa/auth/totp', { code: wrongCode(ada.secret, server.clock()) });
  server.clock.advance(-1000);
  const second = await ada.send('POST', '/users/mfa/auth/totp', { code: wrongCode(ada.secret, server.clock(), 9) });
  expect(second).toMatchObject({ status: 422, body: { payload: { attemptsLeft: 3 } } });
});

test('a listener for errors that fails later brings no process down', async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  const store = memoryStore();
  const failing = { ...store, findPolicy: () => Promise.reject(new Error('down')) };
  const onError = (): void => Promise.reject(new Error('the log is down as well')) as never;
  const server = await startTestServer({ store: failing, onError });
  expect((await server.request('GET', '/settings')).status).toBe(500);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

test('from a /64 sign-in codes go out as from one address', async () => {
  const server = await startTestServer({ emailsPerAddress: undefined });
  const statuses = [];
  for (let index = 0; index < 4; index += 1) {
    const answer = await new Person(server).send(
      'POST',
      '/emailVerifications/create',
      { email: 'ada@example.com' },
      { from: `2001:db8:1:2::${index + 1}` },
    );
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([200, 200, 200, 429]);
});
