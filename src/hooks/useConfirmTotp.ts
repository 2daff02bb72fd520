'use client';

import { confirmTotpMutationOptions } from '../queries/mutations.js';
import { useChange } from './useChange.js';

export type UseConfirmTotpReturnType = ReturnType<typeof useConfirmTotp>;

/**
 * Confirms a pending authenticator app without moving the session on. Older road: `useAuthenticateTotp` with `deviceId`
 * does both at once.
 *
 * Fails as `useAuthenticateTotp` does.
 *
 * @example
 * const { mutate: confirm } = useConfirmTotp();
 * confirm({ code: '123456' });
 */
export const useConfirmTotp = () => useChange(confirmTotpMutationOptions);
