'use client';

import { useEffect, useRef } from 'react';
import { logout } from '../client/user.js';
import {
  type AuthFailureReason,
  type AuthMethod,
  failSignIn,
  listenToFlow,
  type MfaFlowEventName,
  type MfaFlowEvents,
} from './flowEvents.js';
import { useMfaContext } from './MfaContext.js';
import { useLogOut } from './useLogOut.js';
import { type UserProfile, viewOf } from './useUser.js';
import { watchPerson } from './watchPerson.js';

/** What `onAuthSuccess` is told. */
export interface AuthSuccess {
  handleLogOut: () => Promise<void>;
  isAuthenticated: true;
  /** Wallets are not this kit's business; always null. */
  primaryWallet: null;
  user: UserProfile;
}

/** The published callbacks. Each is called once for what happened. */
export interface AuthCallbacks {
  /** Somebody signed in, and nothing is asked of them any more. Not on a page load that finds them signed in. */
  onAuthSuccess?: (success: AuthSuccess) => void;
  onAuthFailure?: (method: AuthMethod | undefined, reason: AuthFailureReason) => void;
  onAuthInit?: (method: AuthMethod) => void;
  onAuthFlowOpen?: () => void;
  onAuthFlowClose?: () => void;
  onAuthFlowCancel?: () => void;
  /** The person who was signed in. */
  onLogout?: (user: UserProfile | undefined) => void;
  onOtpVerificationResult?: (isSuccess: boolean, destination: 'email') => void;
  onUserProfileUpdate?: (user: UserProfile) => void;
}

/** The published handlers. */
export interface AuthHandlers {
  /**
   * Awaited before somebody who signs in is shown as `user`, and before `onAuthSuccess`. When it rejects they are signed out
   * again, and `onAuthFailure` is told why.
   */
  handleAuthenticatedUser?: (parameters: { user: UserProfile }) => Promise<void>;
}

const calls: {
  readonly [TName in MfaFlowEventName]?: (
    callbacks: AuthCallbacks,
    payload: MfaFlowEvents[TName],
    reason: AuthFailureReason | undefined,
  ) => void;
} = {
  authInit: (callbacks, method) => callbacks.onAuthInit?.(method),
  authFailure: (callbacks, method, reason) => reason && callbacks.onAuthFailure?.(method, reason),
  emailVerificationResult: (callbacks, isSuccess) => callbacks.onOtpVerificationResult?.(isSuccess, 'email'),
  authFlowOpen: (callbacks) => callbacks.onAuthFlowOpen?.(),
  authFlowClose: (callbacks) => callbacks.onAuthFlowClose?.(),
  authFlowCancelled: (callbacks) => callbacks.onAuthFlowCancel?.(),
};

/** @internal Calls the published callbacks and handlers of the provider this is rendered in. */
export const useAuthCallbacks = (
  callbacks: AuthCallbacks = {},
  { handleAuthenticatedUser }: AuthHandlers = {},
): void => {
  const { client, controller } = useMfaContext();
  const handleLogOut = useLogOut();
  const latest = useRef({ callbacks, handleAuthenticatedUser });
  useEffect(() => {
    latest.current = { callbacks, handleAuthenticatedUser };
  });
  const hasHandler = handleAuthenticatedUser !== undefined;
  useEffect(() => (hasHandler ? viewOf(client).guard() : undefined), [client, hasHandler]);
  useEffect(() => {
    const view = viewOf(client);
    const personOf = () => view.read().user ?? view.read().userWithMissingInfo;
    let last = personOf();
    const admit = async (user: UserProfile): Promise<void> => {
      try {
        await latest.current.handleAuthenticatedUser?.({ user });
        view.admit(user.userId);
      } catch (error) {
        failSignIn(client, { error });
        await logout(client);
      }
    };
    const stops = [
      view.subscribe(() => {
        last = personOf() ?? last;
      }),
      watchPerson(client, {
        onShown: (user) => {
          latest.current.callbacks.onAuthSuccess?.({ handleLogOut, isAuthenticated: true, primaryWallet: null, user });
        },
        onReady: (user) => void admit(user),
        onChanged: (user) => latest.current.callbacks.onUserProfileUpdate?.(user),
      }),
      listenToFlow(client, controller, (name, payload, reason) => {
        if (name === 'logout') latest.current.callbacks.onLogout?.(last);
        else calls[name]?.(latest.current.callbacks, payload, reason);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, controller, handleLogOut]);
};
