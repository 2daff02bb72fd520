/** Records as the server would make them, with what a test says about them. */
import { randomUUID } from 'node:crypto';
import type {
  AuditRecord,
  ChallengeRecord,
  EmailVerificationRecord,
  IdempotencyRecord,
  PasskeyRecord,
  RecoverySetRecord,
  SessionRecord,
  TotpDeviceRecord,
  UserRecord,
} from '../../../../src/server/store/records.js';
import type { Store } from '../../../../src/server/store/Store.js';
import type {
  ApprovalRecord,
  ElevatedTokenRecord,
  MfaTokenRecord,
  WaitingActionRecord,
} from '../../../../src/server/store/stepUpRecords.js';

export const environmentId = 'b0a9e3c4-1d5f-4f0e-9a61-0c8f6a1d2e37';
/** A time beyond 2^31 ms, as every real one is. */
export const now = Date.UTC(2026, 0, 15, 12);
export const minute = 60_000;
export const day = 24 * 60 * minute;

export function userRecord(changes: Partial<UserRecord> = {}): UserRecord {
  return {
    id: randomUUID(),
    environmentId,
    email: null,
    firstName: null,
    lastName: null,
    alias: null,
    acknowledgement: null,
    passkeyHandle: null,
    createdAt: now,
    lastSeenAt: now,
    ...changes,
  };
}

/** A user of its own for each test, so that tests share one store. */
export async function newUser(store: Store, changes: Partial<UserRecord> = {}): Promise<string> {
  const user = userRecord(changes);
  const identity = {
    environmentId: user.environmentId,
    kind: 'email',
    issuer: '',
    subject: `${user.id}@example.com`,
  } as const;
  await store.transaction((tx) => tx.findOrCreateUser({ ...identity, userId: user.id }, user));
  return user.id;
}

export function sessionRecord(userId: string, changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    sid: randomUUID(),
    environmentId,
    userId,
    lineId: 'line-1',
    scope: 'user:basic',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + day,
    idleMs: 60 * minute,
    firstFactorAt: now,
    credentialId: null,
    authTime: now,
    factorAt: null,
    acr: 'first_factor',
    amr: 'otp',
    endedAt: null,
    endReason: null,
    retiredJti: null,
    pendingGrant: null,
    ...changes,
  };
}

export function deviceRecord(userId: string, changes: Partial<TotpDeviceRecord> = {}): TotpDeviceRecord {
  return {
    id: randomUUID(),
    userId,
    state: 'pending',
    secret: 'v1.k1.sealed',
    alias: null,
    isDefault: false,
    lastStep: -1,
    lastLineId: null,
    drift: 0,
    wrongCodes: 0,
    lineId: 'line-1',
    replacesId: null,
    createdAt: now,
    verifiedAt: null,
    lastUsedAt: null,
    expiresAt: now + 10 * minute,
    ...changes,
  };
}

/** A verified authenticator app whose newest used step is `step`. */
export async function newTotp(store: Store, userId: string, step = 100): Promise<string> {
  const device = deviceRecord(userId);
  await store.transaction(async (tx) => {
    await tx.createPendingTotp(device);
    await tx.confirmTotp({ userId, id: device.id, step, lineId: 'line-1', drift: 0, isDefault: true, now });
  });
  return device.id;
}

export function passkeyRecord(userId: string, changes: Partial<PasskeyRecord> = {}): PasskeyRecord {
  return {
    id: randomUUID(),
    userId,
    credentialId: randomUUID(),
    publicKey: 'cose-key',
    signCount: 0,
    transports: 'internal hybrid',
    isBackupEligible: true,
    isBackedUp: false,
    rpId: 'example.com',
    aaguid: '00000000-0000-0000-0000-000000000000',
    alias: null,
    userAgent: null,
    origin: 'https://example.com',
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
    ...changes,
  };
}

/** A registered passkey. */
export async function newPasskey(store: Store, userId: string, changes: Partial<PasskeyRecord> = {}) {
  const passkey = passkeyRecord(userId, changes);
  await store.transaction((tx) => tx.createPasskey(passkey));
  return passkey;
}

