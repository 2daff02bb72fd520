/** What stops a server from starting, and what it says. S-53. */
import { createMfaServer, generateKeys, type MfaKeys, type MfaServerOptions, MfaStartError } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { checkPeers } from '../../src/server/peers.js';
import { startTestServer, testKeys } from '../support/server.js';

const startWith = async (changes: object): Promise<unknown> => {
  const { options } = await startTestServer();
  return createMfaServer({ ...options, ...changes } as MfaServerOptions);
};

describe('options', () => {
  const wrong: [string, object, RegExp][] = [
    ['environmentId', { environmentId: undefined }, /environmentId.*UUID/],
    ['environmentId', { environmentId: 'demo' }, /environmentId.*UUID/],
    ['store', { store: undefined }, /sqliteStore/],
    ['baseUrl', { baseUrl: undefined }, /baseUrl.*\/api\/v0/],
    ['baseUrl', { baseUrl: 'https://app.example.com' }, /baseUrl/],
    ['baseUrl', { baseUrl: 'https://app.example.com/' }, /baseUrl/],
    ['baseUrl', { baseUrl: 'ftp://app.example.com/api' }, /baseUrl/],
    ['baseUrl', { baseUrl: 'http://app.example.com/api/v0', sessionTransport: 'cookie' }, /https/],
    ['origins', { origins: [] }, /origins/],
    ['origins', { origins: ['*'] }, /exact origins/],
    ['origins', { origins: ['https://app.test/'] }, /exact origins/],
    ['origins', { origins: ['null'] }, /exact origins/],
    ['appName', { appName: ' ' }, /appName/],
    ['sessionTransport', { sessionTransport: 'header' }, /'cookie' or 'bearer'/],
    ['externalAuth', { externalAuth: { issuer: 'a', audience: 'b' } }, /jwksUrl.*key/],
    ['externalAuth', { externalAuth: { issuer: '', audience: 'b', jwksUrl: 'https://x/jwks' } }, /issuer/],
    [
      'externalAuth',
      { externalAuth: { issuer: 'a', audience: 'b', jwksUrl: 'https://x/jwks', algorithms: ['HS256'] } },
      /asymmetric/,
    ],
    ['trustedHops', { trustedHops: -1 }, /whole number/],
    ['recoveryCodeRounds', { recoveryCodeRounds: 1.5 }, /whole number/],
    ['recoveryCodes', { recoveryCodes: { length: 8 } }, /16, or 10/],
    ['recoveryCodes', { recoveryCodes: { length: '10' } }, /16, or 10/],
    ['supportEmail', { supportEmail: 'mailto:help@example.com?subject=x' }, /e-mail address/],
    ['supportEmail', { supportEmail: null }, /e-mail address/],
    ['logoUrl', { logoUrl: '/logo.svg' }, /absolute https/],
    ['logoUrl', { logoUrl: 'javascript:alert(1)' }, /absolute https/],
    ['logoUrl', { logoUrl: 'data:image/svg+xml,<svg/>' }, /absolute https/],
    ['logoUrl', { logoUrl: 'http://cdn.example.com/logo.png' }, /absolute https/],
    ['passkeys', { passkeys: { rpId: 'https://app.test' } }, /domains only/],
    ['passkeys', { passkeys: { rpId: 'app.test:8443' } }, /domains only/],
    ['passkeys', { passkeys: { rpId: 'App.test' } }, /domains only/],
    ['passkeys', { passkeys: { rpId: 'test' } }, /domains only/],
    ['passkeys', { passkeys: { rpId: '127.0.0.1' } }, /domains only/],
    ['passkeys', { passkeys: { rpId: 'app.test', relatedRpIds: [''] } }, /domains only/],
    ['passkeys', { passkeys: { rpId: 'sub.app.test' } }, /No passkey could be used on app\.test.*rpId/],
    ['passkeys', { passkeys: { rpId: 'pp.test' } }, /No passkey could be used on app\.test/],
    [
      'passkeys',
      { passkeys: {}, origins: ['https://app.test', 'https://app.example'] },
      /app\.example.*passkeys\.relatedRpIds/,
    ],
    ['policy', { policy: { enrollment: 'always' } }, /policy.enrollment/],
    ['policy', { policy: { passkeys: { userVerification: 'discouraged' } } }, /policy.passkeys.userVerification/],
    ['policy', { policy: { enrollment: 'signup', methods: [] } }, /methods.*nobody could enrol/],
  ];
  test.each(wrong)('%s: %j', async (option, changes, message) => {
    const error = await startWith(changes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MfaStartError);
    expect(error).toMatchObject({ option, message: expect.stringMatching(message) });
  });

  test.each([
    ['the domain of the pages', { rpId: 'app.test' }, ['https://app.test', 'https://admin.app.test:8443']],
    ['a domain above them', { rpId: 'example.com' }, ['https://app.example.com', 'https://example.com']],
    ['two domains', { relatedRpIds: ['app.example'] }, ['https://app.test', 'https://www.app.example']],
    ['localhost', { rpId: 'localhost' }, ['http://localhost:5173']],
  ])('passkeys may be made for %s', async (_name, passkeys, origins) => {
    await expect(startWith({ passkeys, origins })).resolves.toBeTruthy();
  });

  test('a package that is missing is named with the command that installs it', async () => {
    const missing = () => Promise.reject(new Error('ERR_MODULE_NOT_FOUND'));
    const found = () => Promise.resolve({});
    const error = await checkPeers({ jose: missing, hono: found, otpauth: missing }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MfaStartError);
    expect(error).toMatchObject({ option: 'jose', message: expect.stringContaining('npm install jose otpauth') });
    await expect(checkPeers()).resolves.toBeUndefined();
  });
});

