/** Recovery codes: shown until they are saved, made anew, never shown again (security.md D3). */
import * as wire from '../../wire/routes.js';
import { appendAudit } from '../audit.js';
import { type AnyRoute, answer, auditOrigin, endpoint, type SignedInCall, sessionRoute } from '../call.js';
import { demandFreshFactor, expectFreshFactor } from '../guard.js';
import { allowsRecoveryCodes } from '../policy.js';
import { DEFAULT_LENGTH, DEFAULT_ROUNDS, openRecoveryCodes, prepareRecoverySet } from '../recoveryCodes.js';
import { refuse } from '../refusals.js';
import type { RecoverySets } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { recoveryCodes } from './responses.js';

const demandCodesAllowed = async (call: SignedInCall): Promise<void> => {
  if (!allowsRecoveryCodes(await call.core.policy())) throw refuse('mfa_recovery_codes_unavailable');
  if (!(await call.core.store.hasVerifiedFactor(call.user.id))) throw refuse('mfa_enrollment_required');
};

/** The transaction-side half of every way to codes: the lock, the factor still there, the proof still fresh. */
const demandProof = async (tx: StoreTransaction, call: SignedInCall): Promise<void> => {
  await tx.lockUser(call.user.id);
  if (!(await tx.hasVerifiedFactor(call.user.id))) throw refuse('mfa_enrollment_required');
  await demandFreshFactor(tx, call);
};

/** A new set: live at once when there is no other, else beside the live one until it is acknowledged. */
const makeSet = async (call: SignedInCall, isWanted: (sets: RecoverySets) => boolean): Promise<string[] | null> => {
  const { core, user, now } = call;
  const { vault, pepper } = core;
  const rounds = core.options.recoveryCodeRounds ?? DEFAULT_ROUNDS;
  const length = core.options.recoveryCodes?.length ?? DEFAULT_LENGTH;
  // Refused before the slow part, so that hashing is not to be had without at least the look of a proof.
  await expectFreshFactor(call);
  const isLive = (await core.store.findRecoverySets(user.id, now)).live === null;
  const of = { userId: user.id, pepper, vault, rounds, length };
  const { set, codes, codeHashes } = await prepareRecoverySet({ ...of, isLive, now });
  return core.store.transaction(async (tx) => {
    await demandProof(tx, call);
    const sets = await tx.findRecoverySets(user.id, now);
    if (!isWanted(sets) || (sets.live === null) !== isLive) return null;
    await tx.createRecoverySet(set, codeHashes);
    if (isLive) await tx.updateUser(user.id, { acknowledgement: 'pending' });
    await appendAudit(tx, auditOrigin(call), user.id, 'recovery_generated', { factorId: set.id });
    return codes;
  });
};

const showPending = async (call: SignedInCall): Promise<string[] | null> => {
  const { core, user, now } = call;
  const pending = await core.store.transaction(async (tx) => {
    await demandProof(tx, call);
    return (await tx.findRecoverySets(user.id, now)).pending;
  });
  return pending && openRecoveryCodes(core.vault, pending);
};

const answerCodes = (codes: string[]) => answer({ count: codes.length, recoveryCodes: codes });

export const recoveryCodeRoutes: AnyRoute[] = [
  sessionRoute({
    ...endpoint(wire.getRecoveryCodes),
    access: 'basic',
    summary: 'The codes until they are acknowledged; afterwards only how many are left',
    response: recoveryCodes,
    isBegin: true,
    async handle(call) {
      const { core, user, now } = call;
      await demandCodesAllowed(call);
      const sets = await core.store.findRecoverySets(user.id, now);
      const isAcknowledged = sets.live !== null && user.acknowledgement === 'complete';
      if (isAcknowledged && !sets.pending) return answer({ count: sets.left, recoveryCodes: [] });
      const shown = sets.pending ? await showPending(call) : null;
      // None to show: the day to save them has passed, or codes were switched on later.
      const codes = shown ?? (await makeSet(call, (current) => current.pending === null)) ?? (await showPending(call));
      return codes ? answerCodes(codes) : answer({ count: sets.left, recoveryCodes: [] });
    },
  }),
  sessionRoute({
    ...endpoint(wire.createRecoveryCodes),
    access: 'basic',
    summary: 'New codes; the old ones stay good until the new ones are acknowledged',
    response: recoveryCodes,
    async handle(call) {
      await demandCodesAllowed(call);
      const codes = (await makeSet(call, () => true)) ?? (await showPending(call));
      if (!codes) throw refuse('mfa_recovery_codes_unavailable');
      return answerCodes(codes);
    },
  }),
];
