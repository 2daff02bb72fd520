'use client';

import { authenticateTotpMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseAuthenticateTotpReturnType = ReturnType<typeof useAuthenticateTotp>;

/**
 * Proves the person with six digits from their authenticator app; at first set-up, with `deviceId`, this also confirms
 * the app. The same code submitted twice at once is sent once.
 *
 * Fails with `mfa_invalid_code` (`attemptsLeft`), `mfa_rate_limited` (`retryAfter`), `mfa_factor_suspended`,
 * `network_error`.
 *
 * @example
 * const { mutateAsync: authenticate, error } = useAuthenticateTotp();
 * const { mfaToken } = await authenticate({ code: '123456', createMfaToken: { singleUse: true } });
 */
export const useAuthenticateTotp = () => useChange(authenticateTotpMutationOptions);
