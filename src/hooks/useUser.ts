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
  let from = session.getServerSnapshot();
  let view: UserView = { status: 'loading', user: undefined, userWithMissingInfo: undefined };
  let shown: string | undefined;
  const read = (): UserView => {
    const snapshot = session.getSnapshot();
    if (snapshot === from) return view;
    from = snapshot;
    const { user, status } = snapshot;
    const isMissing = status !== 'signedIn' || (user?.missingFields?.length ?? 0) > 0;
    if (user && !isMissing) shown = user.id;
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
  return { read, readOnServer: () => loading };
};

const views = new WeakMap<MfaClient, ReturnType<typeof createUserView>>();

const viewOf = (client: MfaClient) => {
  const view = views.get(client) ?? createUserView(client);
  views.set(client, view);
  return view;
};

/** @internal */
export const useUser = (): UserView => {
  const { client } = useMfaContext();
  const { read, readOnServer } = viewOf(client);
  return useSyncExternalStore(client.session.subscribe, read, readOnServer);
};
