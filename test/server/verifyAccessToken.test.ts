/**
 * Threat: a back end in another process takes a forged, foreign or half-finished session for a full one.
 * S-29 and S-30 outside the server: real tokens of the server, read with its public keys alone.
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
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import {
  AccessTokenError,
  generateKeys,
  type MfaKeys,
  MfaStartError,
  type VerifyAccessTokenOptions,
  verifyAccessToken,
} from 'mfa-kit/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Person } from '../support/person.js';
import { baseUrl, environmentId, origin, startTestServer, type TestServer, testKeys } from '../support/server.js';

const issuer = `${baseUrl}/${environmentId}`;
const jwksUrl = `${baseUrl}/sdk/${environmentId}/.well-known/jwks`;

/** A back end of the application, with the road to the server's keys in the test's hand. */
const backEndOf = (server: TestServer) => {
  const backEnd = {
    requests: [] as string[],
    /** Which server answers for the address; null when none does. */
    answer: (url: string): Promise<Response> | Response => server.mfa.fetch(new Request(url)),
    options: {
      issuer,
      audience: origin,
      jwksUrl,
      clock: () => server.clock(),
      fetch: async (url: string): Promise<Response> => {
        backEnd.requests.push(url);
        return backEnd.answer(url);
      },
    } satisfies VerifyAccessTokenOptions,
    verify: (jwt: string, changes: Partial<VerifyAccessTokenOptions> = {}) =>
      verifyAccessToken(jwt, { ...backEnd.options, ...changes }),
  };
  return backEnd;
};

const enrolled = async (keys?: MfaKeys) => {
  const server = await startTestServer(keys ? { keys } : {});
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada, backEnd: backEndOf(server) };
};

const codeOf = async (verification: Promise<unknown>): Promise<string> => {
  const error: unknown = await verification.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof AccessTokenError) return `${error.status} ${error.code}`;
  throw error ?? new Error('the token was accepted');
};

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const json = JSON.stringify;

/** Signs any text at all, as somebody with a key would. */
const signRaw = (header: string, payload: string, key: KeyObject): string => {
  const input = `${base64url(header)}.${base64url(payload)}`;
  const signature = createSign('sha256').update(input).sign({ key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
};

const privateKeyOf = (keys: MfaKeys): KeyObject =>
  createPrivateKey({ key: keys.signing.keys[keys.signing.active] as JsonWebKeyInput['key'], format: 'jwk' });

interface Parts {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject;
  token: string;
}
type Forge = (parts: Parts) => string;

const partsOf = async (token: string): Promise<Parts> => ({
  header: { ...decodeProtectedHeader(token) },
  claims: { ...decodeJwt(token) },
  key: privateKeyOf(await testKeys()),
  token,
});
const withHeader =
  (changes: object): Forge =>
  ({ header, claims, key }) =>
    signRaw(json({ ...header, ...changes }), json(claims), key);
const withClaims =
  (changes: object): Forge =>
  ({ header, claims, key }) =>
    signRaw(json(header), json({ ...claims, ...changes }), key);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a token of the server', () => {
  test('says who is signed in, how strongly they were proven and until when it is good', async () => {
    const { ada, backEnd, server } = await enrolled();
    const claims = decodeJwt(ada.token);
    const second = Math.floor(server.clock() / 1000) * 1000;
    expect(await backEnd.verify(ada.token)).toEqual({
      userId: claims.sub,
      sessionId: claims.sid,
      scope: 'user:basic',
      acr: 'factor',
      amr: ['otp', 'mfa'],
      authTime: second,
      expiresAt: second + 600_000,
      claims,
    });
    expect(backEnd.requests).toEqual([jwksUrl]);
  });

  test('is read with keys that were given too, and then nothing is fetched', async () => {
    const { ada, backEnd, server } = await enrolled();
    const keys = (await (await server.request('GET', '/.well-known/jwks')).json()) as { keys: JsonWebKey[] };
    const options = { issuer, audience: origin, clock: backEnd.options.clock, keys };
    expect((await verifyAccessToken(ada.token, options)).userId).toBe(decodeJwt(ada.token).sub);
    expect(await codeOf(verifyAccessToken(ada.token, { ...options, keys: { keys: [] } }))).toBe('401 invalid_token');
  });

  test('signed with RS256 is read where RS256 was allowed, and only there', async () => {
    const { ada, backEnd } = await enrolled(await generateKeys({ signing: 'RS256' }));
    expect(await codeOf(backEnd.verify(ada.token))).toBe('401 invalid_token');
    expect((await backEnd.verify(ada.token, { algorithms: ['RS256'] })).scope).toBe('user:basic');
    expect((await backEnd.verify(ada.token, { algorithms: ['ES256', 'RS256'] })).scope).toBe('user:basic');
  });

  test('is fetched for with the global fetch where no other was given', async () => {
    const { ada, backEnd } = await enrolled();
    vi.stubGlobal('fetch', backEnd.options.fetch);
    const { fetch: _fetch, ...options } = backEnd.options;
    expect((await verifyAccessToken(ada.token, options)).scope).toBe('user:basic');
    expect(backEnd.requests).toHaveLength(1);
  });

  test('is good until it expires and five seconds more, by the clock that was given', async () => {
    const { ada, backEnd, server } = await enrolled();
    const { expiresAt } = await backEnd.verify(ada.token);
    server.clock.now = expiresAt + 4_999;
    expect((await backEnd.verify(ada.token)).scope).toBe('user:basic');
    server.clock.now = expiresAt + 5_000;
    expect(await codeOf(backEnd.verify(ada.token))).toBe('401 token_expired');
  });

  test('that begins later is good five seconds before that', async () => {
    const { ada, backEnd, server } = await enrolled();
    const parts = await partsOf(ada.token);
    const beginning = (seconds: number) => withClaims({ nbf: Math.floor(server.clock() / 1000) + seconds })(parts);
    expect((await backEnd.verify(beginning(5))).scope).toBe('user:basic');
    expect(await codeOf(backEnd.verify(beginning(6)))).toBe('401 invalid_token');
  });

  test('that waits for its second factor is refused, unless it was asked for', async () => {
    const { ada, backEnd } = await enrolled();
    await ada.signIn();
    expect(await codeOf(backEnd.verify(ada.token))).toBe('403 insufficient_scope');
    expect(await backEnd.verify(ada.token, { allowWaiting: true })).toMatchObject({
      scope: 'requiresAdditionalAuth',
      acr: 'first_factor',
    });
    await ada.authenticate();
    expect((await backEnd.verify(ada.token, { allowWaiting: true })).scope).toBe('user:basic');
  });
});

