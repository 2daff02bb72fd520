/** Door "mfa-kit/server": the server, the making of its keys, and the rule that back ends of your own may reuse. */
export { isFullyAuthenticatedScope, JwtScope, parseScope } from '../wire/scopes.js';
export { AccessTokenError } from './accessTokenError.js';
export { createMfaServer } from './createMfaServer.js';
export type { GuardedRequest } from './guardedRequest.js';
export type { ExportedUser, MfaAdmin, MfaStats } from './handlers/admin.js';
export { generateKeys, type KeyRing, type MfaKeys } from './keys.js';
export type { ImportedTotp, ImportedUser, MfaImports } from './MfaImports.js';
export type { MfaServer } from './MfaServer.js';
export type { ConnectionInfo } from './networkAddress.js';
export type {
  ExternalAuthOptions,
  MfaEmail,
  MfaNotification,
  MfaServerOptions,
  PasskeyOptions,
  RecoveryCodeOptions,
} from './options.js';
export type { MfaPolicy } from './policy.js';
export { Refusal } from './refusals.js';
export type { MfaCheck, RequireMfaOptions } from './requireMfa.js';
export type { MfaSession, SessionCheck } from './requireSession.js';
export type { MfaProof } from './spentTokens.js';
export { MfaStartError } from './startError.js';
export type { AuditEvent, AuditRecord, FactorKind } from './store/records.js';
export type { Store } from './store/Store.js';
export {
  type VerifiedAccessToken,
  type VerifyAccessTokenOptions,
  verifyAccessToken,
} from './verifyAccessToken.js';
export type { LeftAction, MfaWaiting } from './waitingActions.js';
