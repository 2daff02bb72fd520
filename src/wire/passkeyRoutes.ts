/**
 * The routes of passkeys, in a module that `routes.ts` knows nothing of: bundlers keep a module in one piece, and the start
 * of an application must not carry what only a passkey screen calls.
 */
import { nothing } from './parse.js';
import {
  type AuthenticatePasskeyRequest,
  type PasskeyAuthenticationOptions,
  type PasskeyListResponse,
  type PasskeyRegistrationOptions,
  parseAuthenticationOptions,
  parsePasskey,
  parsePasskeyList,
  parseRegisterPasskeyResponse,
  parseRegistrationOptions,
  type RegisterPasskeyRequest,
  type RegisterPasskeyResponse,
  type RenamePasskeyRequest,
  type UserPasskey,
} from './passkeys.js';
import type { Route } from './Route.js';
import { parseVerifyResponse, type VerifyResponse } from './session.js';

export const listPasskeys: Route<void, PasskeyListResponse> = {
  method: 'GET',
  path: '/users/passkeys',
  parse: parsePasskeyList,
};
export const renamePasskey: Route<RenamePasskeyRequest, UserPasskey> = {
  method: 'PUT',
  path: '/users/passkeys',
  parse: parsePasskey,
};
export const deletePasskey: Route<{ passkeyId: string }, void> = {
  method: 'DELETE',
  path: '/users/passkeys',
  parse: nothing,
};
export const beginPasskeyRegistration: Route<void, PasskeyRegistrationOptions> = {
  method: 'GET',
  path: '/users/passkeys/register',
  parse: parseRegistrationOptions,
};
export const registerPasskey: Route<RegisterPasskeyRequest, RegisterPasskeyResponse> = {
  method: 'POST',
  path: '/users/passkeys/register',
  parse: parseRegisterPasskeyResponse,
};
export const beginPasskeyAuthentication: Route<void, PasskeyAuthenticationOptions> = {
  method: 'GET',
  path: '/users/passkeys/authenticate',
  parse: parseAuthenticationOptions,
};
export const authenticatePasskey: Route<AuthenticatePasskeyRequest, VerifyResponse> = {
  method: 'POST',
  path: '/users/mfa/auth/passkey',
  parse: parseVerifyResponse,
};
export const beginPasskeySignIn: Route<void, PasskeyAuthenticationOptions> = {
  method: 'GET',
  path: '/users/passkeys/signin',
  parse: parseAuthenticationOptions,
};
export const signInWithPasskey: Route<AuthenticatePasskeyRequest, VerifyResponse> = {
  method: 'POST',
  path: '/users/passkeys/signin',
  parse: parseVerifyResponse,
};