describe('S-29 what is no token of ours', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
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
    ['no word of an algorithm', withHeader({ alg: undefined })],
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
    ['no key id, though there is but one key', withHeader({ kid: undefined })],
    ['its own key', withHeader({ jwk: stranger.publicKey.export({ format: 'jwk' }) })],
    ['where to fetch a key', withHeader({ jku: 'https://evil.example/jwks' })],
    ['where to fetch a certificate', withHeader({ x5u: 'https://evil.example/cert' })],
    ['a certificate', withHeader({ x5c: ['AA'] })],
    ['an extension it calls critical', withHeader({ crit: ['exp'] })],
    ['an unencoded payload', withHeader({ b64: false, crit: ['b64'] })],
    ['type JWT', withHeader({ typ: 'JWT' })],
    ['type of an elevated token', withHeader({ typ: 'elevated+jwt' })],
    ['an elevated token', withClaims({ aud: `${issuer}/elevated`, singleUse: true })],
    ['no type', withHeader({ typ: undefined })],
    ['another algorithm', withHeader({ alg: 'RS256' })],
    ['another issuer', withClaims({ iss: 'https://evil.example' })],
    ['an issuer with a slash more', withClaims({ iss: `${issuer}/` })],
    ['the issuer in a list', withClaims({ iss: [issuer] })],
    ['no issuer', withClaims({ iss: undefined })],
    ['another audience', withClaims({ aud: 'https://evil.example' })],
    ['two audiences', withClaims({ aud: [origin, 'https://evil.example'] })],
    ['the audience in a list', withClaims({ aud: [origin] })],
    ['no audience', withClaims({ aud: undefined })],
    ['no expiry', withClaims({ exp: undefined })],
    ['an expiry in words', withClaims({ exp: 'never' })],
    ['not valid before tomorrow', withClaims({ nbf: 4_000_000_000 })],
    ['no session', withClaims({ sid: undefined })],
    ['a session that is a number', withClaims({ sid: 7 })],
    ['no subject', withClaims({ sub: undefined })],
    ['an empty subject', withClaims({ sub: '' })],
    ['no id', withClaims({ jti: undefined })],
    ['no word of how it was proven', withClaims({ acr: undefined })],
    ['methods that are no list', withClaims({ amr: 'otp mfa' })],
    ['a time of proof in words', withClaims({ auth_time: 'now' })],
    [
      'a claim twice',
      ({ header, claims, key }) => signRaw(json(header), json(claims).replace('{', '{"scope":"user:basic",'), key),
    ],
    [
      'a header twice',
      ({ header, claims, key }) => signRaw(json(header).replace('{', '{"alg":"none",'), json(claims), key),
    ],
    ['space in the JSON', ({ header, claims, key }) => signRaw(json(header, null, 1), json(claims), key)],
    ['16 KB', withClaims({ padding: 'x'.repeat(16_384) })],
    ['a signature cut short', ({ token }) => token.slice(0, -2)],
    ['a signature of zeros', ({ token }) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`],
    ['a payload changed', ({ token }) => token.replace(/\.(.)/, (_match, first) => `.${first === 'e' ? 'f' : 'e'}`)],
    ['two parts', ({ token }) => token.slice(0, token.lastIndexOf('.'))],
    ['four parts', ({ token }) => `${token}.AA`],
    ['with its scheme', ({ token }) => `Bearer ${token}`],
    ['nothing', () => ''],
    ['no text at all', () => undefined as unknown as string],
  ];

  test.each(forgeries)('%s', async (_name, forge) => {
    const { ada, backEnd } = await enrolled();
    const token = forge(await partsOf(ada.token));
    const lenient = { algorithms: ['ES256', 'RS256'], allowWaiting: true } satisfies Partial<VerifyAccessTokenOptions>;
    expect(await codeOf(backEnd.verify(token))).toBe('401 invalid_token');
    expect(await codeOf(backEnd.verify(token, lenient))).toBe('401 invalid_token');
    expect(backEnd.requests.filter((url) => url !== jwksUrl)).toEqual([]);
  });

  test('the forger of these tests can make a good one, so that each is refused for what it says', async () => {
    const { ada, backEnd } = await enrolled();
    expect((await backEnd.verify(withClaims({})(await partsOf(ada.token)))).scope).toBe('user:basic');
  });
});

describe('S-30 what counts as a full session', () => {
  test.each<[string, unknown]>([
    ['missing', undefined],
    ['empty', ''],
    ['only waiting', 'requiresAdditionalAuth'],
    ['both', 'user:basic requiresAdditionalAuth'],
    ['both, the other way', 'requiresAdditionalAuth user:basic'],
    ['longer', 'user:basicx'],
    ['with a prefix', 'xuser:basic'],
    ['upper case', 'USER:BASIC'],
    ['NUL inside', 'user:\0basic'],
    ['NUL after', 'user:basic\0'],
    ['comma', 'user:basic,admin'],
    ['tab', 'user:basic\tadmin'],
    ['newline', 'user:basic\nadmin'],
    ['no-break space', 'user:basic\u00a0admin'],
    ['a list as text', '["user:basic"]'],
    ['a list', ['user:basic']],
    ['an object', { scope: 'user:basic' }],
    ['a number', 7],
    ['true', true],
    ['null', null],
    ['star', '*'],
    ['data form', 'userDataForm'],
  ])('not this: %s', async (_name, scope) => {
    const { ada, backEnd } = await enrolled();
    const token = withClaims({ scope })(await partsOf(ada.token));
    expect(await codeOf(backEnd.verify(token))).toBe('403 insufficient_scope');
  });

  test.each(['user:basic', 'user:basic userDataForm', 'userDataForm user:basic', 'user:basic  userDataForm'])(
    'this: %s',
    async (scope) => {
      const { ada, backEnd } = await enrolled();
      const token = withClaims({ scope })(await partsOf(ada.token));
      expect((await backEnd.verify(token)).scope).toBe(scope);
    },
  );

  test.each(['', 'userDataForm', 'requiresAdditionalAuthx'])(
    'who takes waiting sessions does not take what neither waits nor is full: %j',
    async (scope) => {
      const { ada, backEnd } = await enrolled();
      const token = withClaims({ scope })(await partsOf(ada.token));
      expect(await codeOf(backEnd.verify(token, { allowWaiting: true }))).toBe('403 insufficient_scope');
    },
  );
});

describe('the public keys', () => {
  test('are fetched once for a hundred tokens at once and a hundred more', async () => {
    const { ada, backEnd } = await enrolled();
    const hundred = () => Promise.all(Array.from({ length: 100 }, () => backEnd.verify(ada.token)));
    await hundred();
    await hundred();
    expect(backEnd.requests).toHaveLength(1);
  });

  test('are fetched anew for a key that was added, but not for each token that names an unknown one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ada, backEnd, server } = await enrolled();
    await backEnd.verify(ada.token);

    const old = await testKeys();
    const next = await generateKeys();
    const signing = { active: next.signing.active, keys: { ...old.signing.keys, ...next.signing.keys } };
    const { store } = server.options;
    const rotated = await startTestServer({ store, keys: { ...old, signing }, clock: server.clock });
    backEnd.answer = (url) => rotated.mfa.fetch(new Request(url));
    const later = new Person(rotated);
    await later.enrol();
    expect(decodeProtectedHeader(later.token).kid).toBe(next.signing.active);

    vi.setSystemTime(Date.now() + 30_000);
    expect((await backEnd.verify(later.token)).scope).toBe('user:basic');
    expect((await backEnd.verify(ada.token)).scope).toBe('user:basic');
    expect(backEnd.requests).toHaveLength(2);

    const unknown = withHeader({ kid: 'unknown' })(await partsOf(ada.token));
    for (let time = 0; time < 50; time++) expect(await codeOf(backEnd.verify(unknown))).toBe('401 invalid_token');
    expect(backEnd.requests).toHaveLength(2);
  });

  test('that were taken away are forgotten after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ada, backEnd } = await enrolled();
    await backEnd.verify(ada.token);
    backEnd.answer = () => Response.json({ keys: [] });
    vi.setSystemTime(Date.now() + 600_000);
    expect(await codeOf(backEnd.verify(ada.token))).toBe('401 invalid_token');
  });

  test.each<[string, () => Promise<Response> | Response]>([
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed'))],
    ['the answer is an error', () => new Response('', { status: 500 })],
    ['the answer sends elsewhere', () => Response.redirect('https://evil.example/jwks')],
    ['the answer is no JSON', () => new Response('<html>')],
    ['the answer is no set of keys', () => Response.json({ keys: 'none' })],
    ['the answer is null', () => Response.json(null)],
  ])('unavailable, as %s: nobody is signed in, and the next try asks again', async (_name, answer) => {
    const { ada, backEnd } = await enrolled();
    const working = backEnd.answer;
    backEnd.answer = answer;
    expect(await codeOf(backEnd.verify(ada.token))).toBe('503 keys_unavailable');
    backEnd.answer = working;
    expect((await backEnd.verify(ada.token)).scope).toBe('user:basic');
  });

  test('the key that fits but is broken says nothing of the token', async () => {
    const { ada, backEnd } = await enrolled();
    const kid = decodeProtectedHeader(ada.token).kid ?? '';
    const broken: JWK = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid, alg: 'ES256', use: 'sig' };
    backEnd.answer = () => Response.json({ keys: [broken] });
    expect(await codeOf(backEnd.verify(ada.token))).toBe('503 keys_unavailable');
  });
});

test.each<[string, object]>([
  ['issuer', { issuer: undefined }],
  ['issuer', { issuer: '' }],
  ['audience', { audience: undefined }],
  ['audience', { audience: [] }],
  ['jwksUrl', { jwksUrl: undefined }],
  ['jwksUrl', { keys: { keys: [] } }],
  ['jwksUrl', { jwksUrl: 'http://api.test/jwks' }],
  ['jwksUrl', { jwksUrl: 'jwks' }],
  ['keys', { jwksUrl: undefined, keys: {} }],
  ['algorithms', { algorithms: [] }],
  ['algorithms', { algorithms: ['none'] }],
  ['algorithms', { algorithms: ['ES256', 'HS256'] }],
])('a back end without a sound `%s` is told so, and accepts nobody: %j', async (option, changes) => {
  const { ada, backEnd } = await enrolled();
  const refused = backEnd.verify(ada.token, changes);
  await expect(refused).rejects.toBeInstanceOf(MfaStartError);
  await expect(refused).rejects.toMatchObject({ option });
});
