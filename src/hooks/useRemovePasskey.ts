'use client';

import { removePasskeyMutationOptions } from '../queries/passkeyMutations.js';
import { useChange } from './useChange.js';

export type UseRemovePasskeyReturnType = ReturnType<typeof useRemovePasskey>;

/**
 * Removes a passkey. Needs a proof of the last five minutes, or an MFA token.
 *
 * Fails with `elevated_access_token_required` (prompt, then try again), `mfa_last_factor_required`, `passkey_not_found`.
 *
 * @example
 * const { mutate: remove } = useRemovePasskey();
 * remove({ passkeyId });
 */
export const useRemovePasskey = () => useChange(removePasskeyMutationOptions);
