/** The roads that an application written for the published generated client walks, from the first sign-in to the last. */
import { expect, test } from 'vitest';
import type { PublishedPerson } from '../support/publishedPerson.js';
import { startAda } from '../support/publishedPerson.js';
import { origin } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

const recover = (ada: PublishedPerson, extra: object = {}) => {
  const mFAAuthRecoveryDevicePostRequest = { code: ada.codes.shift(), ...extra };
  return ada.keep(ada.site.call('authMfaRecovery', { mFAAuthRecoveryDevicePostRequest }));
};

test('enrol, save the codes, sign in again, step up, recover, make new codes, remove, sign out', async () => {
  const ada = await startAda();
  const { site } = ada;
  expect((await ada.signIn()).user).toMatchObject({ scope: 'requiresAdditionalAuth' });
  await ada.beginTotp();
  const enrolled = await ada.authenticate({ id: ada.deviceId }, 0);
  expect(enrolled.user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });
  await ada.saveCodes();
  expect(ada.codes).toHaveLength(10);
  expect(await site.call('getAuthenticatedUser')).toMatchObject({ mfaBackupCodeAcknowledgement: 'complete' });

  await ada.signIn();
  const stepped = await ada.authenticate({ createMfaToken: { singleUse: true } });
  expect(stepped.mfaToken).toMatch(/^mfa_/);
  expect(stepped.expiresAt).toBeGreaterThan(site.server.clock() / 1000);
  await ada.keep(site.call('refreshAuth'));
  expect(await site.call('getUserMfaDevices')).toMatchObject({
    count: 1,
    devices: [{ id: ada.deviceId, type: 'totp', verified: true, _default: true }],
  });

  await ada.signIn();
  expect((await recover(ada)).user.scope).toBe('user:basic');
  await ada.authenticate();
  expect(await site.call('createNewRecoveryCodes')).toMatchObject({ count: 10 });
  await site.server.mfa.admin.updatePolicy({ enrollment: 'none' });
  await site.call('deleteMfaDevice', { mfaDeviceId: ada.deviceId, xMfaAuthToken: '' });
  expect(await site.call('getUserMfaDevices')).toMatchObject({ count: 0 });
  await site.call('revokeSession');
  expect(site.server.errors).toEqual([]);
});

test('the older road confirms an app without moving the session on, and an app signs in with its own token', async () => {
  const ada = await startAda();
  const { site } = ada;
  const jwt = await site.externalJwt();
  await ada.keep(site.call('externalAuthSignin', { externalAuthSigninRequest: { jwt } }));
  await ada.beginTotp();
  const mFARegisterTotpDevicePostRequest = { type: 'totp', code: ada.code() };
  const confirmed = await site.call('registerTotpMfaDeviceVerify', { mFARegisterTotpDevicePostRequest });
  expect(confirmed).toMatchObject({ id: ada.deviceId, verified: true, type: 'totp' });
  expect(await site.call('getAuthenticatedUser')).toMatchObject({ scope: 'requiresAdditionalAuth' });
  expect((await ada.authenticate()).user).toMatchObject({
    scope: 'user:basic',
    mfaBackupCodeAcknowledgement: 'pending',
  });
});

test('passkeys: enrol, prove, sign in, one more by the older road, rename, remove', async () => {
  const ada = await startAda();
  const { site } = ada;
  await ada.signIn();
  const enrolled = await ada.registerPasskey({ createMfaToken: { singleUse: true } });
  expect(enrolled.user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });
  ada.codes = ((await site.call('getRecoveryCodes')) as { recoveryCodes: string[] }).recoveryCodes;
  expect(ada.codes).toHaveLength(10);
  expect((await ada.acknowledge()).mfaToken).toMatch(/^mfa_/);

  await ada.signIn();
  const passkeyAuthRequest = await ada.assert('getPasskeyAuthenticationOptions', {
    createMfaToken: { singleUse: true },
    requestedScopes: [],
  });
  const proven = await ada.keep(site.call('authenticateMfaPasskeyDevice', { passkeyAuthRequest }));
  expect(proven).toMatchObject({ user: { scope: 'user:basic' }, mfaToken: expect.stringMatching(/^mfa_/) });

  site.token = '';
  const assertion = await ada.assert('getPasskeyAuthenticationSigninOptions');
  const signedIn = await ada.keep(site.call('signinWithPasskey', { passkeyAuthRequest: assertion }));
  expect(signedIn.user.scope).toBe('user:basic');

  const older = (await site.call('registerPasskeyMfaDevice')) as { id: string; registration: never };
  const attestation = new SoftAuthenticator({ origin }).register(older.registration);
  const mFARegisterPasskeyDevicePostRequest = { id: older.id, attestation };
  await ada.keep(site.call('registerPasskeyMfaDeviceVerify', { mFARegisterPasskeyDevicePostRequest }));
  const [first, second] = await ada.listPasskeyIds();
  expect(second).toBeTruthy();
  const updateUserPasskeyRequest = { id: first, alias: 'Office laptop' };
  expect(await site.call('updatePasskey', { updateUserPasskeyRequest })).toMatchObject({ alias: 'Office laptop' });
  await site.call('deletePasskey', { deleteUserPasskeyRequest: { passkeyId: first } });
  expect(await ada.listPasskeyIds()).toEqual([second]);
  expect(site.server.errors).toEqual([]);
});

test('step-up: the first factor again lets an app be enrolled, the app lets it be removed, each by an elevated token', async () => {
  const ada = await startAda({ policy: { enrollment: 'none' } });
  const { site } = ada;
  const { clock } = site.server;
  const check = (scope: string) => site.call('stepUpCheck', { stepUpCheckRequest: { scope } });
  // Asked for at every sign-in, and given where nothing is enrolled and nothing demanded.
  expect((await ada.signIn()).elevatedAccessToken).toBeTruthy();
  clock.advance(301_000);
  expect(await check('credential:link')).toMatchObject({ isRequired: true, credentials: [{ format: 'email' }] });
  const emailVerificationVerifyRequest = await ada.receiveCode();
  const verified = await ada.keep(site.call('verifyEmailVerification', { emailVerificationVerifyRequest }));
  clock.advance(301_000);
  site.elevatedToken = verified.elevatedAccessToken ?? '';
  await ada.beginTotp();
  await ada.authenticate({ id: ada.deviceId }, 0);
  await ada.saveCodes();

  clock.advance(301_000);
  expect(await check('credential:unlink')).toMatchObject({ isRequired: true, defaultCredentialId: ada.deviceId });
  const proven = await ada.authenticate({ requestedScopes: ['credential:unlink'] });
  site.elevatedToken = proven.elevatedAccessToken ?? '';
  clock.advance(301_000);
  await site.call('deleteMfaDevice', { mfaDeviceId: ada.deviceId, xMfaAuthToken: '' });
  expect(site.exchanges.at(-1)?.headers).toMatchObject({
    'x-mfa-auth-token': '',
    'x-dyn-elevated-access-token': expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  });
  expect(await check('credential:link')).toMatchObject({ isRequired: true });
  expect(site.server.errors).toEqual([]);
});
