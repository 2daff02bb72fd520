/** Starts a server: checks what it was given, then loads what runs. */
import type { MfaAdmin } from './handlers/admin.js';
import { checkKeys } from './keys.js';
import type { ConnectionInfo } from './networkAddress.js';
import { checkOptions, type MfaServerOptions } from './options.js';
import { checkPeers } from './peers.js';
import type { SessionCheck } from './requireSession.js';

/** A running server. */
export interface MfaServer {
  /**
   * Answers a request under `baseUrl`. Mount it on any server that speaks WHATWG fetch. `connection` tells where the
   * request came from, for the limits per address; `@hono/node-server` passes it by itself.
   */
  fetch(request: Request, connection?: ConnectionInfo): Promise<Response>;
  /**
   * Guards a route of your own: gives the session when it has passed everything asked of it (scope `user:basic`, and
   * not `requiresAdditionalAuth`), else the response to send. Works for cookie and bearer.
   *
   * @example
   * const check = await mfa.requireSession(request);
   * if (!check.ok) return check.response;
   * return Response.json({ hello: check.session.userId });
   */
  requireSession(request: Request): Promise<SessionCheck>;
  /** What an operator does. Call it from code of yours that has checked who is asking. */
  admin: MfaAdmin;
  /** Closes the store. Requests under way should have ended. */
  close(): Promise<void>;
}

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
