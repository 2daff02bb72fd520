'use client';

import { acknowledgeRecoveryCodesMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseAcknowledgeRecoveryCodesReturnType = ReturnType<typeof useAcknowledgeRecoveryCodes>;

/**
 * Says that the person saved their codes; they are not shown again. Gives the MFA token an enrolment had asked for.
 *
 * Fails with `network_error`, `not_signed_in`.
 *
 * @example
 * const { mutate: acknowledge } = useAcknowledgeRecoveryCodes();
 * acknowledge();
 */
export const useAcknowledgeRecoveryCodes = () => useChange(acknowledgeRecoveryCodesMutationOptions);
