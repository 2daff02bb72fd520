/**
 * Threat: a session stolen from somebody without a factor enrols the thief's own, or acts where a factor is demanded; and a
 * first factor that is not the user's, or not fresh, is taken for theirs. D9, S-26.
 */
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { Person, read } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const stale = 301_000;
const elevated = (token: string | null | undefined) => ({ headers: { 'x-dyn-elevated-access-token': token ?? '' } });
const SIGN = 'wallet.waas.sign';

/** Signed in five minutes ago, and nothing enrolled. */
const startStale = async (enrollment: 'none' | 'action' | 'signup') => {
  const server = await startTestServer({ policy: { enrollment } });
  const ada = new Person(server);
  await ada.signIn();
  server.clock.advance(stale);
  return { server, ada };
};

describe.each(['none', 'action', 'signup'] as const)(
  'a stolen session without a factor, where enrolment is %s',
  (enrollment) => {
    test('enrols neither app nor passkey', async () => {
      const { ada } = await startStale(enrollment);
      const demanded = {
        status: 403,
        body: { code: 'elevated_access_token_required', payload: { satisfiedBy: ['first_factor'] } },
      };
      expect(await ada.beginTotp()).toMatchObject(demanded);
      expect(await ada.send('GET', '/users/passkeys/register')).toMatchObject(demanded);
      for (const token of ['mfa_x', 'x.y.z']) {
        expect((await ada.send('GET', '/users/mfa/register/totp', undefined, elevated(token))).status).toBe(403);
      }
    });

    test('enrols one after the owner’s e-mail code, at once and with the token alone', async () => {
      const { server, ada } = await startStale(enrollment);
      const { status, body } = await ada.proveEmail();
      expect([status, body.nextView]).toEqual([200, 'done']);
      expect(decodeJwt(body.elevatedAccessToken ?? '')).toMatchObject({
        scope: 'credential:link',
        acr: 'first_factor',
      });
      server.clock.advance(stale);
      expect((await ada.beginTotp()).status).toBe(403);
      expect(
        (await ada.send('GET', '/users/mfa/register/totp', undefined, elevated(body.elevatedAccessToken))).status,
      ).toBe(200);
      // The options of a passkey need no header; what was made does.
      expect((await ada.send('GET', '/users/passkeys/register')).status).toBe(200);
      expect((await ada.makePasskey()).body.code).toBe('elevated_access_token_required');
    });

    test('acts only where no factor is demanded', async () => {
      const { ada } = await startStale(enrollment);
      const answers = [await ada.act(SIGN), await ada.act(SIGN, { headers: { 'x-mfa-auth-token': 'mfa_x' } })];
      const code = { none: undefined, action: 'mfa_enrollment_required', signup: 'insufficient_scope' }[enrollment];
      for (const { status, body } of answers)
        expect([status, body.code]).toEqual([enrollment === 'none' ? 200 : 403, code]);
    });
  },
);

test('where enrolment is `action`, no re-authentication stands in for a factor', async () => {
  const { ada } = await startStale('action');
  expect((await ada.proveEmail({ requestedScopes: ['wallet:sign'] })).body.code).toBe('invalid_scopes');
  const { elevatedAccessToken } = (await ada.proveEmail()).body;
  const answer = await ada.act(SIGN, elevated(elevatedAccessToken));
  expect(answer).toMatchObject({ status: 403, body: { code: 'mfa_enrollment_required', payload: { action: SIGN } } });
});

test('where enrolment is optional, a re-authentication grants what needs no factor, until there is one', async () => {
  const { server, ada } = await startStale('none');
  const { elevatedAccessToken } = (await ada.proveEmail({ requestedScopes: ['wallet:sign'] })).body;
  expect(elevatedAccessToken).toBeTruthy();
  expect((await ada.act(SIGN)).body.mfa).toMatchObject({ factor: null, acr: 'first_factor' });
  await ada.makePasskey();
  await server.mfa.admin.updatePolicy({ enrollment: 'action' });
  expect((await ada.act(SIGN, elevated(elevatedAccessToken))).status).toBe(401);
});

