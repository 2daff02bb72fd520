/** Enrolling an authenticator app: begin or resume, and what the first good code makes of it. */
import { appendAudit } from './audit.js';
import { auditOrigin, type SignedInCall } from './call.js';
import { randomUuid } from './crypto.js';
import { type FirstCodes, keepFirstCodes } from './firstCodes.js';
import { demandMayAddFactor, requireScope } from './guard.js';
import { isMethodEnabled } from './policy.js';
import { LostRaceError, tell } from './proofs.js';
import { type Refusal, refuse } from './refusals.js';
import type { TotpDeviceRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';
import { newTotpSecret } from './totp.js';

const PENDING_MS = 10 * 60_000;
const WRONG_CODES = 5;

/**
 * The pending device of this line of sessions: the one begun before while it lives, or a new one. Somebody else's is
 * never resumed, or whoever knows the first factor could plant their own secret.
 */
export const beginTotp = async (call: SignedInCall, wantsReplacement: boolean): Promise<TotpDeviceRecord> => {
  const { core, session, user, now } = call;
  if (!isMethodEnabled(await core.policy(), 'totp')) throw refuse('mfa_method_disabled');
  const id = randomUuid();
  const secret = await core.vault.seal('totp-secret', { userId: user.id, id }, newTotpSecret());
  return core.store.transaction(async (tx) => {
    await tx.lockUser(user.id);
    const devices = await tx.listTotpDevices(user.id);
    const verified = devices.find((device) => device.state === 'verified') ?? null;
    const pending = devices.find((device) => device.state === 'pending') ?? null;
    const hasFactor = await tx.hasVerifiedFactor(user.id);
    // A session that waits may enrol the first factor and no other.
    if (hasFactor) requireScope(session, 'basic');
    if (verified && !wantsReplacement) throw refuse('mfa_totp_already_enrolled');
    const replacesId = verified?.id ?? null;
    if (pending && isResumable(pending, call, replacesId)) return pending;
    // A recovery code stands in for the app it replaces, and for no other (D3).
    await demandMayAddFactor(tx, call, { isRecoveryEnough: verified !== null });
    if (pending) await dropPending(tx, call, pending, (pending.expiresAt ?? 0) <= now ? 'expired' : 'superseded');
    const device: TotpDeviceRecord = {
      id,
      userId: user.id,
      state: 'pending',
      secret,
      alias: null,
      isDefault: false,
      lastStep: -1,
      lastLineId: null,
      drift: 0,
      wrongCodes: 0,
      lineId: session.lineId,
      replacesId,
      createdAt: now,
      verifiedAt: null,
      lastUsedAt: null,
      expiresAt: now + PENDING_MS,
    };
    if (!(await tx.createPendingTotp(device))) throw new Error('a pending device appeared under the lock');
    await appendAudit(tx, auditOrigin(call), user.id, 'enroll_started', { factorId: id });
    return device;
  });
};

const isResumable = (pending: TotpDeviceRecord, call: SignedInCall, replacesId: string | null): boolean =>
  pending.lineId === call.session.lineId &&
  pending.replacesId === replacesId &&
  pending.expiresAt !== null &&
  pending.expiresAt > call.now;

const dropPending = async (tx: StoreTransaction, call: SignedInCall, pending: TotpDeviceRecord, reason: string) => {
  await tx.deleteTotp(call.user.id, pending.id);
  await appendAudit(tx, auditOrigin(call), call.user.id, 'enroll_expired', { factorId: pending.id, reason });
};

/** Counts a wrong code against a pending device; five end it. Gives the refusal that says so, or null. */
export const countWrongCode = async (
  tx: StoreTransaction,
  call: SignedInCall,
  pending: TotpDeviceRecord,
): Promise<Refusal | null> => {
  const wrong = await tx.countWrongPendingCode(call.user.id, pending.id);
  if (wrong < WRONG_CODES) return null;
  await dropPending(tx, call, pending, 'wrong_codes');
  return refuse('mfa_invalid_code', { payload: { reason: 'enrollment_expired' } });
};

/** Turns the pending device into the verified one, retires the one it replaces, and keeps the first recovery codes. */
export const confirmDevice = async (
  tx: StoreTransaction,
  call: SignedInCall,
  input: { device: TotpDeviceRecord; step: number; drift: number; codes: FirstCodes },
): Promise<{ hasNewCodes: boolean; event: 'enroll_confirmed' | 'factor_replaced' }> => {
  const { session, user, now } = call;
  const { device, step, drift, codes } = input;
  // Before the new one, because the database holds at most one verified. Undone with everything else if that fails.
  if (device.replacesId) await tx.deleteTotp(user.id, device.replacesId);
  const isFirst = !(await tx.hasVerifiedFactor(user.id));
  // Somebody enrolled meanwhile in another session: this one still owes that factor.
  if (!isFirst || device.replacesId) requireScope(session, 'basic');
  const change = { userId: user.id, id: device.id, step, lineId: session.lineId, drift, isDefault: true, now };
  if (!(await tx.confirmTotp(change))) throw new LostRaceError();
  const hasNewCodes = await keepFirstCodes(tx, call, codes);
  return { hasNewCodes, event: device.replacesId ? 'factor_replaced' : 'enroll_confirmed' };
};

export const tellOfChange = (call: SignedInCall, device: TotpDeviceRecord): void =>
  tell(call, device.replacesId ? 'factor_replaced' : 'factor_added');
