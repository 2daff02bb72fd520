/** Signing in by e-mail code and with a token of the application's own sign-in. D16. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const CREATE = '/emailVerifications/create';
const SIGN_IN = '/emailVerifications/signin';

const startWithMail = async (changes = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server, 'ada@example.com');
  const sent = await ada.send('POST', CREATE, { email: ada.email });
  const verificationUUID = sent.body.verificationUUID ?? '';
  const code = server.mails.at(-1)?.code ?? '';
  const wrong = code === '111111' ? '222222' : '111111';
  return { server, ada, verificationUUID, code, wrong };
};

describe('an e-mail code', () => {
  test('has six digits, says when it ends, and is good once', async () => {
    const { server, ada, verificationUUID, code } = await startWithMail();
    expect(server.mails).toEqual([
      {
        to: 'ada@example.com',
        code: expect.stringMatching(/^\d{6}$/),
        appName: 'Harbor Test',
        expiresAt: server.clock() + 600_000,
      },
    ]);
    const body = { verificationUUID, verificationToken: `${code.slice(0, 3)} ${code.slice(3)}` };
    expect((await ada.send('POST', SIGN_IN, body)).status).toBe(200);
    const again = await ada.send('POST', SIGN_IN, body);
    expect(again).toMatchObject({ status: 422, body: { code: 'invalid_email_verification' } });
  });

  test('a thousand uses at once make one session', async () => {
    const { server, verificationUUID, code } = await startWithMail();
    const body = { verificationUUID, verificationToken: code };
    const answers = await Promise.all(Array.from({ length: 1000 }, () => server.request('POST', SIGN_IN, { body })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('ends after ten minutes', async () => {
    const { server, ada, verificationUUID, code } = await startWithMail();
    server.clock.advance(600_000);
    const late = await ada.send('POST', SIGN_IN, { verificationUUID, verificationToken: code });
    expect(late.body.code).toBe('invalid_email_verification');
  });

  test('bears five tries, counted for the code and not for the person', async () => {
    const { server, ada, verificationUUID, code, wrong } = await startWithMail();
    for (let index = 0; index < 5; index += 1) {
      const answer = await ada.send('POST', SIGN_IN, { verificationUUID, verificationToken: wrong });
      expect(answer.body.code).toBe('wrong_email_verification_token');
    }
    const sixth = await ada.send('POST', SIGN_IN, { verificationUUID, verificationToken: code });
    expect(sixth).toMatchObject({ status: 422, body: { code: 'too_many_email_verification_attempts' } });
    expect((await ada.signIn()).status).toBe(200);
    expect(server.mails).toHaveLength(2);
  });

  test('is sent three times in ten minutes to an address from one place, and then no more', async () => {
    const { server, ada } = await startWithMail({ emailsPerAddress: undefined });
    for (let index = 0; index < 2; index += 1)
      expect((await ada.send('POST', CREATE, { email: 'ADA@example.com ' })).status).toBe(200);
    const fourth = await ada.send('POST', '/emailVerifications/retry', {
      email: ada.email,
      verificationUUID: crypto.randomUUID(),
    });
    expect(fourth).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(fourth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(server.mails).toHaveLength(3);
    server.clock.advance(600_001);
    expect((await ada.send('POST', CREATE, { email: ada.email })).status).toBe(200);
  });

  test('is not kept in a readable form, nor as a hash that can be tried', async () => {
    const file = createDatabaseFile();
    const { server, verificationUUID, code } = await startWithMail({ store: file.store });
    const [row] = file.rows(
      `SELECT code_hash AS codeHash FROM mfa_email_verification WHERE id = '${verificationUUID}'`,
    );
    const { createHash } = await import('node:crypto');
    for (const guess of [code, `${verificationUUID} ${code}`, `${verificationUUID}${code}`]) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        expect(String(row?.codeHash)).not.toContain(createHash('sha256').update(guess).digest(encoding));
      }
    }
    await server.close();
    file.remove();
  });

  test('an address nobody has is answered like any other', async () => {
    const { ada } = await startWithMail();
    await ada.enrol();
    const known = await ada.send('POST', CREATE, { email: ada.email });
    const unknown = await ada.send('POST', CREATE, { email: 'nobody@example.com' });
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    expect(known.status).toBe(unknown.status);
  });

  test.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a da@example.com',
    'ada@exa\nmple.com',
    'ada@example.com, eve@example.com',
    '<ada@example.com>',
    `${'a'.repeat(250)}@example.com`,
  ])('is not sent to "%s"', async (email) => {
    const { server, ada } = await startWithMail();
    expect((await ada.send('POST', CREATE, { email })).body.code).toBe('invalid_email');
    expect(server.mails).toHaveLength(1);
  });

  test('a hundred wrong ones from one place close it for a while, whoever they were for', async () => {
    const server = await startTestServer();
    const codes: (string | undefined)[] = [];
    for (let index = 0; index < 21; index += 1) {
      const ada = new Person(server);
      const { verificationUUID } = (await ada.send('POST', CREATE, { email: ada.email })).body;
      for (let guess = 0; guess < 5; guess += 1) {
        codes.push((await ada.send('POST', SIGN_IN, { verificationUUID, verificationToken: 'x' })).body.code);
      }
    }
    expect(codes.indexOf('too_many_requests')).toBe(100);
  });

  test('without sendEmail there are none', async () => {
    const server = await startTestServer({ sendEmail: undefined });
    const answer = await new Person(server).send('POST', CREATE, { email: 'ada@example.com' });
    expect(answer.body.code).toBe('mfa_method_disabled');
  });

  test('two people who sign in for the first time at once with one address are one user', async () => {
    const server = await startTestServer();
    const people = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const sent = await new Person(server).send('POST', CREATE, { email: 'ada@example.com' });
        return { verificationUUID: sent.body.verificationUUID, index: server.mails.length - 1 };
      }),
    );
    const answers = await Promise.all(
      people.map(({ verificationUUID }, index) =>
        new Person(server).send('POST', SIGN_IN, { verificationUUID, verificationToken: server.mails[index]?.code }),
      ),
    );
    const ids = answers.filter(({ status }) => status === 200).map(({ body }) => body.user?.id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('an external token', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const externalAuth = {
    issuer: 'https://login.test',
    audience: 'harbor',
    key: pair.publicKey.export({ format: 'jwk' }),
  };

  const sign = (now: number, claims: object = {}, key: KeyObject = pair.privateKey, alg = 'ES256') =>
    new SignJWT({
      sub: 'ada',
      iss: 'https://login.test',
      aud: 'harbor',
      iat: Math.floor(now / 1000),
      exp: Math.floor(now / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg })
      .sign(key);
  const signIn = async (make: (now: number) => Promise<string>, changes = {}) => {
    const server = await startTestServer({ externalAuth, ...changes });
    const ada = new Person(server);
    return { server, ada, answer: await ada.send('POST', '/externalAuth/signin', { jwt: await make(server.clock()) }) };
  };

  test('signs its subject in, the same user each time', async () => {
    const { server, ada, answer } = await signIn((now) => sign(now, { email: 'Ada@Example.com' }));
    expect(answer).toMatchObject({ status: 200, body: { user: { email: 'ada@example.com', scope: 'user:basic' } } });
    const again = await ada.send('POST', '/externalAuth/signin', { jwt: await sign(server.clock()) });
    expect(again.body.user?.id).toBe(answer.body.user?.id);
  });

  test('never becomes the user of an e-mail address by itself', async () => {
    const { server, ada, answer } = await signIn((now) => sign(now, { email: 'ada@example.com' }));
    const byMail = await new Person(server, 'ada@example.com').signIn();
    expect(byMail.body.user?.id).not.toBe(answer.body.user?.id);
    const otherSubject = await ada.send('POST', '/externalAuth/signin', {
      jwt: await sign(server.clock(), { sub: 'ADA' }),
    });
    expect(otherSubject.body.user?.id).not.toBe(answer.body.user?.id);
  });

  test('an hour old is a sign-in, and no fresh proof for a first factor', async () => {
    const { ada, answer } = await signIn((now) => sign(now, { iat: Math.floor(now / 1000) - 3600 }));
    expect(answer.status).toBe(200);
    expect((await ada.beginTotp()).body.code).toBe('elevated_access_token_required');
  });

  test('by the time of authentication it tells, where it tells one', async () => {
    const { ada } = await signIn((now) => sign(now, { auth_time: Math.floor(now / 1000) - 301 }));
    expect((await ada.beginTotp()).body.code).toBe('elevated_access_token_required');
    const fresh = await signIn((now) => sign(now, { auth_time: Math.floor(now / 1000) - 299 }));
    expect((await fresh.ada.beginTotp()).status).toBe(200);
  });

  const bad: [string, (now: number) => Promise<string> | string][] = [
    ['expired', (now) => sign(now - 61_000)],
    ['of another issuer', (now) => sign(now, { iss: 'https://evil.example' })],
    ['for another audience', (now) => sign(now, { aud: 'other' })],
    ['signed by another key', (now) => sign(now, {}, other.privateKey)],
    ['without a subject', (now) => sign(now, { sub: undefined })],
    ['without an expiry', (now) => sign(now, { exp: undefined })],
    ['with an endless subject', (now) => sign(now, { sub: 'x'.repeat(256) })],
    ['not a token', () => 'nonsense'],
    [
      'unsigned',
      (now) =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: 'ada', iss: 'https://login.test', aud: 'harbor', exp: now })).toString('base64url')}.`,
    ],
  ];
  test.each(bad)('%s is refused', async (_name, make) => {
    const { answer } = await signIn(async (now) => make(now));
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_external_auth' } });
  });

  test('is not asked for where no external sign-in is set up', async () => {
    const { answer } = await signIn((now) => sign(now), { externalAuth: undefined });
    expect(answer.body.code).toBe('mfa_method_disabled');
  });
});
