/**
 * The door `mfa-kit`: what every React application gets, and on top of it the prebuilt interface of the web.
 */

export { getPasskeySupport, type PasskeySupport } from './client/passkeySupport.js';
export {
  type DynamicContextProps,
  DynamicContextProvider,
  type DynamicContextSettings,
} from './DynamicContextProvider.js';
export { type UseModalControllerReturnType, useModalController } from './hooks/useModal.js';
export { type UsePasskeyCapabilitiesReturnType, usePasskeyCapabilities } from './hooks/usePasskeyCapabilities.js';
export { MfaProvider, type MfaProviderProps, type MfaProviderSource } from './MfaProvider.js';
export * from './reactDoor.js';
export type { MfaActionDetail, MfaActionText, MfaActionTexts } from './ui/actionTexts.js';
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
  MfaPasskeyPrompt,
  type MfaPasskeyPromptProps,
  MfaPasskeySaved,
  type MfaPasskeySavedProps,
  type MfaProofProps,
  MfaQrCode,
  type MfaQrCodeProps,
  MfaReauthenticate,
  type MfaReauthenticateProps,
  MfaRecoveryUsed,
  type MfaRecoveryUsedProps,
  type MfaScreenProps,
  MfaSuccess,
  type MfaSuccessProps,
  MfaViewBackupCodes,
  type MfaViewBackupCodesProps,
} from './ui/inline.js';
export type { MessageKey, MessageOverrides } from './ui/messages/Catalogue.js';
export type { Message } from './ui/messages/Message.js';
export type { MfaPart, MfaPartState } from './ui/parts/part.js';
