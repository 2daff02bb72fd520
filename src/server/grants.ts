/** What a proof is asked to give besides moving the session on: read, and refused before anything is used up. */
import type { ActionLevel, CreateMfaToken } from '../wire/actions.js';
import { TokenScope } from '../wire/scopes.js';
import { reaches, scopeSettingOf, settingOf } from './actions.js';
import { digestOf } from './approvals.js';
import type { Call } from './call.js';
import type { ElevatedGrant } from './elevatedTokens.js';
import { elevationRequired } from './guard.js';
import type { TokenGrant } from './mfaTokens.js';
import type { MfaPolicy } from './policy.js';
import { refuse } from './refusals.js';
import type { Acr, SessionRecord, UserRecord } from './store/records.js';

/** What to mint once the proof is good. */
export interface Wanted {
  /** MFA tokens, all alike. */
  token: (TokenGrant & { count: number }) | null;
  elevated: ElevatedGrant | null;
  /** The challenge that the proof answers, and uses up. */
  approvalId: string | null;
}

/** The part of a request that asks for something. */
export interface Asking {
  createMfaToken?: CreateMfaToken;
  requestedScopes?: string[];
  action?: string;
  payload?: unknown;
  challengeId?: string;
}

/** Who asks; nobody has a session yet who signs in. */
type Asker = Call & { session?: SessionRecord; user: UserRecord };

const invalid = (field: string) => refuse('invalid_request', { payload: { field } });

/**
 * What a proof of this strength may give of what is asked. Throws before a code is looked at or a passkey noted, so that
 * a refusal costs its owner nothing.
 */
export const readWanted = async (
  call: Asker,
  asking: Asking,
  { policy, acr }: { policy: MfaPolicy; acr: Exclude<Acr, 'first_factor'> },
): Promise<Wanted> => {
  const elevated = grantScopes(policy, asking.requestedScopes, { acr, hasFactor: true });
  const bound = await readBinding(call, asking);
  const { createMfaToken } = asking;
  if (!createMfaToken) {
    // Whoever names what the token is for wants one.
    if (bound.payloadDigest !== null || bound.approvalId !== null) throw invalid('createMfaToken');
    return { token: null, elevated, approvalId: null };
  }
  const { singleUse, count = 1 } = createMfaToken;
  // One approval is one token; one that lasts is needed once.
  if (count > 1 && (!singleUse || bound.payloadDigest !== null)) throw invalid('createMfaToken.count');
  const minLevel: ActionLevel = bound.action === null ? 'recovery' : settingOf(policy, bound.action).minLevel;
  if (!reaches(acr, minLevel)) throw await elevationRequired(call.core.store, call, minLevel);
  // A proof that lasts wants a factor that lasts (D9).
  if (!singleUse && acr === 'recovery') throw await elevationRequired(call.core.store, call, 'factor');
  const { action, payloadDigest, approvalId } = bound;
  return { token: { singleUse, count, action, payloadDigest }, elevated, approvalId };
};

/** The action and payload a token is for, named in the request or by the challenge it answers. */
const readBinding = async ({ core, session, user, now }: Asker, { action, payload, challengeId }: Asking) => {
  if (payload !== undefined && challengeId === undefined && action === undefined) throw invalid('action');
  const digest = payload === undefined ? null : await digestOf(payload);
  if (challengeId === undefined) return { action: action ?? null, payloadDigest: digest, approvalId: null };
  const key = { id: challengeId, userId: user.id, sid: session?.sid ?? '', now };
  const approval = await core.store.findApproval(key);
  if (!approval) throw refuse('mfa_challenge_expired');
  if (action !== undefined && action !== approval.action) throw invalid('action');
  if (digest !== null && digest !== approval.payloadDigest) throw invalid('payload');
  return { action: approval.action, payloadDigest: approval.payloadDigest, approvalId: approval.id };
};

/**
 * Scopes that this proof may grant, all or none. Once there is a factor only a factor grants, and a recovery code what its
 * actions leave to it; before, a fresh first factor grants what needs none: enrolling one, and what an optional enrolment
 * leaves open.
 */
export const grantScopes = (
  policy: MfaPolicy,
  scopes: readonly string[] | undefined,
  { acr, hasFactor }: { acr: Acr; hasFactor: boolean },
): ElevatedGrant | null => {
  if (!scopes || scopes.length === 0) return null;
  const wanted = [...new Set(scopes)];
  const settings = wanted.map((scope) => {
    const setting = scopeSettingOf(policy, scope);
    const isOpen = !hasFactor && (scope === TokenScope.Credentiallink || policy.enrollment === 'none');
    if (setting === null || !(acr === 'first_factor' ? isOpen : reaches(acr, setting.minLevel))) {
      throw refuse('invalid_scopes', { payload: { field: 'requestedScopes' } });
    }
    return setting;
  });
  return {
    scopes: wanted.join(' '),
    singleUse: settings.some(({ isSingleUse }) => isSingleUse),
    lifetimeMs: Math.min(...settings.map(({ lifetimeMs }) => lifetimeMs)),
  };
};
