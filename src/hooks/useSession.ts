'use client';

import { useSyncExternalStore } from 'react';
import type { SessionSnapshot } from '../client/session.js';
import { useMfaContext } from './MfaContext.js';

/**
 * @internal The session as it stands: who, and how far. Reading it makes the client find out. On the server it is
 * `loading`, because a page cannot know yet.
 */
export const useSession = (): SessionSnapshot => {
  const { session } = useMfaContext().client;
  return useSyncExternalStore(session.subscribe, session.getSnapshot, session.getServerSnapshot);
};
