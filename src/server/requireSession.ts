/** The guard for an application's own routes: a session that has passed everything asked of it, or the refusal to send. */
import { identify, readClaims } from './authenticateRequest.js';
import type { Core } from './core.js';
import { refuseCrossSite } from './crossSite.js';
import { randomUuid } from './crypto.js';
import { requireScope } from './guard.js';
import { Refusal, refuse } from './refusals.js';
import { respondRefusal } from './responses.js';
import type { Acr } from './store/records.js';

/** Who is signed in, as an application's own routes see it. */
export interface MfaSession {
  userId: string;
  email: string | null;
  sid: string;
  scope: string;
  /** How strongly the owner was proven last. */
  acr: Acr;
  /** When, unix milliseconds. */
  authTime: number;
  /** Unix milliseconds. */
  expiresAt: number;
}

/** Either the session, or the response to send instead. Reading `session` of a refusal throws. */
export type SessionCheck = { ok: true; session: MfaSession } | { ok: false; response: Response };

export const createRequireSession =
  (core: Core) =>
  async (request: Request): Promise<SessionCheck> => {
    try {
      const now = core.clock();
      refuseCrossSite(core, request);
      const claims = await readClaims(core, request, { now, acceptsExpired: false });
      if (!claims) throw refuse('not_signed_in');
      const { session, user } = await identify(core, claims, now);
      requireScope(session, 'basic');
      const { sid, scope, acr, authTime, expiresAt } = session;
      return { ok: true, session: { userId: user.id, email: user.email, sid, scope, acr, authTime, expiresAt } };
    } catch (error) {
      const facts = { origin: request.headers.get('origin'), requestId: randomUuid() };
      if (!(error instanceof Refusal)) core.reportError(error, facts.requestId);
      const refusal =
        error instanceof Refusal ? error : refuse('server_error', { payload: { requestId: facts.requestId } });
      return failedClosed(respondRefusal(core, facts, refusal));
    }
  };

/** In plain JavaScript nobody makes sure that `ok` is looked at: going on without it must not look like a session. */
const failedClosed = (response: Response): SessionCheck => {
  const check = { ok: false as const, response };
  Object.defineProperty(check, 'session', {
    get() {
      throw new Error('requireSession refused this request: send `response` when `ok` is false');
    },
  });
  return check;
};
