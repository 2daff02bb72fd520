/**
 * One exported constant per route, so that a bundle carries only the routes it calls. Paths are relative to
 * `/sdk/{environmentId}`; `:id` marks a parameter.
 */
import type { CreateMfaToken, TokenBinding } from './actions.js';
import {
  type DeviceListResponse,
  type MFADevice,
  type MfaMethodsResponse,
  parseDeviceList,
  parseMethods,
  parseMfaDevice,
  parseRecoveryCodes,
  parseTotpRegistration,
  type RecoveryCodesResponse,
  type TotpRegistration,
} from './devices.js';
import { nothing } from './parse.js';
import type { Route } from './Route.js';
import type { TokenScope } from './scopes.js';
import {
  type MfaBackupCodeAcknowledgement,
  type OtpVerification,
  parseOtpVerification,
  parseUser,
  parseVerifyResponse,
  type SdkUser,
  type UpdateSelfResponse,
  type VerifyResponse,
} from './session.js';
import { type ProjectSettings, parseSettings } from './settings.js';
import {
  type ExternalVerifyResponse,
  parseExternalVerify,
  parseStepUpCheck,
  parseWaitingActions,
  type StepUpCheckRequest,
  type StepUpCheckResponse,
  type WaitingActionsResponse,
} from './stepUp.js';

export type { HttpMethod, Route } from './Route.js';

// Settings and session
export const getSettings: Route<void, ProjectSettings> = { method: 'GET', path: '/settings', parse: parseSettings };
export const getUser: Route<void, SdkUser> = { method: 'GET', path: '/users', parse: parseUser };
export const updateUser: Route<UpdateUserRequest, UpdateSelfResponse> = {
  method: 'PUT',
  path: '/users',
  parse: parseVerifyResponse,
};
export const deleteUser: Route<void, void> = { method: 'DELETE', path: '/users', parse: nothing };
export const refreshSession: Route<void, VerifyResponse> = {
  method: 'POST',
  path: '/refresh',
  parse: parseVerifyResponse,
};
export const revokeSession: Route<void, void> = { method: 'POST', path: '/revoke', parse: nothing };

// First factor
export const createEmailVerification: Route<{ email: string }, OtpVerification> = {
  method: 'POST',
  path: '/emailVerifications/create',
  parse: parseOtpVerification,
};
export const retryEmailVerification: Route<{ verificationUUID: string; email: string }, OtpVerification> = {
  method: 'POST',
  path: '/emailVerifications/retry',
  parse: parseOtpVerification,
};
export const signInWithEmail: Route<EmailSignInRequest, VerifyResponse> = {
  method: 'POST',
  path: '/emailVerifications/signin',
  parse: parseVerifyResponse,
};
export const signInWithExternalJwt: Route<{ jwt?: string }, VerifyResponse> = {
  method: 'POST',
  path: '/externalAuth/signin',
  parse: parseVerifyResponse,
};

// The first factor again, in a session that goes on
export const verifyEmail: Route<EmailVerifyRequest, UpdateSelfResponse> = {
  method: 'POST',
  path: '/emailVerifications/verify',
  parse: parseVerifyResponse,
};
export const verifyExternal: Route<{ jwt: string; requestedScopes?: TokenScope[] }, ExternalVerifyResponse> = {
  method: 'POST',
  path: '/externalAuth/verify',
  parse: parseExternalVerify,
};

// Step-up
export const stepUpCheck: Route<StepUpCheckRequest, StepUpCheckResponse> = {
  method: 'POST',
  path: '/stepUp/check',
  parse: parseStepUpCheck,
};
export const listWaitingActions: Route<void, WaitingActionsResponse> = {
  method: 'GET',
  path: '/users/mfa/waiting',
  parse: parseWaitingActions,
};

// Devices
export const listDevices: Route<void, DeviceListResponse> = {
  method: 'GET',
  path: '/users/mfa',
  parse: parseDeviceList,
};
export const listMethods: Route<void, MfaMethodsResponse> = {
  method: 'GET',
  path: '/users/mfa/methods',
  parse: parseMethods,
};
export const getDevice: Route<void, MFADevice> = { method: 'GET', path: '/users/mfa/:id', parse: parseMfaDevice };
export const setDefaultDevice: Route<{ default?: boolean } | void, void> = {
  method: 'PUT',
  path: '/users/mfa/:id',
  parse: nothing,
};
export const deleteDevice: Route<void, void> = { method: 'DELETE', path: '/users/mfa/:id', parse: nothing };
export const beginTotp: Route<void, TotpRegistration> = {
  method: 'GET',
  path: '/users/mfa/register/totp',
  parse: parseTotpRegistration,
};
export const confirmTotp: Route<{ type: 'totp'; code: string }, MFADevice> = {
  method: 'POST',
  path: '/users/mfa/register/totp',
  parse: parseMfaDevice,
};
export const authenticateTotp: Route<AuthenticateTotpRequest, VerifyResponse> = {
  method: 'POST',
  path: '/users/mfa/auth/totp',
  parse: parseVerifyResponse,
};

// Recovery codes
export const authenticateRecoveryCode: Route<AuthenticateRequest, VerifyResponse> = {
  method: 'POST',
  path: '/users/mfa/auth/recovery',
  parse: parseVerifyResponse,
};
export const getRecoveryCodes: Route<void, RecoveryCodesResponse> = {
  method: 'GET',
  path: '/users/mfa/recovery',
  parse: parseRecoveryCodes,
};
export const createRecoveryCodes: Route<void, RecoveryCodesResponse> = {
  method: 'POST',
  path: '/users/mfa/recovery',
  parse: parseRecoveryCodes,
};

export interface AuthenticateRequest extends TokenBinding {
  code: string;
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
}

export interface AuthenticateTotpRequest extends AuthenticateRequest {
  /** The device, where it is known: at first set-up, the pending one. Without it the server takes the verified one. */
  id?: string;
}

export interface UpdateUserRequest {
  mfaBackupCodeAcknowledgement?: MfaBackupCodeAcknowledgement;
  firstName?: string;
  lastName?: string;
  alias?: string;
}

export interface EmailVerifyRequest {
  verificationUUID: string;
  verificationToken: string;
  requestedScopes?: TokenScope[];
}

export interface EmailSignInRequest extends EmailVerifyRequest {
  /** Asks for `credential:link` where the user has no factor yet and none is demanded. */
  allowNewMFALinking?: boolean;
}
