/** Brings authenticator apps along from another service: verified there, sealed here. */
import { appendAudit } from '../audit.js';
import type { Core } from '../core.js';
import { randomUuid, timingSafeEqual } from '../crypto.js';
import type { ImportedTotp } from '../MfaImports.js';
import { allowsRecoveryCodes } from '../policy.js';
import { revokeTokens } from '../proofs.js';
import { refuse } from '../refusals.js';
import { importedTotp, readBody } from '../schema.js';
import type { TotpDeviceRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import { readTotpSecret, timeStepAt } from '../totp.js';

const invalid = (field: string) => refuse('invalid_request', { payload: { field } });

/**
 * The codes shown just now are good once. Those of the last use there, and of the step after it that an app running ahead
 * would have shown, are not (RFC 6238 §5.2).
 */
const lastStepOf = (lastUsedAt: number | null, now: number): number => {
  const before = timeStepAt(now) - 2;
  return lastUsedAt === null ? before : Math.max(before, timeStepAt(lastUsedAt) + 1);
};

/** What follows from a factor added: the log, an end to what was granted without it, and codes to save. */
const settleImport = async (
  tx: StoreTransaction,
  { environmentId, options }: Core,
  userId: string,
  { deviceId, showsCodes, now }: { deviceId: string; showsCodes: boolean; now: number },
): Promise<void> => {
  const origin = { environmentId, now, sid: null, ip: null, agentHash: null };
  await appendAudit(tx, origin, userId, 'enroll_confirmed', { factorId: deviceId, reason: 'imported' });
  if ((await revokeTokens(tx, userId, now)) > 0) {
    await appendAudit(tx, origin, userId, 'token_revoked', { reason: 'factors_changed' });
  }
  if (!options.keepOtherSessions) await tx.endOtherSessions(userId, null, 'factors_changed', now);
  const hasCodes = (await tx.findRecoverySets(userId, now)).live !== null;
  if (showsCodes && !hasCodes) await tx.updateUser(userId, { acknowledgement: 'pending' });
};

export const importTotp = async (core: Core, input: ImportedTotp): Promise<{ deviceId: string; isNew: boolean }> => {
  const given = readBody(importedTotp, input);
  const secret = readTotpSecret(given.secret);
  if (secret === null) throw invalid('secret');
  const now = core.clock();
  const { userId, alias = null, createdAt = now, lastUsedAt = null, acknowledged = false } = given;
  if (createdAt > now) throw invalid('createdAt');
  if (lastUsedAt !== null && lastUsedAt > now) throw invalid('lastUsedAt');
  const showsCodes = !acknowledged && allowsRecoveryCodes(await core.policy());
  const id = randomUuid();
  const device: TotpDeviceRecord = {
    id,
    userId,
    state: 'verified',
    secret: await core.vault.seal('totp-secret', { userId, id }, secret),
    alias,
    isDefault: true,
    lastStep: lastStepOf(lastUsedAt, now),
    lastLineId: null,
    drift: 0,
    wrongCodes: 0,
    lineId: '',
    replacesId: null,
    createdAt,
    verifiedAt: createdAt,
    lastUsedAt,
    expiresAt: null,
  };
  return core.store.transaction(async (tx) => {
    await tx.lockUser(userId);
    if (!(await tx.findUser(core.environmentId, userId))) throw refuse('not_found');
    const verified = (await tx.listTotpDevices(userId)).find(({ state }) => state === 'verified');
    if (verified) {
      const known = await core.vault.open('totp-secret', { userId, id: verified.id }, verified.secret);
      if (timingSafeEqual(known, secret)) return { deviceId: verified.id, isNew: false };
      throw refuse('mfa_totp_already_enrolled');
    }
    // Also where the lock was not enough: the database holds at most one.
    if (!(await tx.createVerifiedTotp(device))) throw refuse('mfa_totp_already_enrolled');
    await settleImport(tx, core, userId, { deviceId: id, showsCodes, now });
    return { deviceId: id, isNew: true };
  });
};
