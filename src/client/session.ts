// Who is signed in and how far; the session token stays in here.
import { isFullyAuthenticatedScope } from '../wire/scopes.js';
import type { SdkUser } from '../wire/session.js';

/**
 * How far somebody is signed in. `loading`: not known yet; `waitingForMfa`: the second factor is missing;
 * `codesUnsaved`: everything passed, recovery codes not saved yet; `signedIn`: nothing is asked for any more.
 */
export type SessionStatus = 'loading' | 'signedOut' | 'waitingForMfa' | 'codesUnsaved' | 'signedIn';

/** The session as anybody may see it: no token in it. The same object until something changed. */
export interface SessionSnapshot {
  readonly user: SdkUser | null;
  readonly status: SessionStatus;
  /** When the session token ends, unix milliseconds of the server's clock. */
  readonly expiresAt: number | null;
}

/** Where a session token is kept over a reload. The browser's own storages and React Native's fit as they are. */
export interface MfaStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

/** The session's part of a client. */
export interface SessionState {
  snapshot: SessionSnapshot;
  token: string | null;
  /** Rises whenever the token or cookie behind the session is another one. */
  generation: number;
  /** From when on a token should be renewed before it is used, unix milliseconds of this device's clock. */
  renewAt?: number;
  subscribers: Set<() => void>;
  /** Tells of the change. */
  tell(): void;
  storage?: MfaStorage;
  /** Names the storage's entry and the other tabs' channel. */
  name: string;
  /** The storage has what it should. */
  saving?: Promise<void>;
}

export const loadingSnapshot: SessionSnapshot = { user: null, status: 'loading', expiresAt: null };

/** A token is renewed this long before its end. */
const RENEW_BEFORE_MS = 30_000;

const statusOf = (user: SdkUser | null): SessionStatus => {
  if (!user) return 'signedOut';
  // Fails closed: whatever is not wholly authenticated is not signed in.
  if (!isFullyAuthenticatedScope(user.scope)) return 'waitingForMfa';
  return user.mfaBackupCodeAcknowledgement === 'pending' ? 'codesUnsaved' : 'signedIn';
};

const save = async ({ storage, name, token, saving }: SessionState): Promise<void> => {
  try {
    await saving;
    await (token ? storage?.setItem(name, token) : storage?.removeItem(name));
  } catch {
    // A full or forbidden storage costs the reload, not the session.
  }
};

/**
 * Takes over who is signed in, and the token and its end where they are given; a null token means a cookie. A token whose
 * user is not known yet changes nothing about the status.
 */
export const setSession = (
  state: SessionState,
  user: SdkUser | null,
  token?: string | null,
  expiresAt = state.snapshot.expiresAt,
): void => {
  const { snapshot: before, token: tokenBefore } = state;
  if (token !== undefined) {
    const left = (expiresAt ?? 0) - Date.now();
    state.token = token;
    state.generation++;
    // With little or nothing left on arrival this device's clock is wrong: then the server's refusal decides.
    state.renewAt = token && left > 2 * RENEW_BEFORE_MS ? Date.now() + left - RENEW_BEFORE_MS : undefined;
  }
  const next = { user, status: user || !token ? statusOf(user) : before.status, expiresAt };
  if (state.token !== tokenBefore) state.saving = save(state);
  if (JSON.stringify(next) !== JSON.stringify(before)) {
    state.snapshot = next;
    for (const listener of state.subscribers) listener();
  }
  state.tell();
};
