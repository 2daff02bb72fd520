'use client';

import { useUser } from './useUser.js';

/**
 * Whether somebody is signed in with everything asked of them passed: false while a second factor is missing or
 * recovery codes are not saved.
 *
 * @example
 * return useIsLoggedIn() ? <Account /> : <SignIn />;
 */
export const useIsLoggedIn = (): boolean => useUser().user !== undefined;
