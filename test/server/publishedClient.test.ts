/** The published generated client parses every answer of this server, walking the road an application written for it walks. */

import { expect, test } from 'vitest';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { MFADeviceType, startPublished as start } from '../support/publishedClient.js';
import { environmentId, origin } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';
import { totpCode } from '../support/totp.js';

test('what comes before signing in', async () => {
  const { api } = await start();
  const settings = await api.getEnvironmentSettings({ environmentId });
  expect(settings.security.mfa).toMatchObject({ enabled: true, required: true, enrollment: 'signup' });
  expect(settings.security.mfa.methods).toMatchObject([
    { type: 'passkey', enabled: true, allowBackupCodes: true },
    { type: 'totp', enabled: true, allowBackupCodes: true },
  ]);
  expect((await api.getNonce({ environmentId })).nonce).toBeTruthy();
  expect((await api.getNonces({ environmentId, count: 3 })).nonces).toHaveLength(3);
  expect((await api.getHealthcheck({ environmentId })).status).toBe('healthy');
  expect((await api.getJwksByEnvironmentId({ environmentId })).keys).toHaveLength(1);
  expect((await api.getJwksJsonByEnvironmentId({ environmentId })).keys).toHaveLength(1);
});

test('the whole road: enrol, codes, sign in, step up, recover, replace, remove', async () => {
  const { server, api, keep, signIn } = await start();
  const first = await signIn();
  expect(first.user).toMatchObject({ scope: 'requiresAdditionalAuth', projectEnvironmentId: environmentId });
  expect(first.user.verifiedCredentials).toHaveLength(1);
  const begun = await api.registerTotpMfaDevice({ environmentId });
  const enrolled = keep(
    await api.authMfaTotpDevice({
      environmentId,
      mFAAuthTotpDevicePostRequest: { id: begun.id, code: totpCode(begun.secret, server.clock()) },
    }),
  );
  expect(enrolled.user.mfaBackupCodeAcknowledgement).toBe('pending');
  const codes = await api.getRecoveryCodes({ environmentId });
  expect(codes.recoveryCodes).toHaveLength(10);
  const saved = keep(await api.updateSelf({ environmentId, userFields: { mfaBackupCodeAcknowledgement: 'complete' } }));
  expect(saved).toMatchObject({ nextView: 'done', user: { mfaBackupCodeAcknowledgement: 'complete' } });
  expect((await api.getAuthenticatedUser({ environmentId })).email).toBe('ada@example.com');

  await signIn();
  server.clock.advance(30_000);
  const stepped = keep(
    await api.authMfaTotpDevice({
      environmentId,
      mFAAuthTotpDevicePostRequest: {
        code: totpCode(begun.secret, server.clock()),
        createMfaToken: { singleUse: true },
      },
    }),
  );
  expect(stepped.mfaToken).toMatch(/^mfa_/);
  expect(stepped.expiresAt).toBeGreaterThan(server.clock() / 1000);
  await api.sessionCheck({ environmentId });
  keep(await api.refreshAuth({ environmentId }));

  const devices = await api.getUserMfaDevices({ environmentId });
  expect(devices).toMatchObject({ count: 1, devices: [{ type: MFADeviceType.Totp, verified: true, _default: true }] });
  const methods = await api.getUserMfaMethods({ environmentId, verifiedOnly: true });
  expect(methods).toMatchObject({ userHasVerifiedMfaMethods: true, passkeys: [] });
  expect((await api.getUserPasskeys({ environmentId })).passkeys).toEqual([]);
  expect((await api.getMfaDevice({ environmentId, mfaDeviceId: begun.id })).verifiedAt).toBeInstanceOf(Date);
  await api.updateUserMfaDevice({ environmentId, mfaDeviceId: begun.id });

  await signIn();
  const recovered = keep(
    await api.authMfaRecovery({ environmentId, mFAAuthRecoveryDevicePostRequest: { code: codes.recoveryCodes[0] } }),
  );
  expect(recovered.user.scope).toBe('user:basic');
  server.clock.advance(30_000);
  keep(
    await api.authMfaTotpDevice({
      environmentId,
      mFAAuthTotpDevicePostRequest: { code: totpCode(begun.secret, server.clock()) },
    }),
  );
  expect((await api.createNewRecoveryCodes({ environmentId })).count).toBe(10);
  await server.mfa.admin.updatePolicy({ enrollment: 'none' });
  await api.deleteMfaDevice({ environmentId, mfaDeviceId: begun.id, xMfaAuthToken: '' });
  expect((await api.getUserMfaDevices({ environmentId })).count).toBe(0);
  await api.revokeSession({ environmentId });
});

