/** Puts a server together from checked options: everything the parts share, the routes, and the doors. */
import * as v from 'valibot';
import { createAccessTokens, issuerOf } from './accessTokens.js';
import type { Core } from './core.js';
import { createElevatedTokens } from './elevatedTokens.js';
import { createExternalVerifier } from './externalJwt.js';
import { createFailureLimits } from './failureLimits.js';
import { createAdmin } from './handlers/admin.js';
import { authenticationRoutes } from './handlers/authentication.js';
import { deviceRoutes } from './handlers/devices.js';
import { enrolmentRoutes } from './handlers/enrolment.js';
import { firstFactorRoutes } from './handlers/firstFactor.js';
import { passkeyEnrolmentRoutes } from './handlers/passkeyEnrolment.js';
import { passkeyProofRoutes } from './handlers/passkeyProofs.js';
import { passkeySignInRoutes } from './handlers/passkeySignIn.js';
import { passkeyRoutes } from './handlers/passkeys.js';
import { reauthenticationRoutes } from './handlers/reauthentication.js';
import { recoveryCodeRoutes } from './handlers/recoveryCodes.js';
import { sessionRoutes } from './handlers/session.js';
import { settingsRoutes } from './handlers/settings.js';
import { stepUpRoutes } from './handlers/stepUp.js';
import { createHousekeeping } from './housekeeping.js';
import type { MfaKeys } from './keys.js';
import type { MfaServer } from './MfaServer.js';
import type { MfaServerOptions } from './options.js';
import { createPepper } from './pepper.js';
import { defaultPolicy, findPolicyFault, type MfaPolicy, policySchema } from './policy.js';
import { printError } from './printError.js';
import { createRequireMfa } from './requireMfa.js';
import { createRequireSession } from './requireSession.js';
import { createRouter } from './router.js';
import { importSigningKeys } from './signingKeys.js';
import { MfaStartError } from './startError.js';
import { createVault } from './vault.js';
import { createWaiting } from './waitingActions.js';

const routes = [
  ...settingsRoutes,
  ...firstFactorRoutes,
  ...sessionRoutes,
  ...deviceRoutes,
  ...enrolmentRoutes,
  ...authenticationRoutes,
  ...passkeyRoutes,
  ...passkeyEnrolmentRoutes,
  ...passkeyProofRoutes,
  ...passkeySignInRoutes,
  ...recoveryCodeRoutes,
  ...reauthenticationRoutes,
  ...stepUpRoutes,
];

const readPolicyOption = (options: MfaServerOptions): MfaPolicy => {
  const result = v.safeParse(policySchema, { ...defaultPolicy, ...options.policy });
  if (!result.success) {
    throw new MfaStartError(
      'policy',
      `\`policy.${v.getDotPath(result.issues[0])}\` is wrong: ${result.issues[0].message}`,
    );
  }
  const fault = findPolicyFault(result.output);
  if (fault) throw new MfaStartError('policy', `\`policy.${fault.field}\` ${fault.fault}`);
  return result.output;
};

export const startServer = async (options: MfaServerOptions, keys: MfaKeys): Promise<MfaServer> => {
  const initialPolicy = readPolicyOption(options);
  const { environmentId, store, onError = printError } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const reportError = (error: unknown, requestId: string): void => {
    // Whoever listens must not turn a refusal into a crash, at once or later.
    const tell = async () => onError(error, { requestId });
    tell().catch(() => undefined);
  };
  const signing = await importSigningKeys(keys.signing);
  const issuer = issuerOf(baseUrl, environmentId);
  const core: Core = {
    options,
    environmentId,
    baseUrl,
    isCookieMode: options.sessionTransport !== 'bearer',
    rpId: options.passkeys?.rpId ?? new URL(options.origins[0] ?? baseUrl).hostname,
    store,
    clock: options.clock ?? Date.now,
    vault: createVault(keys.encryption),
    pepper: createPepper(keys.pepper),
    signing,
    accessTokens: createAccessTokens({ signing, issuer, audience: options.origins[0] ?? baseUrl, environmentId }),
    elevatedTokens: createElevatedTokens({ signing, issuer }),
    externalVerifier: options.externalAuth ? await createExternalVerifier(options.externalAuth) : null,
    failures: createFailureLimits(),
    async policy() {
      const kept = await store.findPolicy(environmentId);
      return kept === null ? initialPolicy : v.parse(policySchema, JSON.parse(kept));
    },
    notify(notification) {
      const tell = async () => options.notify?.(notification);
      tell().catch((error: unknown) => reportError(error, 'notify'));
    },
    reportError,
  };
  await store.start();
  const route = createRouter(core, routes);
  const housekeeping = createHousekeeping(store, (error) => reportError(error, 'housekeeping'));
  return {
    async fetch(request, connection) {
      housekeeping.atTimes(core.clock());
      return route(request, connection);
    },
    requireSession: createRequireSession(core),
    requireMfa: createRequireMfa(core),
    waiting: createWaiting(core),
    admin: createAdmin(core),
    async close() {
      await housekeeping.settle();
      await store.close();
    },
  };
};
