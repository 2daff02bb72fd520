// Finds out who is signed in: at start, and again when another tab says that something changed.
import { getUser } from '../wire/routes.js';
import { signOut } from './accept.js';
import type { ClientCore } from './core.js';
import { MfaApiError } from './errors.js';
import { cancelled } from './flights.js';
import { baseUrlOf } from './request.js';
import { setSession } from './session.js';
import { fly } from './transport.js';

/** Only then is there a cookie that could say who is signed in. */
const sharesOrigin = (core: ClientCore): boolean => globalThis.location?.origin === baseUrlOf(core).origin;

const readSession = async (core: ClientCore): Promise<void> => {
  const { storage } = core;
  await core.saving;
  if (storage) {
    let stored: string | null | undefined;
    try {
      stored = await storage.getItem(core.name);
    } catch {
      // Unreadable is as good as empty: the person signs in again.
    }
    if (stored) setSession(core, core.snapshot.user, stored);
    else if (core.token) return signOut(core, 'signed-out-elsewhere');
  }
  if (!core.token && !sharesOrigin(core)) return setSession(core, null);
  const { generation } = core;
  try {
    const user = await fly(core, getUser, { mode: 'reading' }).promise;
    if (generation === core.generation) setSession(core, user);
  } catch (error) {
    // The session is another one meanwhile.
    if (generation !== core.generation) return;
    if (error instanceof MfaApiError && error.status === 401) return signOut(core, 'signed-out-elsewhere');
    // No answer says nothing about a session already known.
    if (core.snapshot.status === 'loading') setSession(core, null);
    core.started = undefined;
    throw error;
  }
};

/** Reads the session, once; again after a failure. Hears other tabs from then on, where they can share a session. */
export const startSession = async (core: ClientCore): Promise<void> => {
  if (!core.channel && globalThis.BroadcastChannel && (core.storage || sharesOrigin(core))) {
    core.channel = new BroadcastChannel(core.name);
    core.channel.onmessage = () => {
      // A token in memory alone is this tab's own.
      if (core.token && !core.storage) return;
      // What is being read just now may be older than the message.
      core.generation++;
      core.started = undefined;
      core.start().catch(() => undefined);
    };
    // In Node an open channel would keep the process alive.
    (core.channel as { unref?: () => void }).unref?.();
  }
  core.started ??= readSession(core);
  return core.started;
};

/** Ends what is under way and stops hearing other tabs. */
export const closeSession = (core: ClientCore): void => {
  core.channel?.close();
  core.channel = core.started = undefined;
  for (const { controller } of core.flights.values()) controller.abort(cancelled('closed'));
};
