// A client under the published name and with the published options.
import type { MfaClient } from './core.js';
import { createMfaClient, type MfaClientOptions } from './createMfaClient.js';
import { initializeClient } from './initialize.js';

/** Options of {@link createDynamicClient}: those of `createMfaClient`, and published ones. */
export interface DynamicClientOptions extends Omit<MfaClientOptions, 'apiBaseUrl'> {
  /** Where your server is. Default `/api/v0`, on the page's own origin. */
  apiBaseUrl?: string;
  /** Reads the session and the settings at once. Default true; a failure is told by `initStatus` and `initError`. */
  autoInitialize?: boolean;
  /** Published, not needed: the server says what the application is called. */
  metadata?: { name?: string; url?: string; iconUrl?: string; universalLink?: string };
}

/**
 * `createMfaClient` for code written with the published name: the same client, which begins to read the session at once.
 *
 * @example
 * createDynamicClient({ environmentId: '5f0c…', apiBaseUrl: 'https://app.example/api/v0' });
 * await waitForClientInitialized();
 */
export const createDynamicClient = ({
  autoInitialize = true,
  metadata: _,
  apiBaseUrl = '/api/v0',
  ...options
}: DynamicClientOptions): MfaClient => {
  const client = createMfaClient({ ...options, apiBaseUrl });
  if (autoInitialize) void initializeClient(client).catch(() => undefined);
  return client;
};