describe('proving an e-mail address again', () => {
  test('takes the user’s own address alone, whatever the code', async () => {
    const { ada } = await startStale('action');
    const answer = await ada.proveEmail({}, 'thief@example.com');
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_email_verification' } });
    expect((await ada.beginTotp()).status).toBe(403);
  });

  test('takes a code once, in five tries, and none of another verification', async () => {
    const { server, ada } = await startStale('action');
    const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
    const good = { verificationUUID: sent.body.verificationUUID, verificationToken: server.mails.at(-1)?.code };
    const wrong = { ...good, verificationToken: good.verificationToken === '000000' ? '000001' : '000000' };
    for (let tries = 0; tries < 4; tries += 1) {
      expect((await ada.send('POST', '/emailVerifications/verify', wrong)).body.code).toBe(
        'wrong_email_verification_token',
      );
    }
    expect((await ada.send('POST', '/emailVerifications/verify', good)).status).toBe(200);
    expect((await ada.send('POST', '/emailVerifications/verify', good)).body.code).toBe('invalid_email_verification');
    expect((await ada.send('POST', '/emailVerifications/signin', good)).body.code).toBe('invalid_email_verification');
  });

  test('moves neither the session nor its proof: no scope, sid, auth_time or acr', async () => {
    const server = await startTestServer({ policy: { enrollment: 'signup' } });
    const ada = new Person(server);
    await ada.enrol();
    const before = decodeJwt(ada.token);
    server.clock.advance(stale);
    const { body } = await ada.proveEmail();
    const claims = ['scope', 'sid', 'auth_time', 'acr', 'amr'];
    expect(claims.map((name) => decodeJwt(ada.token)[name])).toEqual(claims.map((name) => before[name]));
    // With a factor there is nothing that a first factor grants.
    expect(body.elevatedAccessToken).toBeUndefined();
    expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`)).body.code).toBe('elevated_access_token_required');
  });
});

describe('a token of the application’s own sign-in', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const startExternal = async () => {
    const key = pair.publicKey.export({ format: 'jwk' });
    const externalAuth = { issuer: 'https://login.test', audience: 'harbor', key };
    const server = await startTestServer({ policy: { enrollment: 'action' }, externalAuth });
    const jwt = (sub: string, age = 0) =>
      new SignJWT({ sub, iss: 'https://login.test', aud: 'harbor', email: 'ada@example.com' })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuedAt(Math.floor(server.clock() / 1000) - age)
        .setExpirationTime(Math.floor(server.clock() / 1000) + 3600)
        .sign(pair.privateKey);
    const ada = new Person(server, 'ada@example.com');
    await ada.send('POST', '/externalAuth/signin', { jwt: await jwt('ada') });
    server.clock.advance(stale);
    const verify = async (sub: string, age = 0) =>
      ada.send('POST', '/externalAuth/verify', { jwt: await jwt(sub, age) });
    return { server, ada, verify };
  };

  test('grants credential:link for the same issuer and subject', async () => {
    const { ada, verify } = await startExternal();
    const { body } = await verify('ada', 299);
    expect(decodeJwt(body.elevatedAccessToken ?? '')).toMatchObject({ scope: 'credential:link' });
    expect(
      (await ada.send('GET', '/users/mfa/register/totp', undefined, elevated(body.elevatedAccessToken))).status,
    ).toBe(200);
  });

  test.each([
    ['of somebody else', 'bob', 0],
    ['older than five minutes', 'ada', 301],
  ])('is refused when it is %s', async (_name, subject, age) => {
    const { ada, verify } = await startExternal();
    expect(await verify(subject, age)).toMatchObject({ status: 422, body: { code: 'invalid_external_auth' } });
    expect((await ada.beginTotp()).status).toBe(403);
  });

  test('an e-mail code to the address it names is no first factor of this user', async () => {
    const { ada } = await startExternal();
    expect((await ada.proveEmail()).body.code).toBe('invalid_email_verification');
  });

  test('with a factor there is nothing to grant', async () => {
    const { server, ada, verify } = await startExternal();
    await verify('ada');
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    expect((await verify('ada')).body).toEqual({ elevatedAccessToken: null });
    expect(server.errors).toEqual([]);
  });
});

describe('signing in and asking for scopes', () => {
  const signIn = async (ada: Person, extra: object) => {
    const sent = await read(
      await ada.server.request('POST', '/emailVerifications/create', { body: { email: ada.email } }),
    );
    const verificationToken = ada.server.mails.at(-1)?.code;
    return ada.send('POST', '/emailVerifications/signin', {
      verificationUUID: sent.body.verificationUUID,
      verificationToken,
      ...extra,
    });
  };
  test.each([
    ['none', true],
    ['action', true],
    ['signup', false],
  ] as const)('allowNewMFALinking, where enrolment is %s: %s', async (enrollment, isGranted) => {
    const server = await startTestServer({ policy: { enrollment } });
    const ada = new Person(server);
    const first = await signIn(ada, { allowNewMFALinking: true });
    expect(first.body.elevatedAccessToken !== undefined).toBe(isGranted);
    await ada.enrol();
    const later = await signIn(ada, { allowNewMFALinking: true });
    expect([later.status, later.body.elevatedAccessToken]).toEqual([200, undefined]);
  });

  test('whoever has a factor is granted nothing before it is proven', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    ada.token = '';
    expect((await signIn(ada, { requestedScopes: ['credential:link'] })).body.code).toBe('invalid_scopes');
    await ada.signIn();
    await server.mfa.admin.updatePolicy({ passkeys: { signIn: 'first_factor' } });
    await ada.authenticate();
    await ada.makePasskey();
    expect((await ada.signInWithPasskey({ requestedScopes: ['credential:link'] })).body.code).toBe('invalid_scopes');
    await server.mfa.admin.updatePolicy({ passkeys: {} });
    const { body } = await ada.signInWithPasskey({ requestedScopes: ['credential:link'] });
    expect(decodeJwt(body.elevatedAccessToken ?? '')).toMatchObject({ acr: 'phr' });
  });
});