test('the older way to confirm, another code, and a sign-in of the application’s own', async () => {
  const { server, api, keep, externalJwt } = await start();
  const signedIn = keep(
    await api.externalAuthSignin({ environmentId, externalAuthSigninRequest: { jwt: await externalJwt() } }),
  );
  expect(signedIn.user.scope).toBe('requiresAdditionalAuth');
  const { secret } = await api.registerTotpMfaDevice({ environmentId });
  const confirmed = await api.registerTotpMfaDeviceVerify({
    environmentId,
    mFARegisterTotpDevicePostRequest: { type: MFADeviceType.Totp, code: totpCode(secret, server.clock()) },
  });
  expect(confirmed).toMatchObject({ verified: true, type: 'totp' });
  const again = await api.retryEmailVerification({
    environmentId,
    emailVerificationRetryRequest: { email: 'bob@example.com', verificationUUID: crypto.randomUUID() },
  });
  expect(again.verificationUUID).toBeTruthy();
});

test('the road of passkeys: enrol, prove, sign in, list, rename, remove', async () => {
  const { server, api, keep, signIn, authorized } = await start();
  await signIn();
  const authenticator = new SoftAuthenticator({ origin, spelling: 'clientDataJson' });
  const begun = await api.getPasskeyRegistrationOptions({ environmentId }, authorized());
  const made = authenticator.register(begun as unknown as PasskeyRegistrationOptions);
  const passkeyRegisterRequest = { ...made, createMfaToken: { singleUse: true } };
  const enrolled = keep(await api.registerPasskey({ environmentId, passkeyRegisterRequest }));
  expect(enrolled.user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });
  expect((await api.getRecoveryCodes({ environmentId })).recoveryCodes).toHaveLength(10);
  const saved = keep(await api.updateSelf({ environmentId, userFields: { mfaBackupCodeAcknowledgement: 'complete' } }));
  expect(saved.mfaToken).toMatch(/^mfa_/);

  await signIn();
  const assert = (options: unknown) =>
    authenticator.authenticate(options as PasskeyAuthenticationOptions, { spelling: 'clientDataJSON' });
  const asked = await api.getPasskeyAuthenticationOptions({ environmentId });
  const proof = { ...assert(asked), createMfaToken: { singleUse: true }, requestedScopes: [] };
  const proven = keep(await api.authenticateMfaPasskeyDevice({ environmentId, passkeyAuthRequest: proof }));
  expect(proven).toMatchObject({ user: { scope: 'user:basic' }, mfaToken: expect.stringMatching(/^mfa_/) });

  const open = await api.getPasskeyAuthenticationSigninOptions({ environmentId });
  const signedIn = keep(await api.signinWithPasskey({ environmentId, passkeyAuthRequest: assert(open) }));
  expect(signedIn.user.scope).toBe('user:basic');
  const older = await api.registerPasskeyMfaDevice({ environmentId });
  const attestation = new SoftAuthenticator({ origin }).register(older.registration);
  keep(
    await api.registerPasskeyMfaDeviceVerify({
      environmentId,
      mFARegisterPasskeyDevicePostRequest: { id: older.id, attestation },
    }),
  );
  const { passkeys, count } = await api.getUserPasskeys({ environmentId });
  expect(count).toBe(2);
  expect((await api.getUserMfaMethods({ environmentId })).passkeys).toHaveLength(2);
  const [first] = passkeys as { id: string; createdAt: Date }[];
  expect(first?.createdAt).toBeInstanceOf(Date);
  const renamed = await api.updatePasskey({
    environmentId,
    updateUserPasskeyRequest: { id: first?.id, alias: 'Office laptop' },
  });
  expect(renamed.alias).toBe('Office laptop');
  await api.deletePasskey({ environmentId, deleteUserPasskeyRequest: { passkeyId: first?.id } });
  expect((await api.getUserPasskeys({ environmentId })).count).toBe(1);
  expect(server.errors).toEqual([]);
});

