/** The settings document, as the parser of the published clients and our own read it (contract §6). */
import * as published from '@dynamic-labs/sdk-api-core';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../src/wire/settings.js';
import { startTestServer } from '../support/server.js';

interface PublishedParser {
  ProjectSettingsFromJSON(json: unknown): unknown;
  ProjectSettingsToJSON(settings: unknown): unknown;
}
const { ProjectSettingsFromJSON, ProjectSettingsToJSON } = published as unknown as PublishedParser;

const readSettings = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const { request } = await startTestServer(changes);
  return (await (await request('GET', '/settings?sdkVersion=ClientSDK%2F1.20.0')).json()) as Record<string, unknown>;
};

/** What JSON has of it: a date of the parser becomes text again, what is undefined is gone. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the settings document', () => {
  test('has everything that published clients stop without, and what they read of MFA', async () => {
    const actions = [{ action: 'wallet.waas.sign', required: true }];
    expect(await readSettings({ policy: { enrollment: 'action', actions } })).toEqual({
      chains: [],
      kyc: [],
      networks: [],
      design: {},
      privacy: {},
      general: { displayName: 'Harbor Test' },
      providers: [{ provider: 'dynamic', enabledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) }],
      sdk: {
        minApiVersion: '2026_04_01',
        emailSignIn: { signInProvider: 'dynamic' },
        views: [{ type: 'login', sections: [{ type: 'email' }] }],
      },
      security: {
        jwtDuration: { amount: 10, unit: 'minutes' },
        auth: { storage: ['localstorage'] },
        captcha: { enabled: false },
        hCaptcha: { enabled: false },
        deviceRegistrationRequired: false,
        externalAuth: { enabled: false },
        mfa: expect.objectContaining({
          enabled: true,
          required: true,
          enrollment: 'action',
          methods: [
            { type: 'passkey', enabled: true, allowBackupCodes: true },
            { type: 'totp', enabled: true, allowBackupCodes: true },
          ],
          availableMethods: ['passkey', 'totp'],
          actions: [expect.objectContaining({ ...actions[0], tokenBehavior: 'single_use', tokenExpirySeconds: 120 })],
        }),
      },
    });
  });

  test('is read by the published parser without a loss, and comes out as it went in', async () => {
    const document = await readSettings({
      supportEmail: 'help@example.com',
      logoUrl: 'https://example.com/logo.svg',
      externalAuth: { issuer: 'https://sign-in.test', audience: 'mfa', jwksUrl: 'https://sign-in.test/jwks' },
      policy: { actions: [{ action: 'user.update', required: true }] },
    });
    const parsed = ProjectSettingsFromJSON(document);
    expect(document).toMatchObject(asJson(ProjectSettingsToJSON(parsed)) as object);
    expect(parsed).toMatchObject({
      general: { supportEmail: 'help@example.com', appLogo: 'https://example.com/logo.svg' },
      sdk: { minApiVersion: '2026_04_01' },
      security: {
        externalAuth: { enabled: true, iss: 'https://sign-in.test', aud: 'mfa', jwksUrl: 'https://sign-in.test/jwks' },
        deviceRegistrationRequired: false,
        mfa: { actions: [{ action: 'user.update', required: true, tokenBehavior: 'time_bound' }] },
      },
    });
  });

  test('tells our own client where people turn to, and the logo', async () => {
    const { general } = parseSettings(
      await readSettings({ supportEmail: 'help@example.com', logoUrl: 'http://localhost:5173/logo.svg' }),
    );
    expect(general).toEqual({
      displayName: 'Harbor Test',
      supportEmail: 'help@example.com',
      appLogo: 'http://localhost:5173/logo.svg',
    });
  });

  test('offers no sign-in by e-mail code where nothing sends one', async () => {
    const document = await readSettings({ sendEmail: undefined });
    expect(document).toMatchObject({ providers: [], sdk: { minApiVersion: '2026_04_01', views: [] } });
    expect(document.sdk).not.toHaveProperty('emailSignIn');
  });

  test('says that a cookie carries the session where one does', async () => {
    const document = await readSettings({ sessionTransport: 'cookie' });
    expect(document).toMatchObject({ security: { auth: { storage: ['cookie'] } } });
  });
});
