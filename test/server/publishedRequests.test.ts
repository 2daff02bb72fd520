/** What published clients send, as they send it, and what this kit leaves out on purpose (contract §5). */
import { describe, expect, test } from 'vitest';
import { Person, read } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const json = { 'content-type': 'application/json' };

describe('POST users/mfa/auth/email', () => {
  const request = { verificationUUID: crypto.randomUUID(), verificationToken: '123456' };

  test('is refused for the first factor again, also with a good code, which stays good for what it is for (S-33)', async () => {
    const server = await startTestServer({ policy: { enrollment: 'signup' } });
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
    const code = server.mails.at(-1)?.code;
    const proof = { verificationUUID: sent.body.verificationUUID, verificationToken: code };
    const refused = await ada.send('POST', '/users/mfa/auth/email', { ...proof, createMfaToken: { singleUse: true } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'mfa_method_disabled', error: expect.any(String) } });
    expect((await ada.send('GET', '/users')).body.scope).toBe('requiresAdditionalAuth');
    expect((await ada.send('POST', '/emailVerifications/verify', proof)).status).toBe(200);
  });

  test('takes no try of any factor, however often it is called', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    for (let index = 0; index < 20; index += 1) await ada.send('POST', '/users/mfa/auth/email', request);
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    for (const { fails } of await server.options.store.listAttempts(userId)) expect(fails).toBe(0);
    expect((await ada.authenticate()).status).toBe(200);
  });

  test('is nothing without a session', async () => {
    const { request: send } = await startTestServer();
    const answer = await read(await send('POST', '/users/mfa/auth/email', { body: request }));
    expect(answer).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });
});

describe('what published clients send along', () => {
  test('fields this kit has no use for: captcha, session key, sdk version', async () => {
    const server = await startTestServer();
    const key = `02${'ab'.repeat(32)}`;
    const sent = await read(
      await server.request('POST', '/emailVerifications/create', {
        body: { email: 'ada@example.com', captchaToken: 'captcha' },
      }),
    );
    const signedIn = await read(
      await server.request('POST', '/emailVerifications/signin', {
        body: {
          verificationUUID: sent.body.verificationUUID,
          verificationToken: server.mails.at(-1)?.code,
          captchaToken: 'captcha',
          sessionPublicKey: key,
          allowNewMFALinking: true,
          requestedScopes: [],
        },
        headers: { 'x-dyn-session-public-key': key, 'x-dyn-api-version': 'API/catalog:' },
      }),
    );
    expect(signedIn.status).toBe(200);
    expect(signedIn.body.elevatedAccessToken).toBeTruthy();
    expect((await server.request('GET', '/settings?sdkVersion=WalletKit%2F4.96.1')).status).toBe(200);
  });

  test('the content type twice, joined, and on requests without a body', async () => {
    const server = await startTestServer();
    const headers = { 'content-type': 'application/json, application/json' };
    const body = JSON.stringify({ email: 'ada@example.com' });
    expect((await server.request('POST', '/emailVerifications/create', { body, headers })).status).toBe(200);
    const ada = new Person(server);
    await ada.enrol();
    for (const path of [
      '/users',
      '/users/mfa',
      '/users/mfa/methods?verifiedOnly=true',
      '/users/passkeys',
      '/session',
    ]) {
      expect((await server.request('GET', path, { token: ada.token, headers })).status).toBeLessThan(300);
    }
    await ada.makePasskey();
    const remove = { token: ada.token, headers: { ...headers, 'x-mfa-auth-token': '' } };
    expect((await server.request('DELETE', `/users/mfa/${ada.deviceId}`, remove)).status).toBe(204);
    expect((await server.request('DELETE', '/users', { token: ada.token, headers })).status).toBe(204);
  });

  test('?verifiedOnly=true leaves out an app that is not confirmed', async () => {
    const ada = new Person(await startTestServer());
    await ada.signIn();
    await ada.beginTotp();
    expect((await ada.send('GET', '/users/mfa/methods')).body.devices).toHaveLength(1);
    for (const query of ['?verifiedOnly=true', '?verifiedOnly=true&sdkVersion=1']) {
      expect((await ada.send('GET', `/users/mfa/methods${query}`)).body.devices).toEqual([]);
    }
    expect((await ada.send('GET', '/users/mfa/methods?verifiedOnly=false')).body.devices).toHaveLength(1);
  });

  test('an empty body where one is needed is refused with the field, and not with a failure', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    for (const [method, path] of [
      ['PUT', '/users'],
      ['POST', '/users/mfa/auth/totp'],
      ['POST', '/stepUp/check'],
      ['DELETE', '/users/passkeys'],
    ] as const) {
      const answer = await read(await server.request(method, path, { token: ada.token, headers: json }));
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'invalid_request']);
    }
    expect(server.errors).toEqual([]);
  });
});

test.each([
  ['GET', '/users/check?filter=username'],
  ['POST', '/smsVerifications/create'],
  ['POST', '/smsVerifications/signin'],
  ['POST', '/deviceRegistration'],
  ['GET', '/deviceRegistrations'],
  ['DELETE', '/deviceRegistrations/1'],
  ['POST', '/verify'],
  ['POST', '/wallets/verify'],
  ['POST', '/verify/unlink'],
  ['GET', '/providers/google/signIn'],
  ['POST', '/telegram/verify'],
  ['GET', '/users/mfa/register/sms'],
])('%s %s is not offered, and is answered as published clients understand it', async (method, path) => {
  const server = await startTestServer();
  const ada = new Person(server);
  await ada.enrol();
  const headers = { ...json, origin: 'https://app.test' };
  for (const token of [ada.token, undefined]) {
    const answer = await read(await server.request(method, path, { ...(token !== undefined && { token }), headers }));
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found', error: expect.any(String) } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.test');
  }
});
