/**
 * The published types, written out from what is stated of them, against ours in both directions. Written as methods, so that
 * parameters compare both ways too: ours may take more (`createMfaToken: true`), and must take what is published.
 */
import type {
  IsStepUpRequiredParams,
  MFAAction,
  MFADevice,
  MFADeviceType,
  MFAMethodsResponse,
  MfaEnrollment,
  PromptMfaParams,
  StepUpAuthenticationState,
  TokenScope,
  UserPasskey,
  useAuthenticatePasskeyMFA,
  useConnectWithOtp,
  useDeletePasskey,
  useDynamicModals,
  useExternalAuth,
  useGetMfaToken,
  useGetPasskeys,
  useGetUserMfaMethods,
  useIsMfaRequiredForAction,
  useMfa,
  usePromptMfaAuth,
  useStepUpAuthentication,
  useSyncMfaFlow,
  VerifyResponse,
} from 'mfa-kit';
import type * as client from 'mfa-kit/client';
import type { Dispatch, SetStateAction } from 'react';
import { expectTypeOf, test } from 'vitest';

type CreateMfaToken = { singleUse: boolean };
type Verified = { user: { id: string }; expiresAt: number; mfaToken?: string; elevatedAccessToken?: string | null };
type Codes = { count: number; recoveryCodes: string[] };
type Methods = { devices: MFADevice[]; passkeys: UserPasskey[]; userHasVerifiedMfaMethods: boolean };
type Otp = { email: string; verificationUUID: string };
type Check = { isRequired: boolean; credentials: { id: string; format: string }[]; defaultCredentialId?: string };

/** Ours fits where the published one is wanted, and the published one where ours is. */
const bothWays = <TOurs extends TPublished, TPublished>(
  ..._: TPublished extends TOurs ? [] : [never]
): [TOurs?, TPublished?] => [];

interface Mfa {
  addDevice(type?: MFADeviceType): Promise<{ id: string; secret: string; uri: string }>;
  verifyDevice(code: string, type?: MFADeviceType): Promise<MFADevice>;
  authDevice(code: string, type?: MFADeviceType, deviceId?: string): Promise<boolean>;
  authenticateDevice(parameters: {
    code: string;
    type?: MFADeviceType;
    deviceId?: string;
    createMfaToken?: CreateMfaToken;
    requestedScopes?: TokenScope[];
  }): Promise<string | undefined>;
  authRecoveryCode(code: string): Promise<boolean>;
  authenticateRecoveryCode(parameters: {
    code: string;
    createMfaToken?: CreateMfaToken;
    requestedScopes?: TokenScope[];
  }): Promise<string | undefined>;
  getUserDevices(): Promise<MFADevice[]>;
  updateUserDevice(deviceId: string): Promise<void>;
  deleteUserDevice(deviceId: string, mfaAuthToken: string): Promise<void>;
  getRecoveryCodes(generateNewCodes?: boolean): Promise<string[]>;
  getNewRecoveryCodes(): Promise<string[]>;
  completeAcknowledgement(): Promise<void>;
  isPendingRecoveryCodesAcknowledgment(): Promise<boolean>;
}

test('the published type names', () => {
  expectTypeOf<{ scope: TokenScope }>().toEqualTypeOf<IsStepUpRequiredParams>();
  expectTypeOf<{ createMfaToken?: boolean; requestedScopes?: TokenScope[] }>().toExtend<PromptMfaParams>();
  expectTypeOf<StepUpAuthenticationState['otpVerification']>().toEqualTypeOf<Otp | null>();
  expectTypeOf<MFAMethodsResponse>().toExtend<Methods>();
  expectTypeOf<VerifyResponse>().toExtend<Verified>();
});

test('useMfa', () => {
  expectTypeOf<ReturnType<typeof useMfa>>().toExtend<Mfa>();
  expectTypeOf<Mfa['addDevice']>().returns.resolves.toExtend<{ id: string; secret: string; uri: string }>();
});

test('the hooks that give a function', () => {
  type Published = {
    isMfaRequiredForAction(parameters: { mfaAction: MFAAction }): Promise<boolean>;
    getMfaToken(parameters?: { mfaAction?: MFAAction }): Promise<string | undefined>;
    getUserMfaMethods(): Promise<Methods>;
    authenticatePasskeyMFA(parameters?: {
      createMfaToken?: CreateMfaToken;
      relatedOriginRpId?: string;
      requestedScopes?: TokenScope[];
    }): Promise<string | undefined>;
    getPasskeys(): Promise<UserPasskey[]>;
    deletePasskey(passkeyId: string): Promise<void>;
    promptMfaAuth(parameters?: {
      createMfaToken?: boolean;
      requestedScopes?: TokenScope[];
    }): Promise<string | undefined>;
  };
  type Ours = {
    isMfaRequiredForAction: ReturnType<typeof useIsMfaRequiredForAction>;
    getMfaToken: ReturnType<typeof useGetMfaToken>;
    getUserMfaMethods: ReturnType<typeof useGetUserMfaMethods>;
    authenticatePasskeyMFA: ReturnType<typeof useAuthenticatePasskeyMFA>;
    getPasskeys: ReturnType<typeof useGetPasskeys>;
    deletePasskey: ReturnType<typeof useDeletePasskey>;
    promptMfaAuth: ReturnType<typeof usePromptMfaAuth>;
  };
  expectTypeOf<Ours>().toExtend<Published>();
});

