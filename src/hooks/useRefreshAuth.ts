'use client';

import { useCallback } from 'react';
import { refreshAuth } from '../client/user.js';
import type { SdkUser } from '../wire/session.js';
import { useMfaContext } from './MfaContext.js';

/**
 * Renews the session token and the user. Requests do so by themselves when the token is about to end.
 *
 * Rejects with `network_error`, `not_signed_in`, `session_ended`, `session_expired`.
 *
 * @example
 * const refreshAuth = useRefreshAuth();
 * await refreshAuth();
 */
export const useRefreshAuth = (): (() => Promise<SdkUser>) => {
  const { client } = useMfaContext();
  return useCallback(async () => (await refreshAuth(client)).user, [client]);
};
