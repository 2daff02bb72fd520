'use client';

import { useMemo } from 'react';
import type { PasskeyAttestation } from '../client/PreparedPasskey.js';
import { registerPasskeyAndTell } from '../client/passkeyProofs.js';
import type { WithoutTokens } from '../client/proof.js';
import { withSignal } from '../client/withSignal.js';
import type { CreateMfaToken } from '../wire/actions.js';
import type { RegisterPasskeyResponse } from '../wire/passkeys.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';
import { toCreateMfaToken } from './toCreateMfaToken.js';
import { useStay } from './useStay.js';

export interface RegisterPasskeyParameters {
  /** Asks for an MFA token: `true` or `{ singleUse: true }` for one use, `{ singleUse: false }` for up to an hour. */
  createMfaToken?: boolean | CreateMfaToken;
  /** Binds the token to this action. */
  mfaAction?: string;
  /** What `start()` of {@link usePasskeyRegistration} gave; without it a ceremony is prepared and begun now. */
  credential?: Promise<PasskeyAttestation>;
}

export type RegisterPasskey = (
  parameters?: RegisterPasskeyParameters,
) => Promise<WithoutTokens<RegisterPasskeyResponse>>;

/**
 * Makes a passkey and proves the person with it; at first set-up this also moves the session on. Several calls at once
 * are one ceremony. Leaving the screen ends it. For a button that also works in Safari see {@link useAddPasskey}.
 *
 * Rejects with `passkey_cancelled`, `passkey_already_registered`, `passkey_not_supported`, `insecure_context`,
 * `passkey_in_frame`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
 * `passkey_challenge_expired`, `passkey_unknown_error`, `elevated_access_token_required`, `max_passkeys_per_user`,
 * `passkey_invalid`, `network_error`, `not_signed_in`.
 *
 * @example
 * const registerPasskey = useRegisterPasskey();
 * await registerPasskey();
 */
export const useRegisterPasskey = (): SelfNamed<'registerPasskey', RegisterPasskey> => {
  const { client } = useMfaContext();
  const signal = useStay();
  return useMemo(() => {
    const registerPasskey: RegisterPasskey = ({ createMfaToken, mfaAction, credential } = {}) =>
      registerPasskeyAndTell(
        { createMfaToken: toCreateMfaToken(createMfaToken), mfaAction, credential },
        withSignal(client, signal()),
      );
    return selfNamed('registerPasskey', registerPasskey);
  }, [client, signal]);
};