describe('S-53 keys', () => {
  const ring = (key: string) => ({ active: 'a', keys: { a: key } });
  const bytes = (values: number[]) => Buffer.from(values).toString('base64url');
  const bad: [string, unknown][] = [
    ['missing', undefined],
    ['empty', ''],
    ['not base64url', 'ä'.repeat(43)],
    ['short', bytes(Array.from({ length: 31 }, (_, index) => (index * 37 + 11) % 251))],
    ['long', bytes(Array.from({ length: 33 }, (_, index) => (index * 37 + 11) % 251))],
    ['all zero', bytes(Array(32).fill(0))],
    ['one byte repeated', bytes(Array(32).fill(0xab))],
    ['counting up', bytes(Array.from({ length: 32 }, (_, index) => index))],
    ['every third', bytes(Array.from({ length: 32 }, (_, index) => index * 3))],
    ['a short pattern', bytes(Array.from({ length: 32 }, (_, index) => [1, 99, 200, 7][index % 4] ?? 0))],
    ['a sentence', Buffer.from('correct horse battery staple 12!').toString('base64url')],
    ['a sample', 'CHANGEMECHANGEMECHANGEMECHANGEMECHANGEMECHA'],
    ['a sample in the bytes', Buffer.from('this is my very Secret key 42 !!').toString('base64url')],
    ['a number', 7],
  ];
  test.each(bad)('%s is refused', async (_name, key) => {
    const good = await testKeys();
    for (const name of ['encryption', 'pepper']) {
      const keys = { ...good, [name]: ring(key as string) } as MfaKeys;
      const error = await startWith({ keys }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MfaStartError);
      expect(error).toMatchObject({ option: 'keys', message: expect.stringContaining(`keys.${name}`) });
      if (typeof key === 'string' && key !== '') expect((error as Error).message).not.toContain(key);
    }
  });

  test('none at all, a ring that is empty, and an active key that is not there', async () => {
    const good = await testKeys();
    for (const keys of [
      undefined,
      null,
      {},
      { ...good, pepper: { active: 'x', keys: {} } },
      { ...good, pepper: { ...good.pepper, active: 'x' } },
    ]) {
      await expect(startWith({ keys })).rejects.toThrow(/keys/);
    }
    await expect(startWith({ keys: () => Promise.reject(new Error('KMS is down')) })).rejects.toThrow('KMS is down');
  });

  test('the same one for two purposes', async () => {
    const good = await testKeys();
    await expect(startWith({ keys: { ...good, pepper: good.encryption } })).rejects.toThrow(/used twice/);
  });

  const signing = (jwk: object) => ({ active: 'a', keys: { a: jwk } });
  const published = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  };
  test.each([
    ['a public key', { ...published, d: undefined }],
    ['another curve', { ...published, crv: 'P-384' }],
    ['a symmetric key', { kty: 'oct', k: 'AA' }],
    ['a short RSA key', { kty: 'RSA', d: 'AA', e: 'AQAB', n: 'A'.repeat(171) }],
    ['the key printed in RFC 7515', published],
  ])('for signing, not %s', async (_name, jwk) => {
    await expect(startWith({ keys: { ...(await testKeys()), signing: signing(jwk) } })).rejects.toThrow(
      /keys\.signing/,
    );
  });

  test('made by generateKeys are good, each time others, and come from a provider as well', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => generateKeys()));
    const secrets = all.flatMap(({ encryption, pepper }) => [
      ...Object.values(encryption.keys),
      ...Object.values(pepper.keys),
    ]);
    expect(new Set(secrets).size).toBe(100);
    for (const keys of all.slice(0, 10)) await expect(startWith({ keys })).resolves.toBeTruthy();
    await expect(startWith({ keys: () => Promise.resolve(all[0]) })).resolves.toBeTruthy();
    expect(JSON.parse(JSON.stringify(all[0]))).toEqual(all[0]);
  });
});
