/** The recovery codes that come with a first factor: made before the transaction, kept in it (security.md D3). */
import { appendAudit } from './audit.js';
import { auditOrigin, type SignedInCall } from './call.js';
import { allowsRecoveryCodes, type MfaPolicy } from './policy.js';
import { DEFAULT_LENGTH, DEFAULT_ROUNDS, prepareRecoverySet } from './recoveryCodes.js';
import type { StoreTransaction } from './store/Store.js';

/** Recovery codes for a user who gets a first factor; null when there are some, or they are switched off. */
export const prepareFirstCodes = async (call: SignedInCall, policy: MfaPolicy) => {
  const { core, user, now } = call;
  if (!allowsRecoveryCodes(policy)) return null;
  const sets = await core.store.findRecoverySets(user.id, now);
  if (sets.live) return null;
  return prepareRecoverySet({
    userId: user.id,
    pepper: core.pepper,
    vault: core.vault,
    rounds: core.options.recoveryCodeRounds ?? DEFAULT_ROUNDS,
    length: core.options.recoveryCodes?.length ?? DEFAULT_LENGTH,
    isLive: true,
    now,
  });
};

export type FirstCodes = Awaited<ReturnType<typeof prepareFirstCodes>>;

/** Keeps them, unless others came meanwhile. Says whether there are new codes to save. */
export const keepFirstCodes = async (tx: StoreTransaction, call: SignedInCall, codes: FirstCodes): Promise<boolean> => {
  const { user, now } = call;
  if (codes === null || (await tx.findRecoverySets(user.id, now)).live !== null) return false;
  await tx.createRecoverySet(codes.set, codes.codeHashes);
  await tx.updateUser(user.id, { acknowledgement: 'pending' });
  await appendAudit(tx, auditOrigin(call), user.id, 'recovery_generated', { factorId: codes.set.id });
  return true;
};
