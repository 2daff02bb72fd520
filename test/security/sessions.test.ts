/**
 * Threat: an old, forged, foreign or stolen token is taken for a session, or outlives what it was given for.
 * S-28, S-29, S-31, S-36 and the lifetimes of D5.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type JsonWebKeyInput,
  type KeyObject,
} from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { generateKeys, type MfaKeys } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer, testKeys } from '../support/server.js';

const RECOVERY = '/users/mfa/auth/recovery';
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Signs any text at all, as somebody with a key would. */
const signRaw = (header: string, payload: string, key: KeyObject): string => {
  const input = `${base64url(header)}.${base64url(payload)}`;
  const signature = createSign('sha256').update(input).sign({ key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
};

const ownKey = async () => {
  const keys = await testKeys();
  const jwk = keys.signing.keys[keys.signing.active] ?? {};
  return {
    kid: keys.signing.active,
    key: createPrivateKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' }),
    jwk,
  };
};

describe('the access token', () => {
  test('says what D5 lists, signed with ES256, and verifies with the published keys', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    const { user } = (await ada.enrol()).body;
    const claims = decodeJwt(ada.token);
    const seconds = Math.floor(server.clock() / 1000);
    expect(decodeProtectedHeader(ada.token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
    expect(claims).toEqual({
      iss: `${baseUrl}/${environmentId}`,
      aud: origin,
      sub: expect.any(String),
      sid: expect.any(String),
      jti: expect.any(String),
      iat: seconds,
      exp: seconds + 600,
      auth_time: seconds,
      acr: 'factor',
      amr: ['otp', 'mfa'],
      scope: 'user:basic',
      environment_id: environmentId,
      last_verified_credential_id: user?.verifiedCredentials[0]?.id,
      email: ada.email,
    });
    const { createLocalJWKSet, jwtVerify } = await import('jose');
    for (const path of ['/.well-known/jwks', '/.well-known/jwks.json']) {
      const published = await (await server.request('GET', path)).json();
      expect(JSON.stringify(published)).not.toMatch(/"d":|"p":|"q":/);
      const verified = await jwtVerify(ada.token, createLocalJWKSet(published), {
        currentDate: new Date(server.clock()),
      });
      expect(verified.payload.sub).toBe(claims.sub);
    }
  });

  test('is RS256 where a back end demands it', async () => {
    const keys = await generateKeys({ signing: 'RS256' });
    const ada = new Person(await startTestServer({ keys }));
    await ada.enrol();
    expect(decodeProtectedHeader(ada.token).alg).toBe('RS256');
    expect((await ada.send('GET', '/session')).status).toBe(204);
  });

  test('lasts as the policy says, and never past its session', async () => {
    const policy = { jwtDuration: { amount: 23, unit: 'hours' as const } };
    const server = await startTestServer({ policy });
    const ada = new Person(server);
    await ada.enrol();
    expect((decodeJwt(ada.token).exp ?? 0) * 1000 - server.clock()).toBe(23 * 3_600_000);
    for (let minute = 0; minute < 120; minute += 50) {
      server.clock.advance(50 * 60_000);
      await ada.send('GET', '/users');
    }
    const { body } = await ada.send('POST', '/refresh');
    const sessionEnd = server.clock() - 150 * 60_000 + 24 * 3_600_000;
    expect(body.expiresAt).toBe(Math.floor(sessionEnd / 1000));
  });

  test('a key rotated out of use still verifies what it signed', async () => {
    const old = await testKeys();
    const next = await generateKeys();
    const rotated: MfaKeys = {
      ...old,
      signing: { active: next.signing.active, keys: { ...old.signing.keys, ...next.signing.keys } },
    };
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    const later = await startTestServer({ store: server.options.store, keys: rotated, clock: server.clock });
    expect((await later.request('GET', '/session', { token: ada.token })).status).toBe(204);
  });
});

describe('S-29 what is no token of ours', () => {
  type Forge = (parts: {
    header: Record<string, unknown>;
    claims: Record<string, unknown>;
    kid: string;
    key: KeyObject;
    token: string;
  }) => string;
  const json = JSON.stringify;
  const withHeader =
    (changes: object): Forge =>
    ({ header, claims, key }) =>
      signRaw(json({ ...header, ...changes }), json(claims), key);
  const withClaims =
    (changes: object): Forge =>
    ({ header, claims, key }) =>
      signRaw(json(header), json({ ...claims, ...changes }), key);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });

  const forgeries: [string, Forge][] = [
    [
      'no algorithm',
      ({ header, claims }) => `${base64url(json({ ...header, alg: 'none' }))}.${base64url(json(claims))}.`,
    ],
    [
      'no algorithm, a signature',
      ({ header, claims }) => `${base64url(json({ ...header, alg: 'none' }))}.${base64url(json(claims))}.AA`,
    ],
    ['no algorithm in capitals', withHeader({ alg: 'NONE' })],
    [
      'HS256 under the public key',
      ({ header, claims, key }) => {
        const input = `${base64url(json({ ...header, alg: 'HS256' }))}.${base64url(json(claims))}`;
        const secret = createPublicKey(key).export({ format: 'pem', type: 'spki' });
        return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      },
    ],
    ['signed by a stranger', ({ header, claims }) => signRaw(json(header), json(claims), stranger.privateKey)],
    ['a key id nobody has', withHeader({ kid: 'other' })],
    ['a key id that is a path', withHeader({ kid: '../../etc/passwd' })],
    ['a key id from the prototype', withHeader({ kid: '__proto__' })],
    ['no key id', withHeader({ kid: undefined })],
    ['its own key', withHeader({ jwk: strangerJwk })],
    ['where to fetch a key', withHeader({ jku: 'https://evil.example/jwks' })],
    ['where to fetch a certificate', withHeader({ x5u: 'https://evil.example/cert' })],
    ['a certificate', withHeader({ x5c: ['AA'] })],
    ['an extension it calls critical', withHeader({ crit: ['exp'] })],
    ['an unencoded payload', withHeader({ b64: false, crit: ['b64'] })],
    ['type JWT', withHeader({ typ: 'JWT' })],
    ['type of an elevated token', withHeader({ typ: 'elevated+jwt' })],
    ['no type', withHeader({ typ: undefined })],
    ['another algorithm', withHeader({ alg: 'RS256' })],
    ['another issuer', withClaims({ iss: 'https://evil.example' })],
    ['an issuer with a slash more', withClaims({ iss: `${baseUrl}/${environmentId}/` })],
    ['two issuers', withClaims({ iss: [`${baseUrl}/${environmentId}`] })],
    ['no issuer', withClaims({ iss: undefined })],
    ['another audience', withClaims({ aud: 'https://evil.example' })],
    ['two audiences', withClaims({ aud: [origin, 'https://evil.example'] })],
    ['no audience', withClaims({ aud: undefined })],
    ['no expiry', withClaims({ exp: undefined })],
    ['an expiry in words', withClaims({ exp: 'never' })],
    ['not valid before tomorrow', withClaims({ nbf: 4_000_000_000 })],
    ['no session', withClaims({ sid: undefined })],
    ['no subject', withClaims({ sub: undefined })],
    ['no id', withClaims({ jti: undefined })],
    [
      'a claim twice',
      ({ header, claims, key }) =>
        signRaw(json(header), json(claims).replace('{', '{"scope":"requiresAdditionalAuth",'), key),
    ],
    [
      'a header twice',
      ({ header, claims, key }) => signRaw(json(header).replace('{', '{"alg":"none",'), json(claims), key),
    ],
    ['space in the JSON', ({ header, claims, key }) => signRaw(JSON.stringify(header, null, 1), json(claims), key)],
    ['16 KB', withClaims({ padding: 'x'.repeat(16_384) })],
    ['a signature cut short', ({ token }) => token.slice(0, -2)],
    ['a signature of zeros', ({ token }) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`],
    ['a payload changed', ({ token }) => token.replace(/\.(.)/, (_match, first) => `.${first === 'e' ? 'f' : 'e'}`)],
    ['two parts', ({ token }) => token.slice(0, token.lastIndexOf('.'))],
    ['four parts', ({ token }) => `${token}.AA`],
    ['nothing', () => ''],
  ];

  test.each(forgeries)('%s', async (_name, forge) => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const { kid, key } = await ownKey();
    const header = { ...decodeProtectedHeader(ada.token) };
    const token = forge({ header, claims: { ...decodeJwt(ada.token) }, kid, key, token: ada.token });
    const answer = await ada.server.request('GET', '/session', { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    expect(
      (await ada.server.request('POST', '/refresh', { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
  });

  test('the forger of these tests can make a good one, so that each is refused for what it says', async () => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const { key } = await ownKey();
    const token = signRaw(JSON.stringify(decodeProtectedHeader(ada.token)), JSON.stringify(decodeJwt(ada.token)), key);
    expect((await ada.server.request('GET', '/session', { token })).status).toBe(204);
  });

  test('past its expiry it is told so, and only refresh takes it while its session lives', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    server.clock.advance(600_000);
    expect((await ada.send('GET', '/users')).body.code).toBe('token_expired');
    expect((await ada.send('POST', '/revoke')).body.code).toBe('token_expired');
    expect((await ada.send('POST', '/refresh')).status).toBe(200);
    expect((await ada.send('GET', '/users')).status).toBe(200);
  });
});

describe('the session behind it', () => {
  test('ends after an hour without use, and after a day in any case', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    server.clock.advance(3_600_001);
    expect((await ada.send('POST', '/refresh')).body.code).toBe('session_expired');
    await ada.signInFully();
    for (let minute = 0; minute < 24 * 60 - 40; minute += 40) {
      server.clock.advance(40 * 60_000);
      expect((await ada.send('POST', '/refresh')).status).toBe(200);
    }
    server.clock.advance(40 * 60_000);
    expect((await ada.send('POST', '/refresh')).body.code).toBe('session_expired');
  });

  test('that waits for its second factor ends after half an hour, used or not', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    server.clock.advance(29 * 60_000);
    expect((await ada.send('POST', '/refresh')).status).toBe(200);
    server.clock.advance(60_001);
    expect((await ada.send('POST', '/refresh')).body.code).toBe('session_expired');
  });

  test('signed out is signed out at once, for every token of it', async () => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const first = ada.token;
    await ada.send('POST', '/refresh');
    expect((await ada.send('POST', '/revoke')).status).toBe(204);
    for (const token of [first, ada.token]) {
      const answer = await ada.server.request('GET', '/users', { token });
      expect(await answer.json()).toMatchObject({ code: 'session_ended' });
    }
  });

  test('S-31 changes its id when the second factor is passed, keeps it afterwards, and refresh proves nothing', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    const before = decodeJwt(ada.token);
    const waitingToken = ada.token;
    await ada.authenticate();
    const upgraded = decodeJwt(ada.token);
    expect(upgraded.sid).not.toBe(before.sid);
    expect(upgraded.jti).not.toBe(before.jti);
    expect((await server.request('GET', '/users', { token: waitingToken })).status).toBe(401);
    server.clock.advance(120_000);
    await ada.send('POST', '/refresh');
    const refreshed = decodeJwt(ada.token);
    expect(refreshed).toMatchObject({ sid: upgraded.sid, auth_time: upgraded.auth_time, acr: 'factor' });
    await ada.authenticate();
    const stepped = decodeJwt(ada.token);
    expect(stepped.sid).toBe(upgraded.sid);
    expect(stepped.auth_time).toBe(Math.floor(server.clock() / 1000));
  });
});

describe('S-28 when factors change', () => {
  const startWithTwo = async (keepOtherSessions: boolean) => {
    const server = await startTestServer({ keepOtherSessions });
    const ada = new Person(server);
    await ada.enrol();
    const tablet = new Person(server, ada.email);
    tablet.secret = ada.secret;
    await tablet.signInFully();
    const { body } = await tablet.authenticate({ createMfaToken: { singleUse: false } });
    server.notifications.length = 0;
    return { server, ada, tablet, headers: { 'x-mfa-auth-token': body.mfaToken ?? '' } };
  };
  const changes: [string, (ada: Person) => Promise<unknown>, string][] = [
    ['removed', (ada) => ada.send('DELETE', `/users/mfa/${ada.deviceId}`), 'factor_removed'],
    [
      'replaced',
      async (ada) => {
        await ada.beginTotp('?replace=true');
        await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
      },
      'factor_replaced',
    ],
    [
      'recovered',
      async (ada) => {
        await ada.signIn();
        await ada.send('POST', RECOVERY, { code: ada.codes[0] });
      },
      'recovery_code_used',
    ],
  ];
  test.each(changes)(
    '%s: other sessions and their tokens end, and the owner hears of it once',
    async (_name, change, told) => {
      const { server, ada, tablet } = await startWithTwo(false);
      await ada.authenticate();
      await change(ada);
      expect((await tablet.send('GET', '/users')).body.code).toBe('session_ended');
      expect((await ada.send('GET', '/users')).status).toBe(200);
      expect(server.notifications.map(({ type }) => type)).toEqual([told]);
      expect(server.notifications[0]).toMatchObject({ email: ada.email });
    },
  );

  test('added: the same', async () => {
    const server = await startTestServer();
    const tablet = new Person(server, 'ada@example.com');
    await tablet.signIn();
    const ada = new Person(server, 'ada@example.com');
    await ada.enrol();
    expect((await tablet.send('GET', '/users')).body.code).toBe('session_ended');
    expect(server.notifications.map(({ type }) => type)).toEqual(['factor_added']);
  });

  test('with `keepOtherSessions` they live on, and their tokens still end', async () => {
    const { ada, tablet, headers } = await startWithTwo(true);
    await ada.authenticate();
    await ada.beginTotp('?replace=true');
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    expect((await tablet.send('GET', '/users')).status).toBe(200);
    tablet.server.clock.advance(301_000);
    expect((await tablet.send('POST', '/users/mfa/recovery', undefined, { headers })).status).toBe(403);
  });
});

describe('MFA tokens', () => {
  test('S-36 are 256 random bits, each another, and the database keeps their hashes alone', async () => {
    const file = createDatabaseFile();
    const server = await startTestServer({ store: file.store });
    const ada = new Person(server);
    await ada.enrol();
    const tokens: string[] = [];
    for (const singleUse of [true, false, true]) {
      const { body } = await ada.authenticate({ createMfaToken: { singleUse } });
      tokens.push(body.mfaToken ?? '');
    }
    expect(new Set(tokens).size).toBe(3);
    const dump = file.dump();
    for (const token of tokens) {
      expect(token).toMatch(/^mfa_[A-Za-z0-9_-]{43}$/);
      expect(dump).not.toContain(token);
      expect(dump).not.toContain(token.slice(4));
    }
    expect(dump).not.toContain(ada.token.split('.')[2]);
    const rows = file.rows(
      'SELECT single_use AS singleUse, expires_at - created_at AS ms FROM mfa_token ORDER BY created_at',
    );
    expect(rows).toEqual([
      { singleUse: 1, ms: 120_000 },
      { singleUse: 0, ms: 3_600_000 },
      { singleUse: 1, ms: 120_000 },
    ]);
    await server.close();
    file.remove();
  });

  test('come only where one was asked for, and at enrolment with the acknowledgement', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    const grant = { createMfaToken: { singleUse: true }, action: 'wallet.waas.sign' };
    const body = { id: ada.deviceId, code: ada.code(), ...grant };
    expect((await ada.send('POST', '/users/mfa/auth/totp', body)).body.mfaToken).toBeUndefined();
    server.clock.advance(14 * 60_000);
    await ada.send('POST', '/refresh');
    expect((await ada.acknowledge()).body.mfaToken).toMatch(/^mfa_/);
    expect((await ada.acknowledge()).body.mfaToken).toBeUndefined();
    expect((await ada.authenticate()).body.mfaToken).toBeUndefined();
  });

  test('a quarter of an hour after enrolment the acknowledgement gives none', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', {
      id: ada.deviceId,
      code: ada.code(),
      createMfaToken: { singleUse: true },
    });
    server.clock.advance(15 * 60_000 + 1);
    await ada.send('POST', '/refresh');
    expect((await ada.acknowledge()).body.mfaToken).toBeUndefined();
  });
});
