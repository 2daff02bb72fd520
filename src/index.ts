/**
 * The door `mfa-kit`: provider, hooks, query options, enumerations and errors.
 */

export type { GetMfaTokenOptions } from './client/actions.js';
export type { MfaClient } from './client/core.js';
export { createMfaClient, type MfaClientOptions } from './client/createMfaClient.js';
export type { AuthenticateTotpOptions } from './client/devices.js';
export {
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
  UnauthorizedError,
  ValueMustBeDefinedError,
} from './client/errors.js';
export type { LogoutReason } from './client/events.js';
export type { ProofOptions, ProofResponse } from './client/proof.js';
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
export {
  type UseAcknowledgeRecoveryCodesReturnType,
  useAcknowledgeRecoveryCodes,
} from './hooks/useAcknowledgeRecoveryCodes.js';
export {
  type UseAuthenticateRecoveryCodeReturnType,
  useAuthenticateRecoveryCode,
} from './hooks/useAuthenticateRecoveryCode.js';
export { type UseAuthenticateTotpReturnType, useAuthenticateTotp } from './hooks/useAuthenticateTotp.js';
export { type UseConfirmTotpReturnType, useConfirmTotp } from './hooks/useConfirmTotp.js';
export { type UseConnectWithOtpReturnType, useConnectWithOtp } from './hooks/useConnectWithOtp.js';
export { type UseCreateRecoveryCodesReturnType, useCreateRecoveryCodes } from './hooks/useCreateRecoveryCodes.js';
export { useDynamicClient } from './hooks/useDynamicClient.js';
export { type UseDynamicContextReturnType, useDynamicContext } from './hooks/useDynamicContext.js';
export {
  type MfaFlowEventName,
  type MfaFlowEvents,
  type OnMfaFlowEvent,
  useDynamicEvents,
} from './hooks/useDynamicEvents.js';
export {
  type ShowableScreen,
  type ShowOptions,
  type UseDynamicModalsReturnType,
  useDynamicModals,
} from './hooks/useDynamicModals.js';
export {
  type SignInWithExternalJwtParameters,
  type UseExternalAuthReturnType,
  useExternalAuth,
} from './hooks/useExternalAuth.js';
export { type GetMfaToken, useGetMfaToken } from './hooks/useGetMfaToken.js';
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
export { type UseMfaDevicesReturnType, useMfaDevices } from './hooks/useMfaDevices.js';
export { type UseMfaMethodsReturnType, useMfaMethods } from './hooks/useMfaMethods.js';
export { type UseMfaSettingsReturnType, useMfaSettings } from './hooks/useMfaSettings.js';
export { type UseModalControllerReturnType, useModalController } from './hooks/useModal.js';
export { type PromptMfaAuth, type PromptMfaAuthParameters, usePromptMfaAuth } from './hooks/usePromptMfaAuth.js';
export {
  type UseRecoveryCodesParameters,
  type UseRecoveryCodesReturnType,
  useRecoveryCodes,
} from './hooks/useRecoveryCodes.js';
export { type UseRecoveryCodesStatusReturnType, useRecoveryCodesStatus } from './hooks/useRecoveryCodesStatus.js';
export { useRefreshAuth } from './hooks/useRefreshAuth.js';
export { useRefreshUser } from './hooks/useRefreshUser.js';
export { type UseRemoveDeviceReturnType, useRemoveDevice } from './hooks/useRemoveDevice.js';
export { type UseSetDefaultDeviceReturnType, useSetDefaultDevice } from './hooks/useSetDefaultDevice.js';
export { type UseSyncMfaFlowParameters, useSyncMfaFlow } from './hooks/useSyncMfaFlow.js';
export {
  type UseTotpRegistrationParameters,
  type UseTotpRegistrationReturnType,
  useTotpRegistration,
} from './hooks/useTotpRegistration.js';
export type { UserProfile } from './hooks/useUser.js';
export { MfaProvider, type MfaProviderProps, type MfaProviderSource } from './MfaProvider.js';
export type { ProofResult } from './queries/mutations.js';
export {
  mfaDevicesQueryOptions,
  mfaMethodsQueryOptions,
  type RecoveryCodesStatus,
  recoveryCodesStatusQueryOptions,
  settingsQueryOptions,
} from './queries/queries.js';
export {
  MfaChooseType,
  type MfaChooseTypeProps,
  MfaEnterBackupCodes,
  type MfaEnterBackupCodesProps,
  MfaLocked,
  type MfaLockedProps,
  MfaManageDevices,
  type MfaManageDevicesProps,
  MfaOtpVerification,
  type MfaOtpVerificationProps,
  type MfaProofProps,
  MfaQrCode,
  type MfaQrCodeProps,
  MfaRecoveryUsed,
  type MfaRecoveryUsedProps,
  type MfaScreenProps,
  MfaSignInAgain,
  type MfaSignInAgainProps,
  MfaSuccess,
  type MfaSuccessProps,
  MfaViewBackupCodes,
  type MfaViewBackupCodesProps,
} from './ui/inline.js';
export type { Message, MessageKey, MessageOverrides } from './ui/messages/en.js';
export type { MfaPart, MfaPartState } from './ui/parts/part.js';
export { type ActionName, type CreateMfaToken, MFAAction } from './wire/actions.js';
export {
  type MFADevice,
  MFADeviceType,
  type MfaMethodsResponse,
  type RecoveryCodesResponse,
  type TotpRegistration,
  type UserPasskey,
} from './wire/devices.js';
export type { ErrorCode, ErrorPayload, ProofKind } from './wire/errorCodes.js';
export { JwtScope, TokenScope } from './wire/scopes.js';
export type { OtpVerification, SdkUser, VerifiedCredential } from './wire/session.js';
export { MfaEnrollment, type MfaSettings, type ProjectSettings } from './wire/settings.js';
