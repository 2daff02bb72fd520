'use client';

import { useCallback } from 'react';
import { logout } from '../client/user.js';
import { useMfaContext } from './MfaContext.js';

/**
 * Signs out: at once on this side, then on the server. Does not reject when the server cannot be reached. Whatever
 * waits for a proof rejects with `MfaCancelledError`, reason `loggedOut`.
 *
 * @example
 * const logOut = useLogOut();
 * return <button onClick={() => void logOut()}>Sign out</button>;
 */
export const useLogOut = (): (() => Promise<void>) => {
  const { client } = useMfaContext();
  return useCallback(() => logout(client), [client]);
};
