// Finds out who is signed in: at start, and again when another tab says that something changed.
import { getUser } from '../wire/routes.js';
import { MfaApiError } from './errors.js';
import type { KeptToken } from './keptToken.js';
import { listenToOtherTabs, type OtherTabs } from './otherTabs.js';
import { type ApiAddress, parseBaseUrl } from './request.js';
import type { Session } from './session.js';
import type { Transport } from './transport.js';

export interface Lifecycle {
  /** Once; again after a failure. */
  start(): Promise<void>;
  tellOtherTabs(): void;
  close(): void;
}

export interface LifecycleParts extends ApiAddress {
  hasStorage: boolean;
  kept: KeptToken;
  session: Session;
  send: Transport['send'];
}

const ignore = (): void => undefined;

export const createLifecycle = (parts: LifecycleParts): Lifecycle => {
  const { hasStorage, kept, session } = parts;
  let started: Promise<void> | undefined;
  let tabs: OtherTabs | undefined;

  /** Only then is there a cookie that could say who is signed in. */
  const sharesOrigin = (): boolean => globalThis.location?.origin === parseBaseUrl(parts.apiBaseUrl).origin;

  const readSession = async (): Promise<void> => {
    const stored = await kept.read();
    if (stored && stored.token !== session.token) session.set(stored);
    else if (!stored && hasStorage && session.token) return session.clear('signed-out-elsewhere');
    if (!session.token && !sharesOrigin()) return session.set({ user: null });
    const { generation } = session;
    try {
      const user = await parts.send(getUser, { mode: 'reading' });
      if (generation === session.generation) session.set({ user });
    } catch (error) {
      if (generation !== session.generation) return;
      const isSignedOut = error instanceof MfaApiError && error.status === 401;
      if (isSignedOut) return session.clear('signed-out-elsewhere');
      // No answer says nothing about a session already known.
      if (session.getSnapshot().status === 'loading') session.set({ user: null });
      throw error;
    }
  };

  const readAgain = (): void => {
    // A token in memory alone is this tab's own.
    if (session.token && !hasStorage) return;
    started = (started ?? Promise.resolve()).then(readSession, readSession).catch(ignore);
  };

  return {
    start() {
      if (!started) {
        if (hasStorage || sharesOrigin()) tabs ??= listenToOtherTabs(parts.environmentId, readAgain);
        const reading = readSession();
        started = reading;
        reading.catch(() => {
          if (started === reading) started = undefined;
        });
      }
      return started;
    },
    tellOtherTabs() {
      void kept.settled().then(() => tabs?.tell());
    },
    close() {
      tabs?.close();
      tabs = started = undefined;
    },
  };
};
