/** Signing in with a passkey, which names its owner by itself. */
import * as wire from '../../wire/passkeyRoutes.js';
import { JwtScope } from '../../wire/scopes.js';
import { newJti } from '../accessTokens.js';
import { answerSession } from '../answers.js';
import { appendAudit } from '../audit.js';
import { type AnyRoute, answer, auditOrigin, type Call, endpoint, openRoute, type Reply } from '../call.js';
import { networkOf } from '../failureLimits.js';
import { grantScopes, readWanted, type Wanted } from '../grants.js';
import { findEarlier, rememberAnswer } from '../idempotency.js';
import { answerMinted, idsOf, mint, nothingMinted } from '../minting.js';
import {
  amrOf,
  createChallenge,
  demandPasskeysEnabled,
  judge,
  pickRpId,
  refuseClone,
  rpIdQuery,
  takeChallenge,
  usePasskey,
} from '../passkeys.js';
import { firstScope, type MfaPolicy, passkeyRules } from '../policy.js';
import { liftOtherSuspension } from '../proofs.js';
import { Refusal, refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { type AssertionBody, authenticatePasskeyBody } from '../schema.js';
import { newSession, proofOf } from '../session.js';
import type { PasskeyRecord, SessionRecord, UserRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { verifyAuthentication } from '../webauthn.js';
import { loadWebauthn } from '../webauthnLibrary.js';
import { authenticationOptions } from '../webauthnOptions.js';
import { passkeyAuthenticationOptions, verifyResponse } from './responses.js';

/** How many challenges one network address gets in ten minutes: each is a row, and a sign-in page asks for one a visit. */
const CHALLENGES_FROM_IP = 300;
const CHALLENGE_WINDOW_MS = 10 * 60_000;

/** Nobody is known yet. */
const bound = { purpose: 'sign_in' as const, userId: '', sid: '' };

const countChallenge = async (tx: StoreTransaction, { ip, now }: Call): Promise<void> => {
  if (ip === null) return;
  const key = `passkey challenges from ${networkOf(ip)}`;
  const count = await tx.countSend({ key, limit: CHALLENGES_FROM_IP, windowMs: CHALLENGE_WINDOW_MS, now });
  if (count.isAllowed) return;
  throw refuse('too_many_requests', { retryAfter: Math.max(1, Math.ceil((count.allowedAt - now) / 1000)) });
};

/** Whose passkey it is and whether it is good. Every attempt takes its challenge, also one with an unknown passkey. */
const recognise = async (call: Call<AssertionBody>) => {
  const { core, body } = call;
  const found = await core.store.findPasskey(body.id);
  // Of this environment: a database may hold several.
  const user = found && (await core.store.findUser(core.environmentId, found.userId));
  const affected = user ? { userId: user.id, passkeyId: found.id } : null;
  return judge(call, affected, async () => {
    const ceremony = await takeChallenge(call, bound, body.response);
    if (!user) throw refuse('passkey_not_found');
    const expected = { ...ceremony, requiresUserHandle: true };
    const verified = await verifyAuthentication(body, expected, found, user.passkeyHandle);
    return { passkey: found, user, verified };
  });
};

/** A full session where the policy lets a passkey count for both factors, else one whose first factor it is. */
const sessionFor = async (tx: StoreTransaction, call: Call, policy: MfaPolicy, passkey: PasskeyRecord) => {
  const { core, now } = call;
  const countsForBoth = passkeyRules(policy).signIn === 'both_factors';
  const amr = amrOf(passkey);
  const first: SessionRecord = newSession({
    environmentId: core.environmentId,
    userId: passkey.userId,
    scope: countsForBoth ? JwtScope.Userbasic : await firstScope(policy, tx, passkey.userId),
    firstFactorAt: now,
    credentialId: null,
    amr,
    now,
  });
  return countsForBoth ? { ...first, ...proofOf(first, { acr: 'phr', amr, now }) } : first;
};

/** One transaction: the passkey is used, the session begun. */
const begin = async (
  call: Call<AssertionBody>,
  policy: MfaPolicy,
  recognised: Awaited<ReturnType<typeof recognise>>,
  wanted: Wanted,
) => {
  const { core, now, repeatKey } = call;
  const { passkey, user, verified } = recognised;
  const jti = newJti();
  return core.store.transaction(async (tx) => {
    await tx.lockUser(user.id);
    const earlier = await findEarlier(core, tx, { repeatKey, sid: null, now });
    if (earlier) return { kind: 'earlier' as const, earlier };
    if (!(await usePasskey(tx, call, passkey, verified))) return { kind: 'clone' as const };
    const session = await sessionFor(tx, call, policy, passkey);
    await tx.createSession(session);
    await tx.updateUser(user.id, { lastSeenAt: now });
    const origin = { ...auditOrigin(call), sid: session.sid };
    await appendAudit(tx, origin, user.id, 'passkey_ok', { factorId: passkey.id, reason: 'sign_in' });
    if (session.factorAt !== null) await liftOtherSuspension(tx, call, user.id, null);
    const minted =
      session.factorAt === null ? nothingMinted : await mint(tx, { core, origin, policy }, session, wanted);
    await rememberAnswer(tx, repeatKey, { oldSid: '', session, jti, now, ...idsOf(minted) });
    const current: UserRecord = { ...user, lastSeenAt: now };
    return { kind: 'begun' as const, session, user: current, jti, minted };
  });
};

const signIn = async (call: Call<AssertionBody>, policy: MfaPolicy): Promise<Reply> => {
  const recognised = await recognise(call);
  const wanted = await readWanted({ ...call, user: recognised.user }, call.body, { policy, acr: 'phr' });
  const outcome = await begin(call, policy, recognised, wanted);
  if (outcome.kind === 'earlier') return repeatSession(call, outcome.earlier);
  if (outcome.kind === 'clone') throw refuseClone({ ...call, user: recognised.user });
  const { session, user, jti, minted } = outcome;
  return answerSession(call, { session, user, policy, jti, extra: answerMinted(minted) });
};

export const passkeySignInRoutes: AnyRoute[] = [
  openRoute({
    ...endpoint(wire.beginPasskeySignIn),
    summary: 'Options for signing in with a passkey',
    query: rpIdQuery,
    response: passkeyAuthenticationOptions,
    isBegin: true,
    async handle(call) {
      const rpId = pickRpId(call);
      demandPasskeysEnabled(await call.core.policy());
      await loadWebauthn();
      // Whatever the policy says of second factors: here the passkey stands for somebody all by itself.
      const requiresUserVerification = true;
      const challenge = await call.core.store.transaction(async (tx) => {
        await countChallenge(tx, call);
        return createChallenge(tx, call, { ...bound, rpId, requiresUserVerification });
      });
      return answer(authenticationOptions({ challenge, rpId, passkeys: [], requiresUserVerification }));
    },
  }),
  openRoute({
    ...endpoint(wire.signInWithPasskey),
    summary: 'Sign in with a passkey',
    body: authenticatePasskeyBody,
    response: verifyResponse,
    async handle(call) {
      const { core, ip, now, body } = call;
      core.failures.check(ip, now);
      const policy = await core.policy();
      demandPasskeysEnabled(policy);
      // Where it counts for the first factor alone, there is another to be proven before anything is granted.
      if (passkeyRules(policy).signIn === 'first_factor') {
        grantScopes(policy, body.requestedScopes, { acr: 'first_factor', hasFactor: true });
      }
      try {
        return await signIn(call, policy);
      } catch (error) {
        if (error instanceof Refusal) core.failures.noteFailure(ip, now);
        throw error;
      }
    },
    repeat: repeatSession,
  }),
];
