'use client';

import { useMemo } from 'react';
import type { PasskeyAssertion } from '../client/PreparedPasskey.js';
import { authenticatePasskeyMFA } from '../client/passkeyProofs.js';
import { withSignal } from '../client/withSignal.js';
import type { CreateMfaToken } from '../wire/actions.js';
import type { TokenScope } from '../wire/scopes.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';
import { toCreateMfaToken } from './toCreateMfaToken.js';
import { useStay } from './useStay.js';

export interface AuthenticatePasskeyMFAParameters {
  /** Asks for an MFA token: `true` or `{ singleUse: true }` for one use, `{ singleUse: false }` for up to an hour. */
  createMfaToken?: boolean | CreateMfaToken;
  /** The RP ID of the site the passkeys belong to, as the server's `passkeys.relatedRpIds` allows it. */
  relatedOriginRpId?: string;
  requestedScopes?: TokenScope[];
  /** Binds the token to this action. */
  mfaAction?: string;
  /** What `start()` of {@link usePasskeyAuthentication} gave; without it a ceremony is prepared and begun now. */
  credential?: Promise<PasskeyAssertion>;
}

export type AuthenticatePasskeyMFA = (parameters?: AuthenticatePasskeyMFAParameters) => Promise<string | undefined>;

/**
 * Proves the person with one of their passkeys, and resolves with the MFA token if one was asked for. Several calls at
 * once are one ceremony. Leaving the screen ends it. For a button that also works in Safari see
 * {@link useAuthenticatePasskey}.
 *
 * Rejects with `passkey_cancelled`, `passkey_no_credentials`, `passkey_not_supported`, `insecure_context`,
 * `passkey_in_frame`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
 * `passkey_challenge_expired`, `passkey_unknown_error`, `passkey_not_found`, `passkey_clone_suspected`,
 * `passkey_invalid`, `network_error`, `not_signed_in`.
 *
 * @example
 * const authenticatePasskeyMFA = useAuthenticatePasskeyMFA();
 * const token = await authenticatePasskeyMFA({ createMfaToken: { singleUse: true } });
 */
export const useAuthenticatePasskeyMFA = (): SelfNamed<'authenticatePasskeyMFA', AuthenticatePasskeyMFA> => {
  const { client } = useMfaContext();
  const signal = useStay();
  return useMemo(() => {
    const authenticate: AuthenticatePasskeyMFA = async ({
      createMfaToken,
      relatedOriginRpId,
      requestedScopes,
      mfaAction,
      credential,
    } = {}) => {
      const options = { relatedOriginRpId, requestedScopes, mfaAction, credential };
      const answer = await authenticatePasskeyMFA(
        { ...options, createMfaToken: toCreateMfaToken(createMfaToken) },
        withSignal(client, signal()),
      );
      return answer.mfaToken;
    };
    return selfNamed('authenticatePasskeyMFA', authenticate);
  }, [client, signal]);
};
