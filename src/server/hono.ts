/** Door "mfa-kit/server/hono": the guard for protected actions as a middleware. */
import type { Context, MiddlewareHandler } from 'hono';
import type { ActionName } from '../wire/actions.js';
import type { MfaServer } from './MfaServer.js';
import type { RequireMfaOptions } from './requireMfa.js';
import type { MfaProof } from './spentTokens.js';

/** What a guarded handler finds in its context: `c.get('mfa')`. */
export interface MfaGuardEnv {
  Variables: { mfa: MfaProof };
}

export interface MfaGuardOptions {
  /** The protected action, as the policy and the page name it. */
  action: ActionName;
  /** What exactly is to be done, out of the request: then only a proof given for this very object counts. */
  payload?: (c: Context) => RequireMfaOptions['payload'] | Promise<RequireMfaOptions['payload']>;
  /** The same in words for the person. */
  summary?: (c: Context) => string | Promise<string>;
  /** How old the proof may be, seconds. */
  maxAge?: number;
}

/**
 * Lets a request through once its proof was good, and answers it otherwise as `requireMfa` says. The proof stands in
 * `c.get('mfa')`.
 *
 * @example
 * app.post('/send', mfaGuard(mfa, { action: 'wallet.waas.sign', payload: (c) => c.req.json() }), async (c) =>
 *   c.json(await send(c.get('mfa').userId, await c.req.json())),
 * );
 */
export const mfaGuard =
  (
    mfa: Pick<MfaServer, 'requireMfa'>,
    { action, payload, summary, maxAge }: MfaGuardOptions,
  ): MiddlewareHandler<MfaGuardEnv> =>
  async (c, next) => {
    const check = await mfa.requireMfa(c.req.raw, {
      action,
      ...(payload && { payload: await payload(c) }),
      ...(summary && { summary: await summary(c) }),
      ...(maxAge !== undefined && { maxAge }),
    });
    if (!check.ok) return check.response;
    c.set('mfa', check.mfa);
    return next();
  };
