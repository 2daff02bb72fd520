/** The published generated client in front of a server, as an application written for it has it. */
import { generateKeyPairSync } from 'node:crypto';
import * as core from '@dynamic-labs/sdk-api-core';
import { SignJWT } from 'jose';
import { expect } from 'vitest';
import type { PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { environmentId, origin, startTestServer } from './server.js';

type Operation = (request: object, overrides?: object) => Promise<PublishedAnswer>;
/** What the assertions read; the client's own declarations cannot be resolved the way Node resolves modules. */
export interface PublishedAnswer {
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
  alias: string;
  registration: PasskeyRegistrationOptions;
  count: number;
  elevatedAccessToken: string;
  isRequired: boolean;
  credentials: unknown[];
  defaultCredentialId: string;
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
  | 'getPasskeyRegistrationOptions'
  | 'registerPasskey'
  | 'registerPasskeyMfaDevice'
  | 'registerPasskeyMfaDeviceVerify'
  | 'getPasskeyAuthenticationOptions'
  | 'authenticateMfaPasskeyDevice'
  | 'getPasskeyAuthenticationSigninOptions'
  | 'signinWithPasskey'
  | 'updatePasskey'
  | 'deletePasskey'
  | 'getMfaDevice'
  | 'updateUserMfaDevice'
  | 'stepUpCheck'
  | 'verifyEmailVerification'
  | 'externalAuthVerify'
  | 'deleteMfaDevice';
const { SDKApi, Configuration } = core as unknown as Published;

/** A server that demands a factor of everybody, and the published client in front of it. */
export const startPublished = async () => {
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
  /** The one operation this client sends without a token by itself. */
  const authorized = () => ({ headers: { authorization: `Bearer ${token}` } });
  return { server, api, keep, signIn, externalJwt, authorized };
};

export const { MFADeviceType } = core as unknown as Published;
