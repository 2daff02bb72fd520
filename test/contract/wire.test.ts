/** What published clients really send beside what an operation is about: headers, empty bodies, tokens, wishes. */
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../support/publishedClient.js';
import { type PublishedPerson, startAda } from '../support/publishedPerson.js';
import { environmentId, origin } from '../support/server.js';
import { operations } from './operations/index.js';
import { publishedOperations } from './publishedDeclarations.js';

/** Contract §5.1: every header that one of the published clients sends. */
const headers = [
  'authorization',
  'content-type',
  'x-dyn-api-version',
  'x-dyn-device-fingerprint',
  'x-dyn-elevated-access-token',
  'x-dyn-is-global-wallet-popup',
  'x-dyn-request-id',
  'x-dyn-session-id',
  'x-dyn-session-public-key',
  'x-dyn-version',
  'x-dynamic-device-nonce',
  'x-dynamic-device-publickey',
  'x-dynamic-device-registration-token',
  'x-dynamic-device-signed-nonce',
  'x-dynamic-platform',
  'x-mfa-auth-token',
];

const listed = (header: string | null): string[] => (header ?? '').toLowerCase().split(/, */);

describe('a preflight', () => {
  const driven = publishedOperations.filter(({ name }) => name in operations);
  test.each(driven)('of $method $path allows every published header', async ({ method, path }) => {
    const { site } = await startAda();
    const response = await fetch(`${site.baseUrl}/sdk/${environmentId}${path.replace(/\{\w+\}/, 'some-id')}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers.join(','),
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(listed(response.headers.get('access-control-allow-headers'))).toEqual(expect.arrayContaining(headers));
    expect(listed(response.headers.get('access-control-allow-methods'))).toContain(method.toLowerCase());
  });

  test('is an operation of the published client as well, wherever it has one for a path of ours', async () => {
    const paths = new Set(driven.map(({ path }) => path));
    const preflights = publishedOperations.filter(({ method, path }) => method === 'OPTIONS' && paths.has(path));
    expect(preflights.length).toBeGreaterThan(20);
    const { site } = await startAda();
    for (const { name } of preflights) {
      await site.call(name, { mfaDeviceId: 'some-id' });
      expect(site.exchanges.at(-1)).toMatchObject({ method: 'OPTIONS', status: 204 });
    }
  });
});

describe('the headers of every call', () => {
  test('are the published ones, and with some calls the proof of the device’s key', async () => {
    const ada = await startAda();
    await ada.enrol();
    const always = headers.filter((name) => !/nonce|publickey|registration|mfa-auth|elevated|authorization/.test(name));
    const signed = ada.site.exchanges.filter(({ headers: sent }) => 'x-dynamic-device-signed-nonce' in sent);
    for (const exchange of ada.site.exchanges)
      expect(Object.keys(exchange.headers)).toEqual(expect.arrayContaining(always));
    expect(signed.map(({ path }) => path)).toEqual(['/emailVerifications/signin']);
    expect(signed[0]?.headers['x-dynamic-device-signed-nonce']).toMatch(/^[0-9a-f]{128}$/);
  });

  test.each(['a live', 'an expired', 'an ended'])('carry %s session token to open operations as well', async (kind) => {
    const ada = await startAda();
    const { site } = ada;
    await ada.enrolPasskey();
    if (kind === 'an expired') site.server.clock.advance(24 * 3_600_000);
    if (kind === 'an ended') await site.call('revokeSession');
    const stale = site.token;
    await site.call('getEnvironmentSettings');
    await site.call('getNonces', { count: 5 });
    const emailVerificationVerifyRequest = await ada.receiveCode();
    await site.call('signInWithEmailVerification', { emailVerificationVerifyRequest });
    const passkeyAuthRequest = await ada.assert('getPasskeyAuthenticationSigninOptions');
    await site.call('signinWithPasskey', { passkeyAuthRequest });
    expect(site.exchanges.at(-1)).toMatchObject({ status: 200, headers: { authorization: `Bearer ${stale}` } });
  });
});

describe('an empty body announced as JSON', () => {
  const bodiless = [
    'updateUserMfaDevice',
    'createNewRecoveryCodes',
    'refreshAuth',
    'getUserMfaDevices',
    'revokeSession',
  ];
  test.each(bodiless)('is taken: %s', async (name) => {
    const ada = await startAda();
    await ada.enrol();
    await ada.site.call(name, { mfaDeviceId: ada.deviceId });
    expect(ada.site.exchanges.at(-1)).toMatchObject({ headers: { 'content-type': 'application/json' } });
    expect(ada.site.exchanges.at(-1)?.status).toBeLessThan(300);
  });
});

describe('tokens of a proof', () => {
  /** Enrols, and lets the proof grow too old to count by itself. */
  const waitAfterEnrolling = async (): Promise<PublishedPerson> => {
    const ada = await startAda({ policy: { enrollment: 'none' } });
    await ada.enrol();
    ada.site.server.clock.advance(301_000);
    return ada;
  };

  test('an empty x-mfa-auth-token counts as none: alone it is refused, with an elevated token it is no obstacle', async () => {
    const ada = await waitAfterEnrolling();
    const { site } = ada;
    const remove = () => site.call('deleteMfaDevice', { mfaDeviceId: ada.deviceId, xMfaAuthToken: '' });
    expect((await refusalOf(remove())).body.code).toBe('elevated_access_token_required');
    const proven = await ada.authenticate({ requestedScopes: ['credential:unlink'] });
    site.server.clock.advance(301_000);
    site.elevatedToken = proven.elevatedAccessToken ?? '';
    await remove();
    expect(site.exchanges.at(-1)?.status).toBe(204);
  });

  test('a stored MFA token goes along with changes of the user and the removal of a passkey', async () => {
    const ada = await startAda();
    const { site } = ada;
    await ada.enrol();
    await ada.registerPasskey();
    site.mfaToken = (await ada.authenticate({ createMfaToken: { singleUse: true } })).mfaToken ?? '';
    await ada.keep(site.call('updateSelf', { userFields: { firstName: 'Ada' } }));
    expect(site.exchanges.at(-1)).toMatchObject({ status: 200, headers: { 'x-mfa-auth-token': site.mfaToken } });
    const [passkeyId] = await ada.listPasskeyIds();
    await site.call('deletePasskey', { deleteUserPasskeyRequest: { passkeyId } });
    expect(site.exchanges.at(-1)).toMatchObject({ status: 204, headers: { 'x-mfa-auth-token': site.mfaToken } });
  });

  test('come only when they were asked for', async () => {
    const ada = await startAda({ policy: { enrollment: 'none' } });
    await ada.enrol();
    expect(await ada.authenticate()).toMatchObject({ mfaToken: undefined, elevatedAccessToken: undefined });
    expect((await ada.authenticate({ createMfaToken: { singleUse: true } })).mfaToken).toMatch(/^mfa_/);
    const asked = { requestedScopes: ['credential:unlink'] };
    expect((await ada.authenticate(asked)).elevatedAccessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test('allowNewMFALinking, which is sent with every sign-in, grants credential:link to who has nothing enrolled', async () => {
    const ada = await startAda({ policy: { enrollment: 'none' } });
    const { elevatedAccessToken } = await ada.signIn();
    const claims = JSON.parse(Buffer.from(elevatedAccessToken?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ scope: 'credential:link', exp: expect.any(Number) });
    await ada.enrol();
    expect((await ada.signIn()).elevatedAccessToken ?? null).toBeNull();
  });
});
