'use client';

import { addPasskeyMutationOptions } from '../queries/passkeyMutations.js';
import { useChange } from './useChange.js';

export type UseAddPasskeyReturnType = ReturnType<typeof useAddPasskey>;

/**
 * Makes a passkey and proves the person with it. Start the ceremony in the click and give its promise along: Safari wants
 * the browser's sheet opened by the click itself. Leaving the screen ends it.
 *
 * Fails with `passkey_cancelled` (closed or timed out), `passkey_already_registered`, `passkey_not_supported`,
 * `insecure_context`, `passkey_in_frame`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
 * `passkey_challenge_expired`, `passkey_unknown_error`, `elevated_access_token_required` (prompt, then try again),
 * `max_passkeys_per_user`, `passkey_invalid`, `network_error`.
 *
 * @example
 * const { data: prepared } = usePasskeyRegistration();
 * const { mutate: add, error } = useAddPasskey();
 * return (
 *   <button disabled={!prepared} onClick={() => prepared && add({ credential: prepared.start() })}>
 *     Add a passkey
 *   </button>
 * );
 */
export const useAddPasskey = () => useChange(addPasskeyMutationOptions);
