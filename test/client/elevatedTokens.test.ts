// Threat: an elevated access token outlives its use, its session or its refusal, or goes along where it is not for (C-01, C-02).
import {
  authenticateTotpMfaDevice,
  checkStepUpAuth,
  clearMfaTokens,
  deleteMfaDevice,
  getElevatedAccessToken,
  getMfaMethods,
  getMfaToken,
  InvalidParamError,
  isMfaError,
  logout,
  registerTotpMfaDevice,
  TokenScope,
  updateUser,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';

afterEach(() => void vi.useRealTimers());

const ELEVATED = 'x-dyn-elevated-access-token';
const { Credentiallink, Credentialunlink, Walletsign, Userupdate } = TokenScope;
const policy = { actions: [{ action: 'wallet.waas.sign', required: true }] };
const seconds = () => Math.floor(Date.now() / 1000);
const jwt = (claims: object) => ['e30', btoa(JSON.stringify(claims)).replace(/=+$/, ''), 'c2ln'].join('.');

const start = async () => {
  const on = await createClientOn({ server: { policy } });
  await on.signIn();
  const enrolled = await on.enrol();
  const prove = async (...requestedScopes: TokenScope[]) => {
    on.server.clock.advance(30_000);
    return authenticateTotpMfaDevice({ code: on.code(enrolled.secret), requestedScopes }, on.client);
  };
  /** The server answers a proof with this token. */
  const given = async (elevatedAccessToken: unknown) => {
    const { user } = on.client;
    on.wire.answer('POST /users/mfa/auth/totp', () =>
      Response.json({ user, expiresAt: seconds() + 600, minifiedJwt: on.client.token, elevatedAccessToken }),
    );
    return authenticateTotpMfaDevice({ code: '123456' }, on.client);
  };
  on.wire.sent.length = 0;
  return { ...on, ...enrolled, prove, given };
};

describe('the store', () => {
  test('gives a token of the scope asked for, one for a single use once', async () => {
    const { client, prove } = await start();
    await prove(Walletsign, Credentiallink);
    expect(getElevatedAccessToken({ scope: Userupdate }, client)).toBeUndefined();
    const token = getElevatedAccessToken({ scope: Walletsign, consume: false }, client);
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(getElevatedAccessToken({ scope: Walletsign }, client)).toBe(token);
    expect(getElevatedAccessToken({ scope: Walletsign }, client)).toBeUndefined();
  });

  test('gives one that lasts again and again', async () => {
    const { client, prove } = await start();
    await prove(Credentialunlink);
    const token = getElevatedAccessToken({ scope: Credentialunlink }, client);
    expect(token).toBeDefined();
    expect(getElevatedAccessToken({ scope: Credentialunlink }, client)).toBe(token);
  });

  test('keeps the newest of each set of scopes, in whatever order they are spelled', async () => {
    const { client, given } = await start();
    const exp = seconds() + 60;
    const [first, second, other] = [
      jwt({ scope: 'a b', exp }),
      jwt({ scope: 'b a', exp, singleUse: true }),
      jwt({ scope: 'a', exp }),
    ];
    await given(first);
    await given(other);
    await given(second);
    expect(getElevatedAccessToken({ scope: 'b' }, client)).toBe(second);
    expect(getElevatedAccessToken({ scope: 'b' }, client)).toBeUndefined();
    expect(getElevatedAccessToken({ scope: 'a' }, client)).toBe(other);
  });

  test('skips what has expired, by the time that passed here', async () => {
    const { client, given } = await start();
    await given(jwt({ scope: 'a', exp: seconds() - 1 }));
    expect(getElevatedAccessToken({ scope: 'a' }, client)).toBeUndefined();
    const fast = seconds() + 86_400;
    await given(jwt({ scope: 'a', iat: fast, exp: fast + 60 }));
    expect(getElevatedAccessToken({ scope: 'a' }, client)).toBeDefined();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_001 });
    expect(getElevatedAccessToken({ scope: 'a' }, client)).toBeUndefined();
  });

  test.each(['opaque', 'a.b', 'a.b.c', jwt({ scope: 'a' }), jwt({ exp: 1 }), `e30.${btoa('null')}.c2ln`])(
    'refuses an answer with something that is no such token: %s',
    async (token) => {
      const { client, given } = await start();
      const before = client.token;
      const error = await given(token).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(InvalidParamError);
      expect(isMfaError(error, 'invalid_param_error')).toBe(true);
      expect(error).toMatchObject({ message: 'Invalid JWT format' });
      expect(client.token).toBe(before);
    },
  );

  test('takes null for no token', async () => {
    const { given } = await start();
    await expect(given(null)).resolves.toMatchObject({ elevatedAccessToken: null });
  });

  test.each([
    ['signing out', (client: Parameters<typeof logout>[0]) => logout(client)],
    ['being told to', async (client: Parameters<typeof logout>[0]) => clearMfaTokens(client)],
  ])('is emptied by %s', async (_, empty) => {
    const { client, prove } = await start();
    await prove(Credentiallink);
    await empty(client);
    expect(getElevatedAccessToken({ scope: Credentiallink }, client)).toBeUndefined();
  });

  test('is emptied when somebody else signs in', async () => {
    const { client, prove, signIn } = await start();
    await prove(Credentiallink);
    await signIn();
    expect(getElevatedAccessToken({ scope: Credentiallink }, client)).toBeUndefined();
  });
});

