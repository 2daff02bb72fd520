// The door "mfa-kit/client": every operation as a function that shakes off alone.
export { type ActionName, type CreateMfaToken, MFAAction } from '../wire/actions.js';
export {
  type FactorState,
  type MFADevice,
  MFADeviceType,
  MfaBackupCodeAcknowledgement,
  type MfaMethodsResponse,
  type RecoveryCodesResponse,
  type TotpRegistration,
  type UserPasskey,
} from '../wire/devices.js';
export type { ErrorCode, ErrorPayload, ProofKind } from '../wire/errorCodes.js';
export { JwtScope, TokenScope } from '../wire/scopes.js';
export type {
  OtpVerification,
  SdkUser,
  UpdateSelfResponse,
  VerifiedCredential,
  VerifyResponse,
} from '../wire/session.js';
export {
  type MfaActionSetting,
  MfaEnrollment,
  type MfaMethodSetting,
  type MfaSettings,
  type ProjectSettings,
} from '../wire/settings.js';
export { consumeMfaToken, type GetMfaTokenOptions, getMfaToken, isMfaRequiredForAction } from './actions.js';
export type { MfaClient, SessionStore } from './core.js';
export { createMfaClient, type MfaClientOptions } from './createMfaClient.js';
export {
  type AuthenticateTotpOptions,
  authenticateTotpMfaDevice,
  confirmTotpMfaDevice,
  deleteMfaDevice,
  getMfaDevices,
  getMfaMethods,
  type RegisterTotpOptions,
  registerTotpMfaDevice,
  setDefaultMfaDevice,
} from './devices.js';
export {
  type ApiRefusal,
  type ClientErrorCode,
  InvalidExternalAuthError,
  isMfaError,
  MfaApiError,
  MfaCancelledError,
  MfaError,
  type MfaErrorCode,
  MfaInvalidOtpError,
  MfaNetworkError,
  MfaPasskeyError,
  MfaRateLimitedError,
  type PublishedErrorCode,
  UnauthorizedError,
  ValueMustBeDefinedError,
} from './errors.js';
export type { InitStatus, LogoutReason, MfaEventListener, MfaEventName, MfaEvents, OnMfaEvent } from './events.js';
export { initializeClient, waitForClientInitialized } from './initialize.js';
export { checkUserScopes, isPendingRecoveryCodesAcknowledgment, isUserMissingMfaAuth } from './predicates.js';
export type { ProofOptions, ProofResponse, WithoutTokens } from './proof.js';
export {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
  getMfaRecoveryCodes,
} from './recoveryCodes.js';
export type { MfaStorage, SessionSnapshot, SessionStatus } from './session.js';
export { getProjectSettings } from './settings.js';
export { retryEmailOTP, sendEmailOTP, signInWithExternalJwt, type VerifyOtpOptions, verifyOTP } from './signIn.js';
export { deleteUser, logout, refreshAuth, refreshUser, updateUser } from './user.js';
export { withSignal } from './withSignal.js';