test('useStepUpAuthentication, useDynamicModals, useConnectWithOtp, useExternalAuth, useSyncMfaFlow', () => {
  type Setter = Dispatch<SetStateAction<boolean>>;
  expectTypeOf<ReturnType<typeof useStepUpAuthentication>>().toExtend<{
    isStepUpRequired(parameters: { scope: TokenScope }): Promise<boolean>;
    checkStepUpAuth(parameters: { scope: TokenScope }): Promise<Check>;
    promptStepUpAuth(parameters?: {
      createMfaToken?: boolean;
      requestedScopes?: TokenScope[];
    }): Promise<string | undefined>;
    sendOtp(parameters?: { credentialId?: string }): Promise<Otp | null>;
    submitCaptchaToken(token: string): Promise<Otp | null>;
    verifyOtp(parameters: { verificationToken: string; requestedScopes?: TokenScope[] }): Promise<Verified | null>;
    verifyTotpMfa(parameters: { code: string; deviceId?: string }): Promise<Verified | null>;
    verifyRecoveryCode(parameters: { code: string }): Promise<Verified | null>;
    resetState(): void;
    state: { captchaRequired: boolean; error: string | null; isLoading: boolean; otpVerification: Otp | null };
  }>();
  expectTypeOf<ReturnType<typeof useDynamicModals>>().toExtend<
    Record<'setShowMfaChooseType' | 'setShowMFAManage', Setter>
  >();
  expectTypeOf<ReturnType<typeof useConnectWithOtp>>().toExtend<{
    connectWithEmail(email: string): Promise<void>;
    verifyOneTimePassword(code: string): Promise<unknown>;
    retryOneTimePassword(): Promise<void>;
  }>();
  expectTypeOf<ReturnType<typeof useExternalAuth>>().toExtend<{
    signInWithExternalJwt(parameters: { externalUserId: string; externalJwt?: string }): Promise<unknown>;
    verifyWithExternalJwt(parameters: { externalJwt: string }): Promise<{ elevatedAccessToken: string | null }>;
  }>();
  expectTypeOf<typeof useSyncMfaFlow>().toBeCallableWith({ handler: async () => {} });
});

/** The plain client, each function with an optional client at its end. */
interface Plain {
  registerTotpMfaDevice(): Promise<{ id: string; type: 'totp'; secret: string; uri: string }>;
  authenticateTotpMfaDevice(parameters: {
    code: string;
    deviceId?: string;
    createMfaTokenOptions?: CreateMfaToken;
    requestedScopes?: TokenScope[];
  }): Promise<Verified>;
  authenticateMfaRecoveryCode(parameters: {
    code: string;
    createMfaTokenOptions?: CreateMfaToken;
    requestedScopes?: TokenScope[];
  }): Promise<Verified>;
  authenticatePasskeyMFA(parameters?: {
    createMfaToken?: CreateMfaToken;
    relatedOriginRpId?: string;
    requestedScopes?: TokenScope[];
  }): Promise<Verified>;
  getMfaDevices(): Promise<MFADevice[]>;
  getMfaMethods(): Promise<Methods>;
  setDefaultMfaDevice(parameters: { deviceId: string }): Promise<void>;
  deleteMfaDevice(parameters: { deviceId: string; mfaAuthToken?: string }): Promise<void>;
  getMfaRecoveryCodes(): Promise<Codes>;
  createNewMfaRecoveryCodes(): Promise<Codes>;
  isPendingRecoveryCodesAcknowledgment(): boolean;
  isUserMissingMfaAuth(): boolean;
  isMfaRequiredForAction(parameters: { mfaAction: MFAAction }): Promise<boolean>;
  consumeMfaToken(): string;
  sendEmailOTP(parameters: { email: string }): Promise<Otp>;
  verifyOTP(parameters: { otpVerification: Otp; verificationToken: string }): Promise<Verified>;
  signInWithExternalJwt(parameters: { externalJwt?: string }): Promise<Verified>;
  requestExternalAuthElevatedToken(parameters: {
    externalJwt: string;
  }): Promise<{ elevatedAccessToken: string | null }>;
  getPasskeys(): Promise<UserPasskey[]>;
  deletePasskey(parameters: { passkeyId: string }): Promise<void>;
  registerPasskey(parameters?: { createMfaToken?: CreateMfaToken }): Promise<Verified>;
  signInWithPasskey(parameters?: { relatedOriginRpId?: string }): Promise<Verified>;
  checkStepUpAuth(parameters: { scope: TokenScope }): Promise<Check>;
  getElevatedAccessToken(parameters: { scope: TokenScope; consume?: boolean }): string | undefined;
  logout(): Promise<void>;
}

test('the functions of the plain client', () => {
  expectTypeOf<Pick<typeof client, keyof Plain>>().toExtend<Plain>();
  expectTypeOf<Parameters<typeof client.getMfaDevices>>().toEqualTypeOf<[client?: client.MfaClient]>();
});

test('the shapes that travel go both ways', () => {
  bothWays<
    MFADevice,
    {
      id?: string;
      type?: MFADeviceType;
      verified?: boolean;
      createdAt?: string;
      verifiedAt?: string | null;
      default?: boolean;
      alias?: string;
    }
  >();
  bothWays<
    UserPasskey,
    {
      id: string;
      credentialId: string;
      createdAt: string;
      alias?: string;
      userAgent?: string;
      origin?: string;
      updatedAt?: string;
      storage?: { name: string; icon: string; updatedAt?: string };
    }
  >();
  bothWays<Awaited<ReturnType<typeof client.getMfaMethods>>, Methods>();
  bothWays<Awaited<ReturnType<typeof client.getMfaRecoveryCodes>>, Codes>();
  bothWays<client.OtpVerification, Otp>();
  bothWays<Awaited<ReturnType<typeof client.checkStepUpAuth>>, Check>();
  bothWays<MFADeviceType, 'totp' | 'passkey' | 'email'>();
  bothWays<MfaEnrollment, 'none' | 'signup' | 'action'>();
  bothWays<client.MfaBackupCodeAcknowledgement, 'pending' | 'complete'>();
});