describe('goes along by itself', () => {
  test('with beginning an authenticator app, and with nothing else', async () => {
    const { client, prove, wire } = await start();
    await prove(Credentiallink);
    const token = getElevatedAccessToken({ scope: Credentiallink, consume: false }, client);
    await registerTotpMfaDevice({ replace: true }, client);
    await updateUser({ userFields: { firstName: 'Ada' } }, client).catch(() => undefined);
    await getMfaMethods(client);
    const [begun] = wire.sentTo('GET /users/mfa/register/totp?replace=true');
    expect(begun?.headers.get(ELEVATED)).toBe(token);
    expect(wire.sent.filter(({ headers }) => headers.has(ELEVATED))).toEqual([begun]);
  });

  test('with removing a device, in place of an MFA token', async () => {
    const { client, prove, wire, deviceId, server } = await start();
    await prove(Credentialunlink);
    // The proof itself is no longer fresh: it is the token that counts.
    server.clock.advance(400_000);
    await deleteMfaDevice({ deviceId }, client);
    const [removed] = wire.sentTo(`DELETE /users/mfa/${deviceId}`);
    expect(removed?.headers.has(ELEVATED)).toBe(true);
    expect(removed?.headers.get('x-mfa-auth-token')).toBeNull();
  });

  test('and is dropped when it is refused', async () => {
    const { client, prove, wire, deviceId } = await start();
    await prove(Credentialunlink);
    wire.answer(`DELETE /users/mfa/${deviceId}`, () => refusal(403, 'elevated_access_token_required'));
    await expect(deleteMfaDevice({ deviceId }, client)).rejects.toThrow();
    expect(getElevatedAccessToken({ scope: Credentialunlink }, client)).toBeUndefined();
  });

  test('never where the caller names an MFA token, or there is one for another scope only', async () => {
    const { client, prove, wire, deviceId } = await start();
    await prove(Credentiallink);
    await deleteMfaDevice({ deviceId, mfaAuthToken: 'mfa_x' }, client).catch(() => undefined);
    expect(wire.sentTo(`DELETE /users/mfa/${deviceId}`)[0]?.headers.has(ELEVATED)).toBe(false);
  });
});

describe('whether a step up is required', () => {
  test('a stored token answers without a request', async () => {
    const { client, prove, wire } = await start();
    expect(await checkStepUpAuth({ scope: Credentialunlink }, client)).toMatchObject({
      isRequired: expect.any(Boolean),
    });
    await prove(Credentialunlink);
    wire.sent.length = 0;
    expect(await checkStepUpAuth({ scope: Credentialunlink }, client)).toEqual({ isRequired: false, credentials: [] });
    expect(wire.sent).toEqual([]);
  });

  test('else the server says, and what it can be given with', async () => {
    const { client } = await start();
    const { isRequired, credentials } = await checkStepUpAuth({ scope: Walletsign }, client);
    expect(isRequired).toBe(true);
    expect(credentials.map(({ format }) => format)).toContain('totp');
  });

  test('not being able to find out counts as yes', async () => {
    const { client, wire } = await start();
    wire.answer('POST /stepUp/check', () => refusal(500, 'server_error'));
    expect(await checkStepUpAuth({ scope: Walletsign }, client)).toEqual({ isRequired: true, credentials: [] });
  });
});

test('an action that an elevated access token covers needs no MFA token', async () => {
  const { client, prove } = await start();
  await expect(getMfaToken({ mfaAction: 'wallet.waas.sign' }, client)).rejects.toMatchObject({
    code: 'mfa_token_required',
  });
  await prove(Walletsign);
  expect(await getMfaToken({ mfaAction: 'wallet.waas.sign' }, client)).toBeUndefined();
  // What is bound to a payload it does not cover.
  await expect(getMfaToken({ mfaAction: 'wallet.waas.sign', payload: { a: 1 } }, client)).rejects.toMatchObject({
    code: 'mfa_token_required',
  });
});

test('several single-use tokens of one proof are all kept, and the first is the next', async () => {
  const { client, server, code, secret } = await start();
  server.clock.advance(30_000);
  const { mfaToken, mfaTokens } = await authenticateTotpMfaDevice(
    { code: code(secret), mfaAction: 'wallet.waas.sign', createMfaToken: { singleUse: true, count: 3 } },
    client,
  );
  expect(mfaTokens).toHaveLength(3);
  expect([client.mfaToken, mfaTokens?.[0]]).toEqual([mfaToken, mfaToken]);
  const taken: unknown[] = [];
  for (const _ of [1, 2, 3]) taken.push(await getMfaToken({ mfaAction: 'wallet.waas.sign', consume: true }, client));
  expect(taken).toEqual(mfaTokens);
  expect(client.mfaToken).toBeNull();
});
