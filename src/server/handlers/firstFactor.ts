/** Signing in: by e-mail code, or with a token of the application's own sign-in. */
import * as wire from '../../wire/routes.js';
import { TokenScope } from '../../wire/scopes.js';
import { newJti } from '../accessTokens.js';
import { answerSession } from '../answers.js';
import { type AnyRoute, answer, auditOrigin, type Call, endpoint, openRoute, type Reply } from '../call.js';
import { credentialIdOf } from '../credentials.js';
import { randomUuid } from '../crypto.js';
import { readEmail, sendEmailCode, verifyEmailCode } from '../emailCodes.js';
import { grantScopes } from '../grants.js';
import { findEarlier, rememberAnswer } from '../idempotency.js';
import { answerMinted, idsOf, mint } from '../minting.js';
import { firstScope, type MfaPolicy } from '../policy.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { emailBody, emailSignInBody, externalSignInBody, retryEmailBody } from '../schema.js';
import { newSession } from '../session.js';
import type { IdentityRecord, UserRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { otpVerification, verifyResponse } from './responses.js';

interface FirstFactor {
  identity: Omit<IdentityRecord, 'userId' | 'environmentId'>;
  email: string | null;
  provenAt: number;
  /** RFC 8176. */
  amr: string;
  /** The scopes asked for; `credential:link` besides where `wantsLink` and enrolling is up to the user. */
  requestedScopes?: string[];
  wantsLink?: boolean;
  /** What makes it good once, where something does. False when somebody else was first. */
  use?: (tx: StoreTransaction) => Promise<boolean>;
}

/** One transaction: the first factor is used, the user found or made, the session begun. */
const signIn = async (call: Call, factor: FirstFactor): Promise<Reply> => {
  const { core, now, repeatKey } = call;
  const policy = await core.policy();
  const jti = newJti();
  const result = await core.store.transaction(async (tx) => {
    const earlier = await findEarlier(core, tx, { repeatKey, sid: null, now });
    if (earlier) return { earlier };
    if (factor.use && !(await factor.use(tx))) throw refuse('invalid_email_verification');
    const { user, isNew } = await findOrCreateUser(tx, call, factor);
    await tx.lockUser(user.id);
    const session = newSession({
      environmentId: core.environmentId,
      userId: user.id,
      scope: await firstScope(policy, tx, user.id),
      firstFactorAt: factor.provenAt,
      credentialId: await credentialIdOf({ ...factor.identity, userId: user.id }),
      amr: factor.amr,
      now,
    });
    await tx.createSession(session);
    if (!isNew) await tx.updateUser(user.id, { lastSeenAt: now });
    const hasFactor = await tx.hasVerifiedFactor(user.id);
    const elevated = grantScopes(policy, scopesAsked(policy, factor, hasFactor), { acr: 'first_factor', hasFactor });
    const minted = await mint(tx, { core, origin: auditOrigin(call), policy }, session, { token: null, elevated });
    await rememberAnswer(tx, repeatKey, { oldSid: '', session, jti, now, ...idsOf(minted) });
    return { session, user: isNew ? user : { ...user, lastSeenAt: now }, minted };
  });
  if (result.earlier) return repeatSession(call, result.earlier);
  const { session, user, minted } = result;
  return answerSession(call, { session, user, policy, jti, extra: answerMinted(minted) });
};

const scopesAsked = (policy: MfaPolicy, factor: FirstFactor, hasFactor: boolean): string[] => {
  const { requestedScopes = [], wantsLink = false } = factor;
  const getsLink = wantsLink && !hasFactor && policy.enrollment !== 'signup';
  return getsLink ? [...requestedScopes, TokenScope.Credentiallink] : requestedScopes;
};

const findOrCreateUser = (tx: StoreTransaction, call: Call, { identity, email }: FirstFactor) => {
  const user: UserRecord = {
    id: randomUuid(),
    environmentId: call.core.environmentId,
    email,
    firstName: null,
    lastName: null,
    alias: null,
    acknowledgement: null,
    passkeyHandle: null,
    createdAt: call.now,
    lastSeenAt: call.now,
  };
  return tx.findOrCreateUser({ ...identity, environmentId: call.core.environmentId, userId: user.id }, user);
};

export const firstFactorRoutes: AnyRoute[] = [
  openRoute({
    ...endpoint(wire.createEmailVerification),
    summary: 'Send a sign-in code to an e-mail address',
    body: emailBody,
    response: otpVerification,
    async handle(call) {
      const email = readEmail(call.body.email);
      return answer({ verificationUUID: await sendEmailCode(call, email), email });
    },
  }),
  openRoute({
    ...endpoint(wire.retryEmailVerification),
    summary: 'Send another sign-in code; the one sent before stays good',
    body: retryEmailBody,
    response: otpVerification,
    async handle(call) {
      const email = readEmail(call.body.email);
      return answer({ verificationUUID: await sendEmailCode(call, email), email });
    },
  }),
  openRoute({
    ...endpoint(wire.signInWithEmail),
    summary: 'Sign in with an e-mail code',
    body: emailSignInBody,
    response: verifyResponse,
    takesCode: true,
    async handle(call) {
      const { verificationUUID: id, verificationToken, requestedScopes, allowNewMFALinking: wantsLink } = call.body;
      const email = await verifyEmailCode(call, id, verificationToken);
      return signIn(call, {
        identity: { kind: 'email', issuer: '', subject: email },
        email,
        provenAt: call.now,
        amr: 'otp',
        ...(requestedScopes && { requestedScopes }),
        ...(wantsLink !== undefined && { wantsLink }),
        use: (tx) => tx.completeEmailVerification(id, call.now),
      });
    },
    repeat: repeatSession,
  }),
  openRoute({
    ...endpoint(wire.signInWithExternalJwt),
    summary: "Sign in with a token of the application's own sign-in",
    body: externalSignInBody,
    response: verifyResponse,
    async handle(call) {
      const { externalVerifier, options } = call.core;
      if (!externalVerifier || !options.externalAuth) throw refuse('mfa_method_disabled');
      const { subject, email, provenAt } = await externalVerifier.verify(call.body.jwt, call.now);
      const identity = { kind: 'external' as const, issuer: options.externalAuth.issuer, subject };
      return signIn(call, { identity, email, provenAt, amr: '' });
    },
  }),
];
