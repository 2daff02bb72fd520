'use client';

import { useMemo } from 'react';
import type { PasskeyAssertion } from '../client/PreparedPasskey.js';
import { signInWithPasskey } from '../client/passkeyProofs.js';
import type { RelatedOriginOptions } from '../client/preparedPasskeys.js';
import type { ProofResponse } from '../client/proof.js';
import { withSignal } from '../client/withSignal.js';
import { signInBy } from './flowEvents.js';
import { useMfaContext } from './MfaContext.js';
import { type SelfNamed, selfNamed } from './selfNamed.js';
import { useStay } from './useStay.js';

export interface UseSignInWithPasskeyParameters extends RelatedOriginOptions {}

export interface SignInWithPasskeyParameters {
  /** What `start()` of {@link usePasskeySignIn} gave; without it a ceremony is prepared and begun now. */
  credential?: Promise<PasskeyAssertion>;
}

export type SignInWithPasskey = (parameters?: SignInWithPasskeyParameters) => Promise<ProofResponse>;

/**
 * Signs in with a passkey, which names its owner by itself. Several calls at once are one ceremony. Leaving the screen
 * ends it. For a button that also works in Safari see {@link usePasskeySignIn}.
 *
 * Rejects with `passkey_cancelled`, `passkey_not_supported`, `insecure_context`, `passkey_in_frame`,
 * `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`, `passkey_challenge_expired`,
 * `passkey_unknown_error`, `passkey_not_found`, `passkey_clone_suspected`, `passkey_invalid`, `mfa_method_disabled`,
 * `network_error`.
 *
 * @example
 * const signInWithPasskey = useSignInWithPasskey();
 * const { user } = await signInWithPasskey();
 */
export const useSignInWithPasskey = ({
  relatedOriginRpId,
}: UseSignInWithPasskeyParameters = {}): SelfNamed<'signInWithPasskey', SignInWithPasskey> => {
  const { client } = useMfaContext();
  const signal = useStay();
  return useMemo(() => {
    const signIn: SignInWithPasskey = ({ credential } = {}) =>
      signInBy(client, { type: 'passkey', option: 'passkey' }, () =>
        signInWithPasskey({ relatedOriginRpId, credential }, withSignal(client, signal())),
      );
    return selfNamed('signInWithPasskey', signIn);
  }, [client, relatedOriginRpId, signal]);
};
