'use client';

import type { Dispatch, SetStateAction } from 'react';
import { useCallback, useSyncExternalStore } from 'react';
import type { ProjectSettings } from '../wire/settings.js';
import { useMfaContext } from './MfaContext.js';
import { useLogOut } from './useLogOut.js';
import { type UserProfile, useUser } from './useUser.js';
import { warnInDevelopment } from './warnInDevelopment.js';

export interface UseDynamicContextReturnType {
  /** The person, once everything asked of them is passed; then until sign-out. */
  user: UserProfile | undefined;
  /** The person, while a second factor, unsaved recovery codes or missing fields are asked for. */
  userWithMissingInfo: UserProfile | undefined;
  /** Whether it is known if somebody is signed in. */
  sdkHasLoaded: boolean;
  /** Signs out: at once here, then on the server. Does not reject. */
  handleLogOut: () => Promise<void>;
  /** Whether a modal is up. */
  showAuthFlow: boolean;
  /** Opens what the session waits for, or closes what is up. */
  setShowAuthFlow: Dispatch<SetStateAction<boolean>>;
  /** Wallets are not this kit's business; always null. */
  primaryWallet: null;
  /** The environment's settings once they were read; `useMfaSettings` reads them. */
  projectSettings: ProjectSettings | undefined;
}

/**
 * The signed-in person and the state of the interface, under the published names.
 *
 * @example
 * const { user, sdkHasLoaded, handleLogOut } = useDynamicContext();
 * if (!sdkHasLoaded) return null;
 * return user ? <button onClick={handleLogOut}>Sign out {user.email}</button> : <SignIn />;
 */
export const useDynamicContext = (): UseDynamicContextReturnType => {
  const { client, controller } = useMfaContext();
  const { status, user, userWithMissingInfo } = useUser();
  const handleLogOut = useLogOut();
  const isUp = () => controller.getSnapshot().request !== null;
  const showAuthFlow = useSyncExternalStore(controller.subscribe, isUp, () => false);
  const setShowAuthFlow = useCallback<Dispatch<SetStateAction<boolean>>>(
    (value) => {
      const isUpNow = controller.getSnapshot().request !== null;
      const isWanted = typeof value === 'function' ? value(isUpNow) : value;
      if (isWanted === isUpNow) return;
      if (!isWanted) return controller.close('setter');
      const { status: current } = client.session.getSnapshot();
      if (current === 'signedOut' || current === 'loading') {
        return warnInDevelopment('setShowAuthFlow(true) opens nothing while nobody is signed in: sign in first.');
      }
      controller.prompt({ purpose: 'session' }).catch(() => undefined);
    },
    [client, controller],
  );
  return {
    user,
    userWithMissingInfo,
    sdkHasLoaded: status !== 'loading',
    handleLogOut,
    showAuthFlow,
    setShowAuthFlow,
    primaryWallet: null,
    projectSettings: client.projectSettings ?? undefined,
  };
};
