/** What a started server offers. */

import type { GuardedRequest } from './guardedRequest.js';
import type { MfaAdmin } from './handlers/admin.js';
import type { ConnectionInfo } from './networkAddress.js';
import type { MfaCheck, RequireMfaOptions } from './requireMfa.js';
import type { SessionCheck } from './requireSession.js';
import type { MfaWaiting } from './waitingActions.js';

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
  requireSession(request: GuardedRequest): Promise<SessionCheck>;
  /**
   * Guards a protected action on a route of your own: a full session, and a fresh proof for this action, which is used up
   * where the policy says that it counts once. Else the response to send: it says what to prove, and the kit's client
   * prompts for it and repeats the request once. Works for cookie and bearer.
   *
   * The response has the code `insufficient_user_authentication` (401, with the `WWW-Authenticate` header of RFC 9470) when
   * a proof is needed, `mfa_enrollment_required` (403) when the user has nothing to prove it with, or one of those of
   * `requireSession`.
   *
   * @example
   * const check = await mfa.requireMfa(request, {
   *   action: 'transfer.send',
   *   payload: { amount, to },
   *   summary: `Send ${amount} € to ${to}`,
   * });
   * if (!check.ok) return check.response;
   * return Response.json(await send(check.mfa.userId, amount, to));
   */
  requireMfa(request: GuardedRequest, options: RequireMfaOptions): Promise<MfaCheck>;
  /** What you leave for a user to do, each protected by its action. Call it from code of yours that has checked who is asking. */
  waiting: MfaWaiting;
  /** What an operator does. Call it from code of yours that has checked who is asking. */
  admin: MfaAdmin;
  /** Closes the store. Requests under way should have ended. */
  close(): Promise<void>;
}
