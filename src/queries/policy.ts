import type { MfaClient } from '../client/core.js';
import { withSignal } from '../client/withSignal.js';

export const STALE_AFTER_MS = 300_000;

/**
 * A request that ends when nobody waits for it any more. The pause is for StrictMode, which unmounts and mounts again in
 * one go: who has touched the signal by then is aborted and asked twice.
 */
export const abortable =
  <T>(client: MfaClient, read: (client: MfaClient) => Promise<T>) =>
  async (context: { signal: AbortSignal }): Promise<T> => {
    await Promise.resolve();
    return read(withSignal(client, context.signal));
  };

/** The transport repeats what is safe, and says so when there is no connection instead of waiting without a word. */
export const policy = { retry: false, networkMode: 'always' } as const;

/** What another tab or device may have changed is read again when the person comes back. */
export const readable = { ...policy, staleTime: STALE_AFTER_MS, refetchOnWindowFocus: 'always' } as const;

/** Read once, gone as soon as nothing on screen shows it. */
export const secret = {
  ...policy,
  staleTime: Infinity,
  gcTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;
