'use client';

import { authenticatePasskeyMutationOptions } from '../queries/passkeyMutations.js';
import { useChange } from './useChange.js';

export type UseAuthenticatePasskeyReturnType = ReturnType<typeof useAuthenticatePasskey>;

/**
 * Proves the person with one of their passkeys. Start the ceremony in the click and give its promise along: Safari wants
 * the browser's sheet opened by the click itself. Leaving the screen ends it.
 *
 * Fails with `passkey_cancelled` (closed or timed out), `passkey_no_credentials`, `passkey_not_supported`,
 * `insecure_context`, `passkey_in_frame`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
 * `passkey_challenge_expired`, `passkey_unknown_error`, `passkey_not_found`, `passkey_clone_suspected`,
 * `passkey_invalid`, `network_error`.
 *
 * @example
 * const { data: prepared } = usePasskeyAuthentication();
 * const { mutateAsync: authenticate } = useAuthenticatePasskey();
 * const onClick = async () => {
 *   if (prepared) await authenticate({ credential: prepared.start(), createMfaToken: { singleUse: true } });
 * };
 */
export const useAuthenticatePasskey = () => useChange(authenticatePasskeyMutationOptions);