export function challengeRecord(userId: string, changes: Partial<ChallengeRecord> = {}): ChallengeRecord {
  return {
    hash: randomUUID(),
    environmentId,
    purpose: 'authenticate',
    userId,
    sid: 'sid-1',
    rpId: 'example.com',
    requiresUserVerification: true,
    createdAt: now,
    expiresAt: now + 5 * minute,
    ...changes,
  };
}

export function setRecord(userId: string, changes: Partial<RecoverySetRecord> = {}): RecoverySetRecord {
  return {
    id: randomUUID(),
    userId,
    isLive: true,
    salt: 'salt',
    rounds: 1000,
    pepperId: 'p1',
    sealed: 'v1.k1.codes',
    createdAt: now,
    sealedUntil: now + day,
    acknowledgedAt: null,
    ...changes,
  };
}

/** A set with `count` codes and their hashes. */
export async function newRecoverySet(
  store: Store,
  userId: string,
  changes: Partial<RecoverySetRecord> = {},
  count = 10,
) {
  const set = setRecord(userId, changes);
  const hashes = Array.from({ length: count }, () => randomUUID());
  await store.transaction((tx) => tx.createRecoverySet(set, hashes));
  return { set, hashes, hash: hashes[0] ?? '' };
}

export function tokenRecord(userId: string, changes: Partial<MfaTokenRecord> = {}): MfaTokenRecord {
  return {
    id: randomUUID(),
    hash: randomUUID(),
    userId,
    sid: 'sid-1',
    action: null,
    singleUse: true,
    acr: 'factor',
    amr: 'otp mfa',
    provenAt: now - 1,
    payloadDigest: null,
    createdAt: now,
    expiresAt: now + 2 * minute,
    usedAt: null,
    revokedAt: null,
    ...changes,
  };
}

export function elevatedRecord(userId: string, changes: Partial<ElevatedTokenRecord> = {}): ElevatedTokenRecord {
  return {
    id: randomUUID(),
    userId,
    sid: 'sid-1',
    scopes: 'wallet:export wallet:sign',
    singleUse: true,
    acr: 'factor',
    createdAt: now,
    expiresAt: now + 5 * minute,
    usedAt: null,
    revokedAt: null,
    ...changes,
  };
}

export function approvalRecord(userId: string, changes: Partial<ApprovalRecord> = {}): ApprovalRecord {
  return {
    id: randomUUID(),
    userId,
    sid: 'sid-1',
    action: 'transfer',
    payloadDigest: 'digest',
    summary: 'Send 5 to Bo',
    createdAt: now,
    expiresAt: now + 5 * minute,
    ...changes,
  };
}

export function waitingRecord(userId: string, changes: Partial<WaitingActionRecord> = {}): WaitingActionRecord {
  return {
    id: randomUUID(),
    userId,
    environmentId,
    action: 'wallet.waas.reshare',
    subject: 'wallet-1',
    summary: null,
    createdAt: now,
    ...changes,
  };
}

export function verificationRecord(changes: Partial<EmailVerificationRecord> = {}): EmailVerificationRecord {
  return {
    id: randomUUID(),
    environmentId,
    email: 'ada@example.com',
    codeHash: 'hash',
    tries: 0,
    createdAt: now,
    expiresAt: now + 10 * minute,
    usedAt: null,
    ...changes,
  };
}

export function idempotencyRecord(changes: Partial<IdempotencyRecord> = {}): IdempotencyRecord {
  return {
    keyHash: randomUUID(),
    bodyMac: 'mac',
    oldSid: 'old',
    newSid: 'new',
    jti: 'jti-1',
    mfaTokenId: null,
    elevatedId: null,
    expiresAt: now + 2 * minute,
    ...changes,
  };
}

export function auditRecord(userId: string, changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: randomUUID(),
    environmentId,
    userId,
    seq: 1,
    at: now,
    event: 'totp_ok',
    sidHash: null,
    factorId: null,
    ip: null,
    agentHash: null,
    reason: null,
    hash: 'h1',
    ...changes,
  };
}
