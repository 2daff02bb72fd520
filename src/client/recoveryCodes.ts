// Recovery codes: prove oneself with one, see the unsaved set, make a new one, say it is saved.
import type { RecoveryCodesResponse } from '../wire/devices.js';
import { authenticateRecoveryCode, createRecoveryCodes, getRecoveryCodes, updateUser } from '../wire/routes.js';
import type { UpdateSelfResponse } from '../wire/session.js';
import type { MfaClient } from './core.js';
import { keyOf } from './idempotency.js';
import { type ProofOptions, type ProofResponse, prove, sendAndAccept, type WithoutTokens } from './proof.js';
import { send } from './transport.js';

/**
 * Proves the person with one of their recovery codes, which is then spent. Case, spaces and dashes do not matter.
 *
 * @throws `mfa_invalid_code`, `mfa_rate_limited`, `mfa_factor_suspended`, `network_error`, `not_signed_in`.
 */
export const authenticateMfaRecoveryCode = async (
  options: ProofOptions & { code: string },
  client?: MfaClient,
): Promise<ProofResponse> => prove(client, authenticateRecoveryCode, { code: options.code }, options);

/**
 * The codes that are not saved yet: the same ones until {@link acknowledgeRecoveryCodes}. Afterwards none, and `count`
 * says how many are left.
 *
 * @throws `elevated_access_token_required` when the last proof is older than five minutes; `insufficient_scope`.
 */
export const getMfaRecoveryCodes = async (client?: MfaClient): Promise<RecoveryCodesResponse> =>
  send(client, getRecoveryCodes);

/**
 * Makes a new set. The old codes stay good until the new ones are acknowledged.
 *
 * @throws `elevated_access_token_required` when the last proof is older than five minutes; `insufficient_scope`.
 */
export const createNewMfaRecoveryCodes = async (client?: MfaClient): Promise<RecoveryCodesResponse> =>
  send(client, createRecoveryCodes);

/**
 * Says that the person saved their codes. The answer carries the MFA token that an enrolment had asked for.
 *
 * @throws `network_error`, `not_signed_in`.
 */
export const acknowledgeRecoveryCodes = async (client?: MfaClient): Promise<WithoutTokens<UpdateSelfResponse>> =>
  // Never with an MFA token: this request is what an enrolment's token is minted by.
  sendAndAccept(client, updateUser, {
    body: { mfaBackupCodeAcknowledgement: 'complete' },
    keyOf,
  });
