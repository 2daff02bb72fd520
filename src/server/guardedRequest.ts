/** What both guards for an application's own routes do: let a full session in, and make the response to send otherwise. */
import { type Identified, identify, readClaims } from './authenticateRequest.js';
import type { Core } from './core.js';
import { refuseCrossSite } from './crossSite.js';
import { randomUuid } from './crypto.js';
import { requireScope } from './guard.js';
import { refuse } from './refusals.js';
import { respondRefusal } from './responses.js';
import { toRefusal } from './toRefusal.js';

/**
 * What a guard reads of a request: its method and headers. A `Request` is one; where there is none, as in Express, give
 * `{ method, headers }`.
 */
export type GuardedRequest = Pick<Request, 'method' | 'headers'>;

export interface Admitted extends Identified {
  now: number;
}

/** Throws the refusal of a request that carries no full session. */
export const admit = async (core: Core, request: GuardedRequest): Promise<Admitted> => {
  const now = core.clock();
  refuseCrossSite(core, request);
  const claims = await readClaims(core, request, { now, acceptsExpired: false });
  if (!claims) throw refuse('not_signed_in');
  const identified = await identify(core, claims, now);
  requireScope(identified.session, 'basic');
  return { ...identified, now };
};

/**
 * A check that failed, with the response to send. In plain JavaScript nobody makes sure that `ok` is looked at: reading what
 * a good check would have must not look like a session.
 */
export const failCheck = (
  core: Core,
  request: GuardedRequest,
  error: unknown,
  missing: { field: 'session' | 'mfa'; guard: string },
): { ok: false; response: Response } => {
  const facts = { origin: request.headers.get('origin'), requestId: randomUuid() };
  const refusal = toRefusal(core, error, facts.requestId);
  const check = { ok: false as const, response: respondRefusal(core, facts, refusal) };
  Object.defineProperty(check, missing.field, {
    get() {
      throw new Error(`${missing.guard} refused this request: send \`response\` when \`ok\` is false`);
    },
  });
  return check;
};
