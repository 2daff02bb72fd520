/**
 * What both doors for React offer, with an interface or without: hooks, query options, enumerations and errors.
 */

export type { GetMfaTokenOptions } from './client/actions.js';
export { getAuthToken, getMinAuthToken } from './client/authTokens.js';
export type { MfaClient } from './client/core.js';
export { createMfaClient, type MfaClientOptions } from './client/createMfaClient.js';
export type { AuthenticateTotpOptions } from './client/devices.js';
export {
  APIError,
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
  UnauthorizedError,
  UserNotAuthenticatedError,
  ValueMustBeDefinedError,
} from './client/errors.js';
export type { LogoutReason } from './client/events.js';
export { MfaPasskeyError, NoPasskeyCredentialsFoundError, NoWebAuthNSupportError } from './client/MfaPasskeyError.js';
export type {
  PasskeyAssertion,
  PasskeyAttestation,
  PreparedPasskey,
  PreparedPasskeyAuthentication,
  PreparedPasskeyRegistration,
  StartPasskeyOptions,
} from './client/PreparedPasskey.js';
export type { AuthenticatePasskeyOptions, RegisterPasskeyOptions } from './client/passkeyProofs.js';
export type { RelatedOriginOptions } from './client/preparedPasskeys.js';
export type { MfaApproval, MfaFetchInit, MfaPrompt, MfaPrompter } from './client/prompter.js';
export type { ProofOptions, ProofResponse } from './client/proof.js';
export type { MfaProof } from './client/storedProofs.js';
export type { ModalState } from './controller/modalDesk.js';
export type {
  CloseReason,
  Lock,
  ManageIntent,
  Method,
  PromptRequest,
  Screen,
  ScreenEvent,
  ScreenFacts,
  ScreenName,
} from './controller/screens.js';
export { askOf } from './hooks/askOf.js';
export { type DynamicEvents, dynamicEvents } from './hooks/dynamicEvents.js';
export type {
  AuthFailureReason,
  AuthMethod,
  MfaFlowEventName,
  MfaFlowEvents,
  MfaFlowListener,
  OnMfaFlowEvent,
} from './hooks/flowEvents.js';
export type {
  IsStepUpRequiredParams,
  StepUpOperations,
  StepUpState,
  /** Under its published name. */
  StepUpState as StepUpAuthenticationState,
} from './hooks/stepUp.js';
export {
  type UseAcknowledgeRecoveryCodesReturnType,
  useAcknowledgeRecoveryCodes,
} from './hooks/useAcknowledgeRecoveryCodes.js';
export { type UseAddPasskeyReturnType, useAddPasskey } from './hooks/useAddPasskey.js';
export type { AuthCallbacks, AuthHandlers, AuthSuccess } from './hooks/useAuthCallbacks.js';
export { type UseAuthenticatePasskeyReturnType, useAuthenticatePasskey } from './hooks/useAuthenticatePasskey.js';
export {
  type AuthenticatePasskeyMFA,
  type AuthenticatePasskeyMFAParameters,
  useAuthenticatePasskeyMFA,
} from './hooks/useAuthenticatePasskeyMFA.js';
export {
  type UseAuthenticateRecoveryCodeReturnType,
  useAuthenticateRecoveryCode,
} from './hooks/useAuthenticateRecoveryCode.js';
export { type UseAuthenticateTotpReturnType, useAuthenticateTotp } from './hooks/useAuthenticateTotp.js';
export { type UseConfirmTotpReturnType, useConfirmTotp } from './hooks/useConfirmTotp.js';
export { type UseConnectWithOtpReturnType, useConnectWithOtp } from './hooks/useConnectWithOtp.js';
export { type UseCreateRecoveryCodesReturnType, useCreateRecoveryCodes } from './hooks/useCreateRecoveryCodes.js';
export { type DeletePasskey, useDeletePasskey } from './hooks/useDeletePasskey.js';
export { useDynamicClient } from './hooks/useDynamicClient.js';
export { type UseDynamicContextReturnType, useDynamicContext } from './hooks/useDynamicContext.js';
export { useDynamicEvents } from './hooks/useDynamicEvents.js';
export {
  type ShowableScreen,
  type ShowOptions,
  type UseDynamicModalsReturnType,
  useDynamicModals,
} from './hooks/useDynamicModals.js';
export { type UseDynamicScopesReturnType, useDynamicScopes } from './hooks/useDynamicScopes.js';
export {
  type SignInWithExternalJwtParameters,
  type UseExternalAuthReturnType,
  useExternalAuth,
  type VerifyWithExternalJwtParameters,
} from './hooks/useExternalAuth.js';
export { type GetMfaToken, useGetMfaToken } from './hooks/useGetMfaToken.js';
export { type GetPasskeys, useGetPasskeys } from './hooks/useGetPasskeys.js';
export { type GetUserMfaMethods, useGetUserMfaMethods } from './hooks/useGetUserMfaMethods.js';
export { useIsLoggedIn } from './hooks/useIsLoggedIn.js';
export { type IsMfaRequiredForAction, useIsMfaRequiredForAction } from './hooks/useIsMfaRequiredForAction.js';
export { useLogOut } from './hooks/useLogOut.js';
export {
  type AuthenticateDeviceParameters,
  type AuthenticateRecoveryCodeParameters,
  type UseMfaReturnType,
  useMfa,
} from './hooks/useMfa.js';
export { type MfaActionFunction, type UseMfaActionParameters, useMfaAction } from './hooks/useMfaAction.js';
export { type UseMfaDevicesReturnType, useMfaDevices } from './hooks/useMfaDevices.js';
export { type MfaFetch, useMfaFetch } from './hooks/useMfaFetch.js';
export { type UseMfaMethodsReturnType, useMfaMethods } from './hooks/useMfaMethods.js';
export { type UseMfaSettingsReturnType, useMfaSettings } from './hooks/useMfaSettings.js';
export {
  type UseOtpVerificationRequestReturnType,
  useOtpVerificationRequest,
} from './hooks/useOtpVerificationRequest.js';
export {
  type UsePasskeyAuthenticationParameters,
  type UsePasskeyAuthenticationReturnType,
  usePasskeyAuthentication,
} from './hooks/usePasskeyAuthentication.js';
export { type UsePasskeyRegistrationReturnType, usePasskeyRegistration } from './hooks/usePasskeyRegistration.js';
export {
  type UsePasskeySignInParameters,
  type UsePasskeySignInReturnType,
  usePasskeySignIn,
} from './hooks/usePasskeySignIn.js';
export { type UsePasskeysReturnType, usePasskeys } from './hooks/usePasskeys.js';
export {
  type PromptMfaAuth,
  type PromptMfaAuthParameters,
  /** Under its published name. */
  type PromptMfaAuthParameters as PromptMfaParams,
  usePromptMfaAuth,
} from './hooks/usePromptMfaAuth.js';
export {
  type UseRecoveryCodesParameters,
  type UseRecoveryCodesReturnType,
  useRecoveryCodes,
} from './hooks/useRecoveryCodes.js';
export { type UseRecoveryCodesStatusReturnType, useRecoveryCodesStatus } from './hooks/useRecoveryCodesStatus.js';
export { useRefreshAuth } from './hooks/useRefreshAuth.js';
export { useRefreshUser } from './hooks/useRefreshUser.js';
export {
  type RegisterPasskey,
  type RegisterPasskeyParameters,
  useRegisterPasskey,
} from './hooks/useRegisterPasskey.js';
export { type UseRemoveDeviceReturnType, useRemoveDevice } from './hooks/useRemoveDevice.js';
export { type UseRemovePasskeyReturnType, useRemovePasskey } from './hooks/useRemovePasskey.js';
export { type UseRenamePasskeyReturnType, useRenamePasskey } from './hooks/useRenamePasskey.js';
export { type UseSetDefaultDeviceReturnType, useSetDefaultDevice } from './hooks/useSetDefaultDevice.js';
export {
  type SignInWithPasskey,
  type SignInWithPasskeyParameters,
  type UseSignInWithPasskeyParameters,
  useSignInWithPasskey,
} from './hooks/useSignInWithPasskey.js';
export {
  type UseStepUpAuthenticationParameters,
  type UseStepUpAuthenticationReturnType,
  useStepUpAuthentication,
} from './hooks/useStepUpAuthentication.js';
export { type UseSyncMfaFlowParameters, useSyncMfaFlow } from './hooks/useSyncMfaFlow.js';
export {
  type UseTotpRegistrationParameters,
  type UseTotpRegistrationReturnType,
  useTotpRegistration,
} from './hooks/useTotpRegistration.js';
export type { UserProfile } from './hooks/useUser.js';
export {
  type UserFields,
  type UserUpdate,
  type UseUserUpdateRequestReturnType,
  useUserUpdateRequest,
} from './hooks/useUserUpdateRequest.js';
export { type UseWaitingActionsReturnType, useWaitingActions } from './hooks/useWaitingActions.js';
export type { AddPasskeyResult } from './queries/passkeyMutations.js';
export { passkeysQueryOptions } from './queries/passkeyQueries.js';
export type { ProofResult } from './queries/proofResult.js';
export {
  mfaDevicesQueryOptions,
  mfaMethodsQueryOptions,
  type RecoveryCodesStatus,
  recoveryCodesStatusQueryOptions,
  settingsQueryOptions,
} from './queries/queries.js';
export { waitingActionsQueryOptions } from './queries/waitingActions.js';
export { ActionLevel, type ActionName, type CreateMfaToken, MFAAction, type TokenBehavior } from './wire/actions.js';
export {
  type MFADevice,
  MFADeviceType,
  type MfaMethodsResponse,
  /** Under its published name. */
  type MfaMethodsResponse as MFAMethodsResponse,
  type RecoveryCodesResponse,
  type TotpRegistration,
} from './wire/devices.js';
export type { ErrorCode, ErrorPayload, ProofKind } from './wire/errorCodes.js';
export type {
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyResponse,
  UserPasskey,
} from './wire/passkeys.js';
export { JwtScope, TokenScope } from './wire/scopes.js';
export {
  MfaBackupCodeAcknowledgement,
  type OtpVerification,
  type SdkUser,
  type UpdateSelfResponse,
  type VerifiedCredential,
  type VerifyResponse,
} from './wire/session.js';
export { MfaEnrollment, type MfaSettings, type ProjectSettings } from './wire/settings.js';
export type { ExternalVerifyResponse, StepUpCheckResponse, StepUpCredential, WaitingAction } from './wire/stepUp.js';
