/** What tokens and answers say of a session and its user, to back ends and clients that were written for it (contract §7). */
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { generateKeys, verifyAccessToken } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { Person } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer, testKeys } from '../support/server.js';

const enrolled = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada };
};

describe('the token to send', () => {
  test('has what a back end needs, and no more of the person than their address', async () => {
    const { server, ada } = await enrolled();
    const { body } = await ada.send('PUT', '/users', { firstName: 'Ada', lastName: 'Lovelace', alias: 'ada' });
    const claims = decodeJwt(body.minifiedJwt ?? '');
    expect(Object.keys(claims).toSorted()).toEqual(
      ['acr', 'amr', 'aud', 'auth_time', 'email', 'environment_id', 'exp', 'iat', 'iss', 'jti']
        .concat(['last_verified_credential_id', 'scope', 'sid', 'sub'])
        .toSorted(),
    );
    expect(claims).toMatchObject({
      iss: `${baseUrl}/${environmentId}`,
      aud: origin,
      sub: body.user?.id,
      sid: body.user?.sessionId,
      scope: body.user?.scope,
      environment_id: environmentId,
      last_verified_credential_id: body.user?.lastVerifiedCredentialId,
      exp: body.expiresAt,
      iat: Math.floor(server.clock() / 1000),
    });
  });
});

describe('the full token', () => {
  test('says the same, and who the person is, in the published spelling', async () => {
    const { ada } = await enrolled();
    const { body } = await ada.send('PUT', '/users', { firstName: 'Ada', lastName: 'Lovelace', alias: 'ada' });
    const { jwt = '', minifiedJwt = '', user } = body;
    expect(decodeProtectedHeader(jwt)).toEqual(decodeProtectedHeader(minifiedJwt));
    expect(decodeJwt(jwt)).toEqual({
      ...decodeJwt(minifiedJwt),
      verified_credentials: user?.verifiedCredentials,
      missing_fields: [],
      new_user: user?.newUser,
      first_visit: user?.firstVisit,
      last_visit: user?.lastVisit,
      given_name: 'Ada',
      family_name: 'Lovelace',
      alias: 'ada',
      lists: [],
      metadata: {},
    });
  });

  test('is good wherever the other one is, and ends with it', async () => {
    const { server, ada } = await enrolled();
    const { jwt = '' } = (await ada.send('POST', '/refresh')).body;
    const options = { issuer: `${baseUrl}/${environmentId}`, audience: origin, currentDate: new Date(server.clock()) };
    const keys = (await (await server.request('GET', '/.well-known/jwks')).json()) as JSONWebKeySet;
    expect((await jwtVerify(jwt, createLocalJWKSet(keys), options)).payload.sub).toBe(decodeJwt(jwt).sub);
    expect((await server.request('GET', '/session', { token: jwt })).status).toBe(204);
    await ada.send('POST', '/revoke');
    expect((await server.request('GET', '/session', { token: jwt })).status).toBe(401);
  });

  test('is never another scope than the session has: one that waits is no more in full', async () => {
    const { server, ada } = await enrolled();
    const { jwt = '' } = (await ada.signIn()).body;
    expect(decodeJwt(jwt).scope).toBe('requiresAdditionalAuth');
    expect((await server.request('GET', '/users/mfa/recovery', { token: jwt })).status).toBe(403);
  });
});

test('the user has every field that published clients stop without, or hide the user without', async () => {
  const { ada } = await enrolled();
  const { user } = (await ada.send('POST', '/refresh')).body;
  expect(user).toEqual({
    id: expect.any(String),
    projectEnvironmentId: environmentId,
    verifiedCredentials: [
      {
        id: user?.lastVerifiedCredentialId,
        format: 'email',
        signInEnabled: true,
        email: ada.email,
        public_identifier: ada.email,
      },
    ],
    lastVerifiedCredentialId: expect.any(String),
    scope: 'user:basic',
    sessionId: decodeJwt(ada.token).sid,
    mfaBackupCodeAcknowledgement: 'complete',
    email: ada.email,
    missingFields: [],
    newUser: expect.any(Boolean),
    firstVisit: expect.stringMatching(/^\d{4}-.*Z$/),
    lastVisit: expect.stringMatching(/^\d{4}-.*Z$/),
  });
});

describe('the published keys', () => {
  const keysOf = async (server: Awaited<ReturnType<typeof startTestServer>>) => {
    const [one, other] = await Promise.all(
      ['/.well-known/jwks', '/.well-known/jwks.json'].map(
        async (path) => (await (await server.request('GET', path)).json()) as JSONWebKeySet,
      ),
    );
    expect(other).toEqual(one);
    return one ?? { keys: [] };
  };

  test('are RSA keys in the published form where RS256 was chosen, and check what is signed', async () => {
    const { server, ada } = await enrolled({ keys: await generateKeys({ signing: 'RS256' }) });
    const { kid } = decodeProtectedHeader(ada.token);
    const { keys } = await keysOf(server);
    expect(keys).toEqual([
      {
        kid,
        alg: 'RS256',
        kty: 'RSA',
        use: 'sig',
        e: 'AQAB',
        // 2,048 bits.
        n: expect.stringMatching(/^[\w-]{342}$/),
      },
    ]);
    const verified = await verifyAccessToken(ada.token, {
      issuer: `${baseUrl}/${environmentId}`,
      audience: origin,
      keys: { keys: keys as JsonWebKey[] },
      algorithms: ['RS256'],
      clock: server.clock,
    });
    expect(verified.userId).toBe(decodeJwt(ada.token).sub);
  });

  test('are P-256 keys otherwise, which is the default (D5)', async () => {
    const { server, ada } = await enrolled();
    const { keys } = await keysOf(server);
    expect(keys).toEqual([
      {
        kid: decodeProtectedHeader(ada.token).kid,
        alg: 'ES256',
        kty: 'EC',
        crv: 'P-256',
        use: 'sig',
        x: expect.any(String),
        y: expect.any(String),
      },
    ]);
  });

  test('are both, while a back end moves from one to the other', async () => {
    const [before, after] = [await testKeys(), await generateKeys({ signing: 'RS256' })];
    const signing = { active: after.signing.active, keys: { ...before.signing.keys, ...after.signing.keys } };
    const { server, ada } = await enrolled({ keys: { ...before, signing } });
    expect((await keysOf(server)).keys.map(({ alg }) => alg).toSorted()).toEqual(['ES256', 'RS256']);
    expect(decodeProtectedHeader(ada.token).alg).toBe('RS256');
  });
});
