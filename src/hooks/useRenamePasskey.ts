'use client';

import { renamePasskeyMutationOptions } from '../queries/passkeyMutations.js';
import { useChange } from './useChange.js';

export type UseRenamePasskeyReturnType = ReturnType<typeof useRenamePasskey>;

/**
 * Gives a passkey another name, 64 characters at most; an empty one takes its name away. Needs a proof of the last five
 * minutes.
 *
 * Fails with `elevated_access_token_required` (prompt, then try again), `passkey_not_found`, `invalid_request`.
 *
 * @example
 * const { mutate: rename } = useRenamePasskey();
 * rename({ passkeyId, alias: 'Work laptop' });
 */
export const useRenamePasskey = () => useChange(renamePasskeyMutationOptions);
