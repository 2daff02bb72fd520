// Who is signed in and how far; the session token stays in here.
import { MfaBackupCodeAcknowledgement } from '../wire/devices.js';
import { isFullyAuthenticatedScope } from '../wire/scopes.js';
import type { SdkUser } from '../wire/session.js';
import type { Events, LogoutReason } from './events.js';

/**
 * How far somebody is signed in. `loading`: not known yet; `waitingForMfa`: the second factor is missing;
 * `codesUnsaved`: everything passed, recovery codes not saved yet; `signedIn`: nothing is asked for any more.
 */
export type SessionStatus = 'loading' | 'signedOut' | 'waitingForMfa' | 'codesUnsaved' | 'signedIn';

/** The session as anybody may see it: no token in it. Frozen; the same object until something changed. */
export interface SessionSnapshot {
  readonly user: SdkUser | null;
  readonly status: SessionStatus;
  /** When the session token ends, unix milliseconds of the server's clock. */
  readonly expiresAt: number | null;
}

export interface SessionChange {
  user?: SdkUser | null;
  token?: string | null;
  expiresAt?: number | null;
}

export interface Session {
  readonly token: string | null;
  /** Rises whenever the token or cookie behind the session is another one. */
  readonly generation: number;
  /** Rises whenever the person is another one, or nobody: an answer asked for before must not be used. */
  readonly era: number;
  /** From when on a token should be renewed before it is used, unix milliseconds of this device's clock. */
  readonly renewAt: number;
  getSnapshot(): SessionSnapshot;
  subscribe(listener: () => void): () => void;
  /** Takes over what is given, leaves the rest. */
  set(change: SessionChange): void;
  clear(reason: LogoutReason): void;
}

export const loadingSnapshot: SessionSnapshot = /* @__PURE__ */ Object.freeze({
  user: null,
  status: 'loading',
  expiresAt: null,
});

const statusOf = (user: SdkUser | null | undefined): SessionStatus => {
  if (!user) return user === null ? 'signedOut' : 'loading';
  // Fails closed: whatever is not wholly authenticated is not signed in.
  if (!isFullyAuthenticatedScope(user.scope)) return 'waitingForMfa';
  return user.mfaBackupCodeAcknowledgement === MfaBackupCodeAcknowledgement.Pending ? 'codesUnsaved' : 'signedIn';
};

/** A token is renewed this long before its end. */
const RENEW_BEFORE_MS = 30_000;

export const createSession = (
  { emit }: Events,
  save: (token: string | null, expiresAt: number | null) => void,
): Session => {
  let snapshot = loadingSnapshot;
  let token: string | null = null;
  let generation = 0;
  let era = 0;
  let renewAt = Infinity;
  const listeners = new Set<() => void>();

  const set = (change: SessionChange): void => {
    const before = snapshot;
    const tokenBefore = token;
    const { user = before.user, expiresAt = before.expiresAt } = change;
    if (change.token !== undefined) {
      token = change.token;
      generation++;
      const left = (expiresAt ?? 0) - Date.now();
      // With little or nothing left on arrival this device's clock is wrong: then the server's refusal decides.
      renewAt = token && left > 2 * RENEW_BEFORE_MS ? Date.now() + left - RENEW_BEFORE_MS : Infinity;
    }
    if (user?.id !== before.user?.id) era++;
    const next = Object.freeze({
      user,
      status: statusOf(change.user === undefined && before.status === 'loading' ? undefined : user),
      expiresAt,
    });
    if (JSON.stringify(next) !== JSON.stringify(before)) snapshot = next;
    if (token !== tokenBefore) save(token, expiresAt);
    if (snapshot !== before) for (const listener of listeners) listener();
    if (JSON.stringify(user) !== JSON.stringify(before.user)) emit('userChanged', { user });
    if (token !== tokenBefore) emit('tokenChanged', { token });
    if (expiresAt !== before.expiresAt) {
      emit('sessionExpiresAtChanged', { sessionExpiresAt: expiresAt === null ? null : new Date(expiresAt) });
    }
  };

  return {
    get token() {
      return token;
    },
    get generation() {
      return generation;
    },
    get era() {
      return era;
    },
    get renewAt() {
      return renewAt;
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set,
    clear(reason) {
      const wasSignedIn = snapshot.user !== null;
      set({ user: null, token: null, expiresAt: null });
      if (wasSignedIn) emit('logout', { reason });
    },
  };
};
