/** What a client needs before anybody is signed in: settings, nonces, keys and a sign of life. */

import * as wire from '../../wire/routes.js';
import { MfaEnrollment } from '../../wire/settings.js';
import { settingOf } from '../actions.js';
import { type AnyRoute, answer, endpoint, openRoute } from '../call.js';
import type { Core } from '../core.js';
import { randomToken } from '../crypto.js';
import { type MfaPolicy, passkeyRules } from '../policy.js';
import { anyBody } from '../schema.js';
import { anything, health, keySet, nonce, nonces, settings } from './responses.js';

/** Published clients show a sign-in by e-mail code where these say that there is one. */
const emailProvider = { provider: 'dynamic', enabledAt: '2026-01-01T00:00:00.000Z' };
const emailSignIn = {
  emailSignIn: { signInProvider: 'dynamic' },
  views: [{ type: 'login', sections: [{ type: 'email' }] }],
};

/**
 * The document published clients accept (contract §6), filled from the options and the policy. They stop at a list that is
 * missing, so what this kit has none of is there and empty.
 */
const describeSettings = (core: Core, policy: MfaPolicy) => {
  const { appName, externalAuth, logoUrl, sendEmail, supportEmail } = core.options;
  const { jwtDuration = { amount: 10, unit: 'minutes' }, ...mfa } = policy;
  return {
    chains: [],
    kyc: [],
    networks: [],
    design: {},
    privacy: {},
    general: {
      displayName: appName,
      ...(supportEmail !== undefined && { supportEmail }),
      ...(logoUrl !== undefined && { appLogo: logoUrl }),
    },
    providers: sendEmail ? [emailProvider] : [],
    // The version from which on changing a factor asks for an elevated access token, or a fresh proof instead.
    sdk: { minApiVersion: '2026_04_01', ...(sendEmail ? emailSignIn : { views: [] }) },
    security: {
      captcha: { enabled: false },
      hCaptcha: { enabled: false },
      deviceRegistrationRequired: false,
      jwtDuration,
      auth: { storage: [core.isCookieMode ? 'cookie' : 'localstorage'] },
      externalAuth: externalAuth
        ? {
            enabled: true,
            iss: externalAuth.issuer,
            aud: externalAuth.audience,
            jwksUrl: externalAuth.jwksUrl ?? '',
            // An address its issuer does not call unverified becomes part of the profile, and no way to sign in.
            assumeEmailVerified: true,
          }
        : { enabled: false },
      mfa: {
        ...mfa,
        actions: policy.actions.map(({ action }) => settingOf(policy, action)),
        passkeys: passkeyRules(policy),
        required: mfa.enrollment !== MfaEnrollment.None,
        availableMethods: mfa.methods.filter((method) => method.enabled).map((method) => method.type),
      },
    },
  };
};

const keysRoute = (path: string): AnyRoute =>
  openRoute({
    method: 'GET',
    path,
    summary: 'The public keys of session tokens (RFC 7517)',
    response: keySet,
    handle: async (call) => answer({ keys: call.core.signing.publicKeys }),
  });

export const settingsRoutes: AnyRoute[] = [
  openRoute({
    ...endpoint(wire.getSettings),
    summary: "The environment's settings and policy",
    query: { sdkVersion: { type: 'string', description: 'What published clients call themselves; not looked at.' } },
    response: settings,
    handle: async (call) => answer(describeSettings(call.core, await call.core.policy())),
  }),
  openRoute({
    method: 'POST',
    path: '/sdkSettings',
    summary: 'Accepts and forgets what published clients report about themselves',
    body: anyBody,
    response: anything,
    handle: async () => answer({}),
  }),
  openRoute({
    method: 'GET',
    path: '/nonce',
    summary: 'A random value',
    response: nonce,
    handle: async () => answer({ nonce: randomToken() }),
  }),
  openRoute({
    method: 'GET',
    path: '/nonces',
    summary: 'Random values',
    query: { count: { type: 'integer', description: 'From 1 to 5, which is what comes unless set.' } },
    response: nonces,
    async handle(call) {
      // Never an empty list: a published client then asks again without end.
      const count = Math.min(5, Math.max(1, Math.floor(Number(call.query.get('count') ?? 5)) || 1));
      return answer({ nonces: Array.from({ length: count }, randomToken) });
    },
  }),
  openRoute({
    method: 'GET',
    path: '/healthcheck',
    summary: 'Whether the server and its database answer',
    response: health,
    async handle(call) {
      await call.core.store.findPolicy(call.core.environmentId);
      return answer({ status: 'healthy' });
    },
  }),
  keysRoute('/.well-known/jwks'),
  keysRoute('/.well-known/jwks.json'),
];
