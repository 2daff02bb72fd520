// Authenticator apps: begin, confirm, prove, list, choose the default, remove.
import type { MFADevice, MfaMethodsResponse, TotpRegistration } from '../wire/devices.js';
import {
  authenticateTotp,
  beginTotp,
  confirmTotp,
  deleteDevice,
  listDevices,
  listMethods,
  setDefaultDevice,
} from '../wire/routes.js';
import { CORE, coreOf, type MfaClient } from './core.js';
import { tokensToLink, tokensToUnlink } from './factorTokens.js';
import { keyOf } from './idempotency.js';
import { type ProofOptions, type ProofResponse, prove } from './proof.js';
import { routeTo } from './request.js';
import { send } from './transport.js';

/** Options of {@link registerTotpMfaDevice}. */
export interface RegisterTotpOptions {
  /** Prepares a new app beside the one in use; its first good code retires the old one. Default false. */
  replace?: boolean;
}

/** Options of {@link authenticateTotpMfaDevice}. */
export interface AuthenticateTotpOptions extends ProofOptions {
  /** Six digits from the app. */
  code: string;
  /** The pending device at first set-up; left out, the server takes the one in use. */
  deviceId?: string;
}

const isClient = (value: unknown): value is MfaClient => CORE in Object(value);

/**
 * Begins the enrolment of an authenticator app, or resumes one already begun: asking again gives the same secret until
 * it is confirmed, cancelled or expires. Registering does not authenticate; the first good code does both.
 *
 * @throws `mfa_totp_already_enrolled` when there is one already and `replace` was not asked for;
 * `elevated_access_token_required` when a fresh proof is needed first; `mfa_method_disabled`; `not_signed_in`.
 */
export async function registerTotpMfaDevice(client?: MfaClient): Promise<TotpRegistration>;
export async function registerTotpMfaDevice(
  options: RegisterTotpOptions | undefined,
  client?: MfaClient,
): Promise<TotpRegistration>;
export async function registerTotpMfaDevice(
  options?: RegisterTotpOptions | MfaClient,
  client?: MfaClient,
): Promise<TotpRegistration> {
  // The published function takes the client alone.
  const [{ replace }, target] = isClient(options) ? [{} as RegisterTotpOptions, options] : [options ?? {}, client];
  return send(target, beginTotp, {
    query: replace ? '?replace=true' : '',
    tokens: () => tokensToLink(coreOf(target)),
  });
}

/**
 * Proves the person with a code of their authenticator app. At first set-up this also confirms the app. A lost answer
 * is asked for again under the same key, so a code is never spent for nothing.
 *
 * @throws `mfa_invalid_code` ({@link MfaInvalidOtpError}), `mfa_rate_limited` ({@link MfaRateLimitedError}),
 * `mfa_factor_suspended`, `network_error`, `not_signed_in`.
 */
export const authenticateTotpMfaDevice = async (
  options: AuthenticateTotpOptions,
  client?: MfaClient,
): Promise<ProofResponse> =>
  prove(client, authenticateTotp, { id: options.deviceId, code: options.code }, options, options.deviceId);

/**
 * Confirms a pending authenticator app without moving the session on. Older road;
 * {@link authenticateTotpMfaDevice} does both at once.
 *
 * @throws as {@link authenticateTotpMfaDevice}.
 */
export const confirmTotpMfaDevice = async ({ code }: { code: string }, client?: MfaClient): Promise<MFADevice> =>
  send(client, confirmTotp, { body: { type: 'totp', code }, keyOf });

/** The enrolled authenticator apps. */
export const getMfaDevices = async (client?: MfaClient): Promise<MFADevice[]> =>
  (await send(client, listDevices)).devices;

/** What this person can prove themselves with: verified apps, passkeys, codes left, and which are locked until when. */
export const getMfaMethods = async (client?: MfaClient): Promise<MfaMethodsResponse> =>
  send(client, listMethods, { query: '?verifiedOnly=true' });

/** Makes a device the one asked for first. @throws `mfa_device_not_found`. */
export const setDefaultMfaDevice = async ({ deviceId }: { deviceId: string }, client?: MfaClient): Promise<void> =>
  send(client, routeTo(setDefaultDevice, deviceId));

/**
 * Removes a device, or cancels a pending one. Needs a proof of the last five minutes, or a token: the MFA token
 * given, else a stored elevated access token of `credential:unlink`, else a stored MFA token. What is good for one use is
 * taken out of the store.
 *
 * @throws `elevated_access_token_required` when a fresh proof is needed; `mfa_last_factor_required`;
 * `mfa_device_not_found`.
 */
export const deleteMfaDevice = async (
  { deviceId, mfaAuthToken }: { deviceId: string; mfaAuthToken?: string },
  client?: MfaClient,
): Promise<void> => {
  const core = coreOf(client);
  return send(client, routeTo(deleteDevice, deviceId), { tokens: () => tokensToUnlink(core, mfaAuthToken) });
};
