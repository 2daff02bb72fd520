// The session token in the application's own storage, where it passed one; in memory alone otherwise.

/** Where a session token is kept over a reload. The browser's own storages and React Native's fit as they are. */
export interface MfaStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
}

export interface KeptToken {
  read(): Promise<{ token: string; expiresAt: number | null } | undefined>;
  write(token: string | null, expiresAt: number | null): void;
  /** What was to be written is written. */
  settled(): Promise<unknown>;
}

export const createKeptToken = (storage: MfaStorage | undefined, environmentId: string): KeptToken => {
  const key = `mfa-kit:${environmentId}`;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async read() {
      try {
        const { token, expiresAt } = JSON.parse((await storage?.getItem(key)) || '{}');
        if (typeof token === 'string') return { token, expiresAt: typeof expiresAt === 'number' ? expiresAt : null };
      } catch {
        // Unreadable is as good as absent: the person signs in again.
      }
      return undefined;
    },
    write(token, expiresAt) {
      if (!storage) return;
      writing = writing
        .then(() => (token ? storage.setItem(key, JSON.stringify({ token, expiresAt })) : storage.removeItem(key)))
        // A full or forbidden storage costs the reload, not the session.
        .catch(() => undefined);
    },
    settled: () => writing,
  };
};
