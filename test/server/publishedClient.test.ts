/** The published generated client parses every answer of this server, walking the road an application written for it walks. */

import { generateKeyPairSync } from 'node:crypto';
import * as core from '@dynamic-labs/sdk-api-core';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { environmentId, origin, startTestServer } from '../support/server.js';
import { totpCode } from '../support/totp.js';

type Operation = (request: object) => Promise<PublishedAnswer>;
/** What the assertions read; the client's own declarations cannot be resolved the way Node resolves modules. */
interface PublishedAnswer {
  user: Record<string, unknown> & { verifiedCredentials: unknown[] };
  jwt: string;
  minifiedJwt: string;
  mfaToken: string;
  expiresAt: number;
  recoveryCodes: string[];
  verificationUUID: string;
  security: { mfa: Record<string, unknown> };
  nonce: string;
  nonces: string[];
  status: string;
  keys: unknown[];
  id: string;
  secret: string;
  email: string;
  passkeys: unknown[];
  verifiedAt: Date;
  count: number;
}
interface Published {
  SDKApi: new (configuration: object) => Record<string, Operation> & { [name in OperationName]: Operation };
  Configuration: new (settings: object) => object;
  MFADeviceType: { Totp: string };
}
type OperationName =
  | 'createEmailVerification'
  | 'retryEmailVerification'
  | 'signInWithEmailVerification'
  | 'externalAuthSignin'
  | 'getEnvironmentSettings'
  | 'getNonce'
  | 'getNonces'
  | 'getHealthcheck'
  | 'getJwksByEnvironmentId'
  | 'getJwksJsonByEnvironmentId'
  | 'registerTotpMfaDevice'
  | 'registerTotpMfaDeviceVerify'
  | 'authMfaTotpDevice'
  | 'authMfaRecovery'
  | 'getRecoveryCodes'
  | 'createNewRecoveryCodes'
  | 'updateSelf'
  | 'getAuthenticatedUser'
  | 'sessionCheck'
  | 'refreshAuth'
  | 'revokeSession'
  | 'getUserMfaDevices'
  | 'getUserMfaMethods'
  | 'getUserPasskeys'
  | 'getMfaDevice'
  | 'updateUserMfaDevice'
  | 'deleteMfaDevice';
const { SDKApi, Configuration, MFADeviceType } = core as unknown as Published;

const start = async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const externalAuth = {
    issuer: 'https://login.test',
    audience: 'harbor',
    key: pair.publicKey.export({ format: 'jwk' }),
  };
  const server = await startTestServer({ policy: { enrollment: 'signup' }, externalAuth });
  let token = '';
  const api = new SDKApi(
    new Configuration({
      basePath: server.options.baseUrl,
      accessToken: () => Promise.resolve(token),
      headers: {
        origin,
        'x-dyn-version': 'ClientSDK/1.20.0',
        'x-dyn-api-version': 'API/catalog:',
        'content-type': 'application/json',
      },
      fetchApi: (input: string, init: RequestInit) => server.mfa.fetch(new Request(input, init)),
    }),
  );
  const keep = (answer: PublishedAnswer): PublishedAnswer => {
    expect(answer.jwt).toBeTruthy();
    token = answer.minifiedJwt;
    return answer;
  };
  const signIn = async () => {
    const { verificationUUID } = await api.createEmailVerification({
      environmentId,
      emailVerificationCreateRequest: { email: 'ada@example.com' },
    });
    return keep(
      await api.signInWithEmailVerification({
        environmentId,
        emailVerificationVerifyRequest: {
          verificationUUID,
          verificationToken: server.mails.at(-1)?.code ?? '',
          allowNewMFALinking: true,
          sessionPublicKey: '02'.padEnd(66, 'a'),
        },
      }),
    );
  };
  const externalJwt = () =>
    new SignJWT({ sub: 'ada', iss: 'https://login.test', aud: 'harbor', email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuedAt(Math.floor(server.clock() / 1000))
      .setExpirationTime(Math.floor(server.clock() / 1000) + 60)
      .sign(pair.privateKey);
  return { server, api, keep, signIn, externalJwt };
};

test('what comes before signing in', async () => {
  const { api } = await start();
  const settings = await api.getEnvironmentSettings({ environmentId });
  expect(settings.security.mfa).toMatchObject({ enabled: true, required: true, enrollment: 'signup' });
  expect(settings.security.mfa.methods).toMatchObject([{ type: 'totp', enabled: true, allowBackupCodes: true }]);
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
