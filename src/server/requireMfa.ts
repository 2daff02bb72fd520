/** The guard for protected actions: a fresh proof for this action, used once where it counts once, or what to ask for. */
import type { ActionName } from '../wire/actions.js';
import { ELEVATED_TOKEN_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import { levelsFrom, settingOf } from './actions.js';
import { askForApproval, digestOf, tidySummary } from './approvals.js';
import { type AuditOrigin, appendAudit } from './audit.js';
import type { Core } from './core.js';
import { sha256 } from './crypto.js';
import { methodsOf } from './guard.js';
import { type Admitted, admit, failCheck, type GuardedRequest } from './guardedRequest.js';
import { addressOf } from './networkAddress.js';
import { type Refusal, refuse } from './refusals.js';
import { demandLiveSession } from './session.js';
import { listAmr, type MfaProof, type ProtectedDemand, spendElevatedHeader, spendMfaHeader } from './spentTokens.js';
import type { SessionRecord } from './store/records.js';

/** What a protected route asks. */
export interface RequireMfaOptions {
  /** The action, as the policy and the page name it. One that the policy does not list is protected as well. */
  action: ActionName;
  /**
   * What exactly is to be done (amount, recipient …), as a JSON object. Then only a proof given for this very object counts,
   * whatever the order of its members. Build it from what you are about to act on. Leave it out where nothing is bound:
   * `undefined` is refused, because a request that carries nothing must not be bound to nothing.
   */
  payload?: Record<string, unknown>;
  /** The same in words for the person, in one line of at most 300 characters. Sent to the page with the refusal. */
  summary?: string;
  /** How old the proof may be, seconds, where the action's policy would let an older one pass. */
  maxAge?: number;
}

/** Either the proof, or the response to send instead. Reading `mfa` of a refusal throws. */
export type MfaCheck = { ok: true; mfa: MfaProof } | { ok: false; response: Response };

export const createRequireMfa =
  (core: Core) =>
  async (request: GuardedRequest, options: RequireMfaOptions): Promise<MfaCheck> => {
    try {
      const outcome = await decide(core, request, options, await admit(core, request));
      if ('refusal' in outcome) throw outcome.refusal;
      return { ok: true, mfa: outcome.proof };
    } catch (error) {
      return failCheck(core, request, error, { field: 'mfa', guard: 'requireMfa' });
    }
  };

type Outcome = { proof: MfaProof } | { refusal: Refusal };

/** One transaction: the token is used, or the refusal and its challenge are kept. */
const decide = async (
  core: Core,
  request: GuardedRequest,
  options: RequireMfaOptions,
  { session: admitted, user, now }: Admitted,
): Promise<Outcome> => {
  const { action, summary, maxAge } = options;
  const policy = await core.policy();
  const setting = settingOf(policy, action);
  if (!setting.required) return { proof: unproven(admitted) };
  const payloadDigest = 'payload' in options ? await digestOf(options.payload) : null;
  const hasFactor = await core.store.hasVerifiedFactor(user.id);
  if (!hasFactor && policy.enrollment === 'none') return { proof: unproven(admitted) };
  const methods = await methodsOf(core.store, user.id, setting.minLevel, now);
  // Nothing to prove it with, or nothing strong enough.
  if (!hasFactor || methods.length === 0) {
    throw refuse('mfa_enrollment_required', { payload: { action, minLevel: setting.minLevel } });
  }
  const demand: ProtectedDemand = { setting, payloadDigest, maxAge };
  const origin = await originOf(core, request, admitted.sid, now);
  return core.store.transaction(async (tx): Promise<Outcome> => {
    await tx.lockUser(user.id);
    const session = await demandLiveSession(tx, admitted.sid, now);
    const used =
      (await spendMfaHeader(tx, request, session, demand, now)) ??
      (await spendElevatedHeader(tx, core, request, session, demand, now));
    if (used) {
      await appendAudit(tx, origin, user.id, 'token_used', { factorId: used.tokenId, reason: action });
      return { proof: used.proof };
    }
    if (request.headers.get(MFA_TOKEN_HEADER) || request.headers.get(ELEVATED_TOKEN_HEADER)) {
      await appendAudit(tx, origin, user.id, 'token_refused', { reason: action });
    }
    const whose = { userId: user.id, sid: session.sid };
    const approval = await askForApproval(tx, { ...whose, action, payloadDigest, summary: tidySummary(summary) }, now);
    const { minLevel, tokenBehavior, tokenExpirySeconds } = setting;
    return {
      refusal: refuse('insufficient_user_authentication', {
        challenge: challengeOf(demand),
        payload: {
          action,
          methods,
          minLevel,
          challengeId: approval.id,
          ...(payloadDigest !== null && { isPayloadBound: true }),
          ...(approval.summary !== null && { summary: approval.summary }),
          tokenBehavior,
          tokenExpirySeconds,
        },
      }),
    };
  });
};

/** RFC 9470 §3. */
const challengeOf = ({ setting, maxAge = setting.tokenExpirySeconds }: ProtectedDemand): string =>
  [
    'Bearer error="insufficient_user_authentication"',
    'error_description="The action needs a fresh proof of the user"',
    `acr_values="${levelsFrom(setting.minLevel).join(' ')}"`,
    `max_age="${Math.max(0, Math.floor(Math.min(maxAge, setting.tokenExpirySeconds)))}"`,
  ].join(', ');

const unproven = ({ userId, sid, amr, acr, authTime }: SessionRecord): MfaProof => ({
  userId,
  sessionId: sid,
  factor: null,
  amr: listAmr(amr),
  acr,
  authTime,
});

const originOf = async (core: Core, request: GuardedRequest, sid: string, now: number): Promise<AuditOrigin> => {
  const agent = request.headers.get('user-agent');
  return {
    environmentId: core.environmentId,
    now,
    sid,
    // The application's own server took the connection: only what proxies wrote is known of it.
    ip: addressOf(request, undefined, core.options.trustedHops ?? 0),
    agentHash: agent === null ? null : await sha256(agent),
  };
};
