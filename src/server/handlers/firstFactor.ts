/** Signing in: by e-mail code, or with a token of the application's own sign-in. */
import * as wire from '../../wire/routes.js';
import { newJti } from '../accessTokens.js';
import { answerSession } from '../answers.js';
import { type AnyRoute, answer, type Call, endpoint, openRoute, type Reply } from '../call.js';
import { randomUuid } from '../crypto.js';
import { readEmail, sendEmailCode, verifyEmailCode } from '../emailCodes.js';
import { findEarlier, rememberAnswer } from '../idempotency.js';
import { firstScope } from '../policy.js';
import { refuseScopes } from '../proofs.js';
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
      amr: factor.amr,
      now,
    });
    await tx.createSession(session);
    if (!isNew) await tx.updateUser(user.id, { lastSeenAt: now });
    await rememberAnswer(tx, repeatKey, { oldSid: '', session, jti, mfaTokenId: null, now });
    return { session, user: isNew ? user : { ...user, lastSeenAt: now } };
  });
  if (result.earlier) return repeatSession(call, result.earlier);
  return answerSession(call, { ...result, policy, jti });
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
      refuseScopes(call.body.requestedScopes);
      const id = call.body.verificationUUID;
      const email = await verifyEmailCode(call, id, call.body.verificationToken);
      return signIn(call, {
        identity: { kind: 'email', issuer: '', subject: email },
        email,
        provenAt: call.now,
        amr: 'otp',
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
