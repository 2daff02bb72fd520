'use client';

import { useCallback } from 'react';
import { refreshUser } from '../client/user.js';
import type { SdkUser } from '../wire/session.js';
import { useMfaContext } from './MfaContext.js';

/**
 * Reads the user again, for when something changed on the server.
 *
 * Rejects with `network_error`, `not_signed_in`, `session_ended`, `session_expired`.
 *
 * @example
 * const refresh = useRefreshUser();
 * await refresh();
 */
export const useRefreshUser = (): (() => Promise<SdkUser>) => {
  const { client } = useMfaContext();
  return useCallback(() => refreshUser(client), [client]);
};