/** What the client rejects with: the response. */
const responseOf = (refused: Promise<unknown>): Promise<Response> =>
  refused.then(
    () => {
      throw new Error('was not refused');
    },
    (response: Response) => response,
  );

test('refusals have the code its error classes are chosen by', async () => {
  const { api, signIn } = await start();
  await signIn();
  const request = { environmentId, mFAAuthTotpDevicePostRequest: { code: '000000' } };
  const refusal = await responseOf(api.authMfaTotpDevice(request));
  expect(await refusal.json()).toMatchObject({ code: 'mfa_invalid_code', error: expect.any(String) });
  for (let index = 0; index < 4; index += 1) await api.authMfaTotpDevice(request).catch(() => undefined);
  const limited = await responseOf(api.authMfaTotpDevice(request));
  expect(limited.status).toBe(429);
  expect(await limited.json()).toMatchObject({ code: 'mfa_rate_limited' });
});

test('step-up: the first factor again, elevated access tokens, and what they are asked for', async () => {
  const { server, api, keep, signIn, externalJwt, authorized } = await start();
  await server.mfa.admin.updatePolicy({
    enrollment: 'action',
    actions: [{ action: 'wallet.waas.sign', required: true }],
  });
  // This client always asks to be allowed to enrol.
  expect((await signIn()).elevatedAccessToken).toBeTruthy();
  server.clock.advance(301_000);
  const check = async (scope: string) => api.stepUpCheck({ environmentId, stepUpCheckRequest: { scope } });
  expect(await check('credential:link')).toMatchObject({ isRequired: true, credentials: [{ format: 'email' }] });
  expect(await check('user:update')).toEqual({
    isRequired: false,
    credentials: [],
    defaultCredentialId: undefined,
  });

  const { verificationUUID } = await api.createEmailVerification({
    environmentId,
    emailVerificationCreateRequest: { email: 'ada@example.com' },
  });
  const verificationToken = server.mails.at(-1)?.code ?? '';
  const verified = keep(
    await api.verifyEmailVerification({
      environmentId,
      emailVerificationVerifyRequest: { verificationUUID, verificationToken },
    }),
  );
  server.clock.advance(301_000);
  /** Its own runtime adds the header where it wraps these operations. */
  const elevated = (token: string) => {
    const { headers } = authorized();
    return { headers: { ...headers, 'x-dyn-elevated-access-token': token, 'x-mfa-auth-token': '' } };
  };
  const { id, secret } = await api.registerTotpMfaDevice({ environmentId }, elevated(verified.elevatedAccessToken));
  const code = totpCode(secret, server.clock());
  keep(await api.authMfaTotpDevice({ environmentId, mFAAuthTotpDevicePostRequest: { id, code } }));
  server.clock.advance(301_000);
  expect(await check('wallet:sign')).toMatchObject({ isRequired: true, defaultCredentialId: id });
  const proof = { code: totpCode(secret, server.clock()), requestedScopes: ['credential:unlink'] };
  const { elevatedAccessToken } = keep(
    await api.authMfaTotpDevice({ environmentId, mFAAuthTotpDevicePostRequest: proof }),
  );
  server.clock.advance(301_000);
  const removed = { environmentId, mfaDeviceId: id, xMfaAuthToken: '' };
  await api.deleteMfaDevice(removed, elevated(elevatedAccessToken));

  keep(await api.externalAuthSignin({ environmentId, externalAuthSigninRequest: { jwt: await externalJwt() } }));
  const again = await api.externalAuthVerify({
    environmentId,
    externalAuthSigninRequest: { jwt: await externalJwt() },
  });
  expect(again.elevatedAccessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(server.errors).toEqual([]);
});
