// Threat: a server, or somebody before it, answers with what it should not; the page must neither break nor draw it (C-09, C-10).
import {
  authenticateTotpMfaDevice,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  getProjectSettings,
  InvalidExternalAuthError,
  isMfaError,
  MfaApiError,
  MfaError,
  MfaInvalidOtpError,
  MfaRateLimitedError,
  refreshUser,
  registerTotpMfaDevice,
  signInWithExternalJwt,
  UnauthorizedError,
} from 'mfa-kit/client';
import { describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';

type Client = Parameters<typeof getMfaDevices>[0];

const BEGIN = 'GET /users/mfa/register/totp';
const DEVICES = 'GET /users/mfa';
const registration = { id: 'd', type: 'totp', secret: 'JBSWY3DPEHPK3PXP' };

const signedIn = async () => {
  const on = await createClientOn();
  await on.signIn();
  return on;
};

const reads: [string, string, (client: Client) => Promise<unknown>][] = [
  ['devices', DEVICES, getMfaDevices],
  ['methods', 'GET /users/mfa/methods?verifiedOnly=true', getMfaMethods],
  ['codes', 'GET /users/mfa/recovery', getMfaRecoveryCodes],
  ['the user', 'GET /users', refreshUser],
  ['a registration', BEGIN, (client) => registerTotpMfaDevice(client)],
  ['a proof', 'POST /users/mfa/auth/totp', (client) => authenticateTotpMfaDevice({ code: '123456' }, client)],
];
const bodies: [string, string][] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a string', '"<img src=x onerror=alert(1)>"'],
  ['a page of HTML', '<!doctype html><title>502</title>'],
  ['half of it', '{"devices":[{"id":'],
  [
    'wrong types',
    '{"devices":{},"passkeys":1,"count":"x","recoveryCodes":[1],"id":7,"user":[],"uri":{},"expiresAt":""}',
  ],
  [
    'numbers beyond numbers',
    '{"count":1e999,"recoveryCodes":[],"expiresAt":1e999,"user":{"id":"u","verifiedCredentials":[]}}',
  ],
  ['ten megabytes', `{"devices":[],"count":0,"recoveryCodes":[],"pad":"${'x'.repeat(10_000_000)}"}`],
  ['nesting ten thousand deep', `{"devices":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
];

describe.each(reads)('%s', (_, what, read) => {
  test.each(bodies)('answered with %s is a typed error, and nobody is signed out', async (_name, body) => {
    const { client, wire } = await signedIn();
    wire.answer(what, () => new Response(body, { status: 200 }));
    await expect(read(client)).rejects.toMatchObject({ name: 'MfaNetworkError', code: 'invalid_response' });
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });
});

test('__proto__ in an answer changes no prototype, its own or anybody else’s', async () => {
  const { client, wire } = await signedIn();
  wire.answer(
    DEVICES,
    () => new Response('{"count":1,"devices":[{"id":"d","__proto__":{"verified":true,"polluted":1}}]}'),
  );
  const [device] = await getMfaDevices(client);
  expect(Object.getPrototypeOf(Object.assign({}, device))).toBe(Object.prototype);
  expect(device?.verified).toBeUndefined();
  expect('polluted' in {}).toBe(false);
  wire.answer(DEVICES, () => refusal(422, '__proto__', JSON.parse('{"__proto__":{"field":"x"}}')));
  const error = await getMfaDevices(client).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'unknown_error' });
  expect((error as MfaApiError).payload.field).toBeUndefined();
});

describe('a refusal', () => {
  const refused = async (response: Response) => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => response);
    return (await getMfaDevices(client).catch((caught: unknown) => caught)) as MfaApiError;
  };

  test('carries its facts and not its sentence', async () => {
    const error = await refused(
      Response.json(
        { error: '<b>secret 123456</b>', code: 'mfa_rate_limited', payload: { lockedUntil: 5, attemptsLeft: 0 } },
        { status: 429, headers: { 'retry-after': '30' } },
      ),
    );
    expect(error).toBeInstanceOf(MfaRateLimitedError);
    expect(error).toMatchObject({ status: 429, retryAfter: 30, attemptsLeft: 0, payload: { lockedUntil: 5 } });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/<b>|123456/);
  });

  test('with a payload of another form keeps what is a plain fact', async () => {
    const error = await refused(refusal(422, 'mfa_invalid_code', { attemptsLeft: { a: 1 }, reason: 'already_used' }));
    expect(error.attemptsLeft).toBeUndefined();
    expect(error.payload.reason).toBe('already_used');
    expect(
      (await refused(Response.json({ error: 'x', payload: ['y'] }, { status: 400 }))).payload.field,
    ).toBeUndefined();
  });

  test.each<[string, Response, object]>([
    [
      'a 401 without a reason',
      Response.json({}, { status: 401 }),
      { code: 'unauthorized_error', name: 'UnauthorizedError' },
    ],
    ['an edge limiter', Response.json({ message: 'slow', code: 429 }, { status: 429 }), { code: 'too_many_requests' }],
    ['a proxy’s page', new Response('<html>', { status: 500 }), { code: 'server_error', status: 500 }],
    ['an unknown form', new Response('what?', { status: 418 }), { code: 'unknown_error', status: 418 }],
    ['a code of another alphabet', refusal(422, 'Robert"); DROP'), { code: 'unknown_error' }],
    ['a published code of other servers', refusal(422, 'transfer_mfa_required'), { code: 'transfer_mfa_required' }],
    ['a code that objects have', refusal(422, 'constructor'), { code: 'constructor', name: 'MfaApiError' }],
  ])('by %s is a typed error', async (_, response, expected) => {
    const error = await refused(response);
    expect(error).toBeInstanceOf(MfaApiError);
    expect(error).toMatchObject(expected);
  });
});

describe('the published classes', () => {
  test('are matched by their own code and by the server’s', async () => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => refusal(422, 'mfa_invalid_code', { attemptsLeft: 3 }));
    const error = await getMfaDevices(client).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MfaInvalidOtpError);
    expect(error).toMatchObject({ code: 'mfa_invalid_otp_error', serverCode: 'mfa_invalid_code', attemptsLeft: 3 });
    expect(isMfaError(error)).toBe(true);
    expect(isMfaError(error, 'mfa_invalid_otp_error')).toBe(true);
    expect(isMfaError(error, 'mfa_invalid_code')).toBe(true);
    expect(isMfaError(error, 'mfa_rate_limited')).toBe(false);
    expect(isMfaError(new Error('mfa_invalid_code'))).toBe(false);
    expect(error).toBeInstanceOf(MfaError);
  });

  test('cover the application’s own sign-in and a bare 401', async () => {
    const { client } = await createClientOn({
      server: { externalAuth: { issuer: 'https://i.test', audience: 'a', jwksUrl: 'https://i.test/jwks' } },
    });
    await expect(signInWithExternalJwt({ externalJwt: 'not.a.jwt' }, client)).rejects.toBeInstanceOf(
      InvalidExternalAuthError,
    );
    expect(new UnauthorizedError({ status: 401, serverCode: 'unauthorized', payload: {} }).code).toBe(
      'unauthorized_error',
    );
  });
});

describe('what an authenticator app is given', () => {
  test.each([
    ['https://evil.test/otp'],
    ['javascript:alert(1)'],
    ['otpauth://hotp/Harbor:ada?secret=JBSWY3DPEHPK3PXP&counter=1'],
    ['otpauth-migration://offline?data=x'],
    ['OTPAUTH://totp/Harbor:ada?secret=X'],
    [' otpauth://totp/Harbor:ada?secret=X'],
    ['otpauth://totp/'],
    ['otpauth://totp/Harbor\nSet-Cookie: x'],
    ['otpauth:totp/Harbor'],
    ['data:image/svg+xml,<svg/>'],
  ])('is refused when it is %j', async (uri) => {
    const { client, wire } = await signedIn();
    wire.answer(BEGIN, () => Response.json({ ...registration, uri }));
    await expect(registerTotpMfaDevice(client)).rejects.toMatchObject({ code: 'invalid_response' });
  });

  test('is taken when it is for an authenticator app', async () => {
    const { client, wire } = await signedIn();
    const uri = 'otpauth://totp/Harbor%20Bank:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Harbor%20Bank';
    wire.answer(BEGIN, () => Response.json({ ...registration, uri }));
    expect((await registerTotpMfaDevice(client)).uri).toBe(uri);
  });
});

test('settings of a published server, with nearly everything left out, are read', async () => {
  const { client, wire } = await createClientOn();
  wire.answer('GET /settings', () => Response.json({ chains: [], kyc: [], general: {}, sdk: {}, security: {} }));
  expect(await getProjectSettings(client)).toEqual({
    general: {},
    security: { mfa: { enabled: false, enrollment: 'none', required: false, methods: [], actions: [] } },
  });
});
