/** Step-up: whether a scope asks for a fresh proof, with what to give one, and what still waits for the user. */
import * as wire from '../../wire/routes.js';
import { isFullyAuthenticatedScope, TokenScope } from '../../wire/scopes.js';
import type { VerifiedCredential } from '../../wire/session.js';
import type { StepUpCredential } from '../../wire/stepUp.js';
import { isScopeDemanded, scopeSettingOf } from '../actions.js';
import { type AnyRoute, answer, endpoint, type SignedInCall, sessionRoute } from '../call.js';
import { lastVerified, listCredentials } from '../credentials.js';
import { hasFreshFactor, hasFreshFirstFactor } from '../guard.js';
import type { MfaPolicy } from '../policy.js';
import { stepUpCheckBody } from '../schema.js';
import { stepUpChecked, waitingActions } from './responses.js';

const isRequired = (call: SignedInCall, policy: MfaPolicy, scope: string, hasFactor: boolean): boolean => {
  const { session, now } = call;
  if (!hasFactor) {
    if (scope === TokenScope.Credentiallink) return !hasFreshFirstFactor(session, now);
    return policy.enrollment !== 'none' && isScopeDemanded(policy, scope);
  }
  // What changes factors asks for a proof of the last five minutes, whatever the policy says.
  if (scope.startsWith('credential:')) return !hasFreshFactor(session, now);
  return isScopeDemanded(policy, scope);
};

/** Strongest first; the one used last is the one to begin with. */
const listFactors = async (call: SignedInCall, policy: MfaPolicy, scope: string) => {
  const { core, user, session } = call;
  const showsAlias = isFullyAuthenticatedScope(session.scope);
  const describe = (factor: { id: string; alias: string | null }, format: string): StepUpCredential => ({
    id: factor.id,
    format,
    type: format,
    ...(showsAlias && factor.alias !== null && { alias: factor.alias }),
  });
  const passkeys = await core.store.listPasskeys(user.id);
  const isAppEnough = scopeSettingOf(policy, scope)?.minLevel !== 'phr';
  const devices = isAppEnough ? await core.store.listTotpDevices(user.id) : [];
  const apps = devices.filter(({ state }) => state === 'verified');
  const newest = [...passkeys, ...apps].sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))[0];
  return {
    credentials: [
      ...passkeys.map((passkey) => describe(passkey, 'passkey')),
      ...apps.map((app) => describe(app, 'totp')),
    ],
    ...(newest && { defaultCredentialId: newest.id }),
  };
};

/** What a first factor is proven with again, where that is what would help; the one proven last is the one to begin with. */
const listFirstFactors = async ({ core, user, session }: SignedInCall, scope: string) => {
  if (scope !== TokenScope.Credentiallink) return { credentials: [] };
  const { sendEmail, externalAuth } = core.options;
  const isOffered = ({ format }: VerifiedCredential) => (format === 'email' ? sendEmail : externalAuth) !== undefined;
  const offered = (await listCredentials(core.store, user.id)).filter(isOffered);
  const last = lastVerified(session, offered);
  return {
    credentials: offered.map(
      ({ id, format, email }): StepUpCredential => ({ id, format, ...(email !== undefined && { alias: email }) }),
    ),
    ...(last && { defaultCredentialId: last.id }),
  };
};

export const stepUpRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.stepUpCheck),
    access: 'waiting',
    summary: 'Whether a scope asks for a fresh proof, and what can give it',
    body: stepUpCheckBody,
    response: stepUpChecked,
    async handle(call) {
      const { core, user, body } = call;
      const policy = await core.policy();
      const hasFactor = await core.store.hasVerifiedFactor(user.id);
      if (!isRequired(call, policy, body.scope, hasFactor)) return answer({ isRequired: false, credentials: [] });
      const listed = hasFactor ? await listFactors(call, policy, body.scope) : await listFirstFactors(call, body.scope);
      return answer({ isRequired: true, ...listed });
    },
  }),
  sessionRoute({
    ...endpoint(wire.listWaitingActions),
    access: 'basic',
    summary: 'What the application left for the user to do, oldest first',
    response: waitingActions,
    async handle({ core, user }) {
      const waiting = (await core.store.listWaitingActions(user.id)).map(
        ({ id, action, subject, summary, createdAt }) => ({
          id,
          action,
          ...(subject !== null && { subject }),
          ...(summary !== null && { summary }),
          createdAt: new Date(createdAt).toISOString(),
        }),
      );
      return answer({ count: waiting.length, waiting });
    },
  }),
];
