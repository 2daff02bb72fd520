/** Who is signed in: reading and changing the user, refreshing and ending the session. */
import * as wire from '../../wire/routes.js';
import { TokenScope } from '../../wire/scopes.js';
import { newJti } from '../accessTokens.js';
import { answerSession, answerSignedOut, describeUser } from '../answers.js';
import { appendAudit } from '../audit.js';
import {
  type AnyRoute,
  answer,
  auditOrigin,
  endpoint,
  nothingToSay,
  type SignedInCall,
  sessionRoute,
} from '../call.js';
import { listCredentials } from '../credentials.js';
import { readEmail } from '../emailCodes.js';
import { demandFreshFactor, demandFreshFirstFactor } from '../guard.js';
import { findEarlier, rememberAnswer } from '../idempotency.js';
import { answerMinted, idsOf, type Minted, mint, nothingMinted } from '../minting.js';
import { allowsRecoveryCodes, type MfaPolicy } from '../policy.js';
import { refuse } from '../refusals.js';
import { repeatSession } from '../repeats.js';
import { updateUserBody } from '../schema.js';
import { demandLiveSession } from '../session.js';
import type { UserRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { updateSelfResponse, user as userResponse, verifyResponse } from './responses.js';

/** How long after the proof the codes may be saved and still yield the token asked for at enrolment (D5). */
const GRANT_MS = 15 * 60_000;

/** The recovery codes shown last are saved: from now on they, and only they, count. Harmless when there is nothing to do. */
const acknowledge = async (tx: StoreTransaction, call: SignedInCall, policy: MfaPolicy): Promise<void> => {
  const { user, now } = call;
  const sets = await tx.findRecoverySets(user.id, now);
  const current = await tx.findUser(user.environmentId, user.id);
  if (sets.pending && (await tx.acknowledgeRecoverySet(user.id, sets.pending.id, now))) {
    await appendAudit(tx, auditOrigin(call), user.id, 'recovery_acknowledged', { factorId: sets.pending.id });
  }
  // Also when the sealed text is gone by now: the codes themselves live on, and their owner says they are saved.
  const hasCodes = sets.pending !== null || sets.live !== null;
  // Or codes were switched off after an import had announced them: then there will be none to save.
  const isDone = hasCodes || !allowsRecoveryCodes(policy);
  if (isDone && current?.acknowledgement === 'pending') await tx.updateUser(user.id, { acknowledgement: 'complete' });
};

/** The tokens an enrolment was asked for, now that the codes are saved. */
const mintGranted = async (tx: StoreTransaction, call: SignedInCall, policy: MfaPolicy): Promise<Minted> => {
  const { core, session, user, now } = call;
  const grant = await tx.takePendingGrant(session.sid);
  if (!grant || now - grant.provenAt > GRANT_MS) return nothingMinted;
  // The factor that earned them may have been taken away again.
  if (!(await tx.hasVerifiedFactor(user.id))) return nothingMinted;
  const { singleUse, action, count = 1, payloadDigest = null, elevated = null } = grant;
  const token = { singleUse, action, count, payloadDigest };
  return mint(tx, { core, origin: auditOrigin(call), policy }, session, { token, elevated });
};

type Profile = Partial<Pick<UserRecord, 'firstName' | 'lastName' | 'alias'>>;

const readProfile = (body: {
  firstName?: string | null;
  lastName?: string | null;
  alias?: string | null;
}): Profile => ({
  ...(body.firstName !== undefined && { firstName: body.firstName }),
  ...(body.lastName !== undefined && { lastName: body.lastName }),
  ...(body.alias !== undefined && { alias: body.alias }),
});

const updateUser = sessionRoute({
  ...endpoint(wire.updateUser),
  access: 'basic',
  summary: 'Change the user, or acknowledge that the recovery codes are saved',
  body: updateUserBody,
  response: updateSelfResponse,
  async handle(call) {
    const { core, session, user, now, body, repeatKey } = call;
    if (typeof body.email === 'string' && readEmail(body.email) !== user.email) {
      throw refuse('invalid_update', { payload: { field: 'email' } });
    }
    const policy = await core.policy();
    const jti = newJti();
    const outcome = await core.store.transaction(async (tx) => {
      await tx.lockUser(user.id);
      const earlier = await findEarlier(core, tx, { repeatKey, sid: session.sid, now });
      if (earlier) return { earlier };
      await demandLiveSession(tx, session.sid, now);
      const profile = readProfile(body);
      if (Object.keys(profile).length > 0) await tx.updateUser(user.id, profile);
      const isAcknowledging = body.mfaBackupCodeAcknowledgement === 'complete';
      if (isAcknowledging) await acknowledge(tx, call, policy);
      const minted = isAcknowledging ? await mintGranted(tx, call, policy) : nothingMinted;
      await rememberAnswer(tx, repeatKey, { oldSid: session.sid, session, jti, now, ...idsOf(minted) });
      return { minted, user: (await tx.findUser(core.environmentId, user.id)) ?? user };
    });
    if (outcome.earlier) return repeatSession(call, outcome.earlier, async () => ({ nextView: 'done' }));
    const extra = { nextView: 'done', ...answerMinted(outcome.minted) };
    return answerSession(call, { session, user: outcome.user, policy, jti, extra });
  },
  repeat: (call, earlier) => repeatSession(call, earlier, async () => ({ nextView: 'done' })),
});

export const sessionRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.getUser),
    access: 'waiting',
    summary: 'The signed-in user',
    response: userResponse,
    async handle({ core, user, session }) {
      return answer(describeUser(user, session, await listCredentials(core.store, user.id)));
    },
  }),
  updateUser,
  sessionRoute({
    ...endpoint(wire.deleteUser),
    access: 'basic',
    summary: 'Delete the user and everything about them',
    async handle(call) {
      const { core, session, user, now } = call;
      await core.store.transaction(async (tx) => {
        await tx.lockUser(user.id);
        if (await tx.hasVerifiedFactor(user.id)) await demandFreshFactor(tx, call, { scope: TokenScope.Userdelete });
        else demandFreshFirstFactor(await demandLiveSession(tx, session.sid, now), now);
        await tx.eraseUser(user.id);
      });
      return answerSignedOut(call);
    },
  }),
  sessionRoute({
    ...endpoint(wire.refreshSession),
    access: 'refresh',
    summary: 'A new access token while the session lives',
    response: verifyResponse,
    async handle(call) {
      return answerSession(call, { session: call.session, user: call.user, policy: await call.core.policy() });
    },
  }),
  sessionRoute({
    ...endpoint(wire.revokeSession),
    access: 'waiting',
    summary: 'Sign out',
    async handle(call) {
      const { core, session, now } = call;
      await core.store.transaction((tx) => tx.endSession(session.sid, 'signed_out', now));
      return answerSignedOut(call);
    },
  }),
  sessionRoute({
    method: 'GET',
    path: '/session',
    access: 'waiting',
    summary: 'Whether the session lives',
    handle: async () => nothingToSay,
  }),
];
