'use client';

import { useSyncExternalStore } from 'react';
import type { MfaClient } from '../client/core.js';
import type { SessionStatus } from '../client/session.js';
import type { SdkUser } from '../wire/session.js';
import { useMfaContext } from './MfaContext.js';

/** The signed-in person under the published names: `userId` is `id`, `environmentId` is `projectEnvironmentId`. */
export interface UserProfile extends Omit<SdkUser, 'mfaBackupCodeAcknowledgement'> {
  userId: string;
  environmentId: string;
  sessionId: string;
  mfaBackupCodeAcknowledgement?: 'pending' | 'complete';
}

export interface UserView {
  status: SessionStatus;
  /** Only once nothing is asked for any more, and from then on until sign-out. */
  user: UserProfile | undefined;
  /** While something is asked for. */
  userWithMissingInfo: UserProfile | undefined;
}

const profileOf = (user: SdkUser): UserProfile => ({
  ...(Object.fromEntries(Object.entries(user).filter(([, value]) => value !== null)) as unknown as SdkUser),
  mfaBackupCodeAcknowledgement: user.mfaBackupCodeAcknowledgement ?? undefined,
  userId: user.id,
  environmentId: user.projectEnvironmentId,
  sessionId: user.sessionId ?? '',
});

/**
 * What is shown of the user, kept per client so that every hook sees the same. Once shown, a user stays shown until
 * sign-out: new recovery codes in the settings must not throw anybody out of the application.
 */
const createUserView = ({ session }: MfaClient) => {
  const listeners = new Set<() => void>();
  let from = session.getServerSnapshot();
  let view: UserView = { status: 'loading', user: undefined, userWithMissingInfo: undefined };
  let shown: string | undefined;
  let isGuarded = false;
  let isStale = false;
  let admitted: string | undefined;
  const read = (): UserView => {
    const snapshot = session.getSnapshot();
    if (snapshot === from && !isStale) return view;
    isStale = false;
    // Who is found signed in on a page load was let in before.
    if (from.status === 'loading' && snapshot.status === 'signedIn') admitted = snapshot.user?.id;
    from = snapshot;
    const { user, status } = snapshot;
    const isAwaited = isGuarded && user?.id !== admitted;
    const isMissing = status !== 'signedIn' || isAwaited || (user?.missingFields?.length ?? 0) > 0;
    if (user && !isMissing) shown = user.id;
    if (!user) admitted = undefined;
    if (user?.id !== shown) shown = undefined;
    const profile = user ? profileOf(user) : undefined;
    view = {
      status,
      user: shown ? profile : undefined,
      userWithMissingInfo: isMissing ? profile : undefined,
    };
    return view;
  };
  const loading = view;
  return {
    read,
    readOnServer: () => loading,
    subscribe: (listener: () => void) => {
      const stop = session.subscribe(listener);
      listeners.add(listener);
      return () => {
        stop();
        listeners.delete(listener);
      };
    },
    /** From now on nobody is shown before they were let in. Gives the function that ends it. */
    guard: () => {
      isGuarded = true;
      return () => {
        isGuarded = false;
      };
    },
    /** Shows somebody from now on. */
    admit: (userId: string) => {
      admitted = userId;
      isStale = true;
      for (const listener of listeners) listener();
    },
  };
};

const views = new WeakMap<MfaClient, ReturnType<typeof createUserView>>();

/** @internal The one view of a client. */
export const viewOf = (client: MfaClient) => {
  const view = views.get(client) ?? createUserView(client);
  views.set(client, view);
  return view;
};

/** @internal */
export const useUser = (): UserView => {
  const { client } = useMfaContext();
  const { subscribe, read, readOnServer } = viewOf(client);
  return useSyncExternalStore(subscribe, read, readOnServer);
};
