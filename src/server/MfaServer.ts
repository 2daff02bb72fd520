/** What a started server offers. */
import type { MfaAdmin } from './handlers/admin.js';
import type { ConnectionInfo } from './networkAddress.js';
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
