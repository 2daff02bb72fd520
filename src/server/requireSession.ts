/** The guard for an application's own routes: a session that has passed everything asked of it, or the refusal to send. */
import type { Core } from './core.js';
import { admit, failCheck, type GuardedRequest } from './guardedRequest.js';
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
  async (request: GuardedRequest): Promise<SessionCheck> => {
    try {
      const { session, user } = await admit(core, request);
      const { sid, scope, acr, authTime, expiresAt } = session;
      return { ok: true, session: { userId: user.id, email: user.email, sid, scope, acr, authTime, expiresAt } };
    } catch (error) {
      return failCheck(core, request, error, { field: 'session', guard: 'requireSession' });
    }
  };
