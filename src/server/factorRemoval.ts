/** Taking a factor away: who may, whether it may go, and what goes with it (security.md D9). */
import { TokenScope } from '../wire/scopes.js';
import { appendAudit } from './audit.js';
import { auditOrigin, type SignedInCall } from './call.js';
import { demandFreshFactor } from './guard.js';
import type { MfaPolicy } from './policy.js';
import { endOtherAccess } from './proofs.js';
import { refuse } from './refusals.js';
import type { StoreTransaction } from './store/Store.js';

/** Removes an authenticator app or a passkey of the user, who must be locked. */
export const removeFactor = async (
  tx: StoreTransaction,
  call: SignedInCall,
  policy: MfaPolicy,
  factor: { kind: 'totp' | 'passkey'; id: string },
): Promise<void> => {
  const { user, session } = call;
  await demandFreshFactor(tx, call, { scope: TokenScope.Credentialunlink });
  if (factor.kind === 'totp') await tx.deleteTotp(user.id, factor.id);
  else await tx.deletePasskey(user.id, factor.id);
  const hasAnother = await tx.hasVerifiedFactor(user.id);
  if (!hasAnother && policy.enrollment === 'signup') throw refuse('mfa_last_factor_required');
  if (!hasAnother) {
    // Codes that stand in for a factor are nothing without one.
    await tx.deleteRecoverySets(user.id);
    await tx.updateUser(user.id, { acknowledgement: null });
  }
  await endOtherAccess(tx, call, session.sid);
  await appendAudit(tx, auditOrigin(call), user.id, 'factor_removed', { factorId: factor.id });
};
