// The door "mfa-kit/client": every operation as a function that shakes off alone.
export { ActionLevel, type ActionName, type CreateMfaToken, MFAAction, type TokenBehavior } from '../wire/actions.js';
export {
  type FactorState,
  type MFADevice,
  MFADeviceType,
  type MfaMethodsResponse,
  /** Under its published name. */
  type MfaMethodsResponse as MFAMethodsResponse,
  type RecoveryCodesResponse,
  type TotpRegistration,
} from '../wire/devices.js';
export type { ErrorCode, ErrorPayload, ProofKind } from '../wire/errorCodes.js';
export type {
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyResponse,
  UserPasskey,
} from '../wire/passkeys.js';
export { JwtScope, TokenScope } from '../wire/scopes.js';
export {
  MfaBackupCodeAcknowledgement,
  type OtpVerification,
  type SdkUser,
  type UpdateSelfResponse,
  type VerifiedCredential,
  type VerifyResponse,
} from '../wire/session.js';
export {
  type MfaActionSetting,
  MfaEnrollment,
  type MfaMethodSetting,
  type MfaSettings,
  type ProjectSettings,
} from '../wire/settings.js';
export type { ExternalVerifyResponse, StepUpCheckResponse, StepUpCredential, WaitingAction } from '../wire/stepUp.js';
export {
  clearMfaTokens,
  consumeMfaToken,
  type GetMfaTokenOptions,
  getMfaToken,
  isMfaRequiredForAction,
} from './actions.js';
export { getAuthToken, getMinAuthToken } from './authTokens.js';
export type { MfaClient, SessionStore } from './core.js';
export { createClient, type MfaClientWithMembers } from './createClient.js';
export { createDynamicClient, type DynamicClientOptions } from './createDynamicClient.js';
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
  APIError,
  type ApiRefusal,
  type ClientErrorCode,
  InvalidExternalAuthError,
  InvalidParamError,
  isMfaError,
  MfaApiError,
  MfaCancelledError,
  MfaError,
  type MfaErrorCode,
  MfaInvalidOtpError,
  MfaNetworkError,
  MfaRateLimitedError,
  type PasskeyErrorCode,
  type PublishedErrorCode,
  UnauthorizedError,
  UserNotAuthenticatedError,
  ValueMustBeDefinedError,
} from './errors.js';
export type { InitStatus, LogoutReason, MfaEventListener, MfaEventName, MfaEvents, OnMfaEvent } from './events.js';
export { initializeClient, waitForClientInitialized } from './initialize.js';
export { MfaPasskeyError, NoPasskeyCredentialsFoundError, NoWebAuthNSupportError } from './MfaPasskeyError.js';
export { mfaFetch } from './mfaFetch.js';
export { onEvent } from './onEvent.js';
export type {
  PasskeyAssertion,
  PasskeyAttestation,
  PreparedPasskey,
  PreparedPasskeyAuthentication,
  PreparedPasskeyRegistration,
  StartPasskeyOptions,
} from './PreparedPasskey.js';
export {
  type AuthenticatePasskeyOptions,
  authenticatePasskeyMFA,
  type RegisterPasskeyOptions,
  registerPasskey,
  type SignInWithPasskeyOptions,
  signInWithPasskey,
} from './passkeyProofs.js';
export {
  getPasskeyCapabilities,
  getPasskeySupport,
  type PasskeyCapabilities,
  type PasskeySupport,
} from './passkeySupport.js';
export { deletePasskey, getPasskeys, renamePasskey } from './passkeys.js';
export { checkUserScopes, isPendingRecoveryCodesAcknowledgment, isUserMissingMfaAuth } from './predicates.js';
export {
  preparePasskeyAuthentication,
  preparePasskeyRegistration,
  preparePasskeySignIn,
  type RelatedOriginOptions,
} from './preparedPasskeys.js';
export type { MfaApproval, MfaFetchInit, MfaPrompt, MfaPrompter } from './prompter.js';
export type { ProofOptions, ProofResponse, WithoutTokens } from './proof.js';
export {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  createNewMfaRecoveryCodes,
  getMfaRecoveryCodes,
} from './recoveryCodes.js';
export type { MfaStorage, SessionSnapshot, SessionStatus } from './session.js';
export { setPrompter } from './setPrompter.js';
export { getProjectSettings } from './settings.js';
export {
  requestExternalAuthElevatedToken,
  retryEmailOTP,
  sendEmailOTP,
  sendSmsOTP,
  signInWithExternalJwt,
  type VerifyOtpOptions,
  verifyOTP,
} from './signIn.js';
export { checkStepUpAuth, getElevatedAccessToken } from './stepUp.js';
export { deleteUser, logout, refreshAuth, refreshUser, updateUser } from './user.js';
export { getWaitingActions } from './waitingActions.js';
export { withSignal } from './withSignal.js';
