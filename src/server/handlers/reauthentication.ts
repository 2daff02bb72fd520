/** The first factor again, in a session that goes on: what a first enrolment in an old session wants (security.md D9). */
import * as wire from '../../wire/routes.js';
import { TokenScope } from '../../wire/scopes.js';
import { newJti } from '../accessTokens.js';
import { answerSession } from '../answers.js';
import { type AnyRoute, answer, auditOrigin, endpoint, type SignedInCall, sessionRoute } from '../call.js';
import { credentialIdOf } from '../credentials.js';
import { verifyEmailCode } from '../emailCodes.js';
import { grantScopes } from '../grants.js';
import { FRESH_MS } from '../guard.js';
import { findEarlier, rememberAnswer } from '../idempotency.js';
import { answerMinted, idsOf, mint } from '../minting.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { emailVerifyBody, externalVerifyBody } from '../schema.js';
import { demandLiveSession } from '../session.js';
import type { IdentityRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { externalVerified, updateSelfResponse } from './responses.js';

type Identity = Pick<IdentityRecord, 'kind' | 'issuer' | 'subject'>;

interface Renewal {
  identity: Identity;
  provenAt: number;
  requestedScopes?: string[] | undefined;
  /** What makes it good once, where something does. Throws when somebody else was first. */
  use?: (tx: StoreTransaction) => Promise<void>;
}

/** Whether the signed-in user signs in by it; anybody else's is as wrong as one that leads nowhere. */
const isOwn = async ({ core, user }: SignedInCall, identity: Identity) =>
  (await core.store.findIdentity({ environmentId: core.environmentId, ...identity }))?.userId === user.id;

/** One transaction: the first factor is used and noted, and grants what it may. */
const renew = async (call: SignedInCall, { identity, provenAt, requestedScopes = [], use }: Renewal) => {
  const { core, user, now, repeatKey } = call;
  const policy = await core.policy();
  const jti = newJti();
  const outcome = await core.store.transaction(async (tx) => {
    await tx.lockUser(user.id);
    const earlier = await findEarlier(core, tx, { repeatKey, sid: call.session.sid, now });
    if (earlier) return { kind: 'earlier' as const, earlier };
    const session = await demandLiveSession(tx, call.session.sid, now);
    await use?.(tx);
    const renewed = {
      firstFactorAt: provenAt,
      credentialId: await credentialIdOf({ ...identity, userId: user.id }),
    };
    // An external token may tell of a proof older than the one the session has.
    const isNewer = provenAt >= session.firstFactorAt;
    if (isNewer) await tx.renewFirstFactor(session.sid, renewed);
    const hasFactor = await tx.hasVerifiedFactor(user.id);
    const isAsked = requestedScopes.length > 0;
    const scopes = isAsked || hasFactor ? requestedScopes : [TokenScope.Credentiallink];
    // Whatever else has been proven in this session: here it was the first factor.
    const proven = { ...session, acr: 'first_factor' as const };
    const elevated = grantScopes(policy, scopes, { acr: proven.acr, hasFactor });
    const minted = await mint(tx, { core, origin: auditOrigin(call), policy }, proven, { token: null, elevated });
    await rememberAnswer(tx, repeatKey, { oldSid: session.sid, session, jti, now, ...idsOf(minted) });
    return { kind: 'renewed' as const, session: { ...session, ...(isNewer && renewed) }, minted };
  });
  return { policy, jti, outcome };
};

const done = async () => ({ nextView: 'done' });

const verifyEmail = sessionRoute({
  ...endpoint(wire.verifyEmail),
  access: 'waiting',
  summary: "Prove the user's own e-mail address again; grants credential:link while there is no factor",
  body: emailVerifyBody,
  response: updateSelfResponse,
  takesCode: true,
  async handle(call) {
    const { verificationUUID: id, verificationToken, requestedScopes } = call.body;
    const email = await verifyEmailCode(call, id, verificationToken);
    const identity = { kind: 'email' as const, issuer: '', subject: email };
    if (!(await isOwn(call, identity))) throw refuse('invalid_email_verification');
    const { policy, jti, outcome } = await renew(call, {
      identity,
      provenAt: call.now,
      requestedScopes,
      async use(tx) {
        if (!(await tx.completeEmailVerification(id, call.now))) throw refuse('invalid_email_verification');
      },
    });
    if (outcome.kind === 'earlier') return repeatSession(call, outcome.earlier, done);
    const { session, minted } = outcome;
    const extra = { ...(await done()), ...answerMinted(minted) };
    return answerSession(call, { session, user: call.user, policy, jti, extra });
  },
  repeat: (call, earlier) => repeatSession(call, earlier, done),
});

const verifyExternal = sessionRoute({
  ...endpoint(wire.verifyExternal),
  access: 'waiting',
  summary: "The same with a token of the application's own sign-in, of the last five minutes",
  body: externalVerifyBody,
  response: externalVerified,
  async handle(call) {
    const { externalVerifier, options } = call.core;
    if (!externalVerifier || !options.externalAuth) throw refuse('mfa_method_disabled');
    const { subject, provenAt } = await externalVerifier.verify(call.body.jwt, call.now);
    const identity = { kind: 'external' as const, issuer: options.externalAuth.issuer, subject };
    const isFresh = call.now - provenAt <= FRESH_MS;
    if (!isFresh || !(await isOwn(call, identity))) throw refuse('invalid_external_auth');
    const { outcome } = await renew(call, { identity, provenAt, requestedScopes: call.body.requestedScopes });
    // This route takes no key, so nothing was answered earlier.
    const token = outcome.kind === 'renewed' ? outcome.minted.elevated?.token : undefined;
    return answer({ elevatedAccessToken: token ?? null });
  },
});

export const reauthenticationRoutes: AnyRoute[] = [verifyEmail, verifyExternal];
