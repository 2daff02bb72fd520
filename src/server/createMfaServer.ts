/** Starts a server: checks what it was given, then loads what runs. */
import { checkKeys } from './keys.js';
import type { MfaServer } from './MfaServer.js';
import { checkOptions, type MfaServerOptions } from './options.js';
import { checkPeers } from './peers.js';

/**
 * Starts the server that signs people in, enrols their second factors and decides whether a code is good.
 *
 * Resolves once keys and options are checked and the store has migrated. Rejects with `MfaStartError`, whose message says
 * which option, key or package is missing and what to set.
 *
 * @example
 * const mfa = await createMfaServer({
 *   environmentId: 'b2f1c2b8-6f8f-4f7e-9a55-0e7b6d6f5d11',
 *   store: sqliteStore({ file: 'mfa.db' }),
 *   keys: JSON.parse(process.env.MFA_KEYS ?? 'null'),
 *   baseUrl: 'https://app.example.com/api/v0',
 *   origins: ['https://app.example.com'],
 *   appName: 'Example',
 *   sendEmail: ({ to, code }) => mailer.send(to, `Your code is ${code}`),
 * });
 */
export const createMfaServer = async (options: MfaServerOptions): Promise<MfaServer> => {
  checkOptions(options);
  const keys = typeof options.keys === 'function' ? await options.keys() : options.keys;
  checkKeys(keys);
  await checkPeers();
  const { startServer } = await import('./startServer.js');
  return startServer(options, keys);
};
