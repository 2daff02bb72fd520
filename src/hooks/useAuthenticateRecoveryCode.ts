'use client';

import { authenticateRecoveryCodeMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseAuthenticateRecoveryCodeReturnType = ReturnType<typeof useAuthenticateRecoveryCode>;

/**
 * Proves the person with one of their recovery codes, which is then spent. Case, spaces and dashes do not matter.
 *
 * Fails with `mfa_invalid_code`, `mfa_rate_limited`, `mfa_factor_suspended`, `network_error`.
 *
 * @example
 * const { mutateAsync: authenticate } = useAuthenticateRecoveryCode();
 * const { recoveryCodesLeft } = await authenticate({ code: typed });
 */
export const useAuthenticateRecoveryCode = () => useChange(authenticateRecoveryCodeMutationOptions);
