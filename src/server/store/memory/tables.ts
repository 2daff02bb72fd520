/** The tables of the memory store: those of the SQL stores, keyed and owned alike. */
import type {
  AttemptRecord,
  AuditRecord,
  ChallengeRecord,
  EmailVerificationRecord,
  IdempotencyRecord,
  IdentityRecord,
  PasskeyRecord,
  RecoverySetRecord,
  SessionRecord,
  TotpDeviceRecord,
  UserRecord,
} from '../records.js';
import type { ApprovalRecord, ElevatedTokenRecord, MfaTokenRecord, WaitingActionRecord } from '../stepUpRecords.js';
import { Table, type TableView } from './Table.js';

interface Rows {
  policies: { environmentId: string; policy: string };
  users: UserRecord;
  identities: IdentityRecord;
  sessions: SessionRecord;
  devices: TotpDeviceRecord;
  passkeys: PasskeyRecord;
  challenges: ChallengeRecord;
  recoverySets: RecoverySetRecord;
  recoveryCodes: { codeHash: string; setId: string; userId: string; usedAt: number | null; usedSid: string | null };
  attempts: AttemptRecord;
  mfaTokens: MfaTokenRecord;
  elevatedTokens: ElevatedTokenRecord;
  approvals: ApprovalRecord;
  waitingActions: WaitingActionRecord;
  emailVerifications: EmailVerificationRecord;
  sends: { key: string; sentAt: number[]; expiresAt: number };
  idempotency: IdempotencyRecord;
  audit: AuditRecord;
}

export type Tables = { readonly [Name in keyof Rows]: Table<Rows[Name]> };
export type Views = { readonly [Name in keyof Rows]: TableView<Rows[Name]> };

export function createTables(): Tables {
  const users = new Table<UserRecord>({ name: 'users', keyOf: ({ id }) => id, ownerOf: (row) => row.environmentId });
  const hasOwner = (userId: string) => users.get(userId) !== undefined;
  const ofUser = <Row extends { userId: string }>(name: string, keyOf: (row: Row) => string) =>
    new Table<Row>({ name, keyOf, ownerOf: ({ userId }) => userId, hasOwner });
  const ofNobody = <Row extends object>(name: string, keyOf: (row: Row) => string) =>
    new Table<Row>({ name, keyOf, ownerOf: () => '' });

  return {
    policies: ofNobody('policies', ({ environmentId }) => environmentId),
    users,
    identities: ofUser<IdentityRecord>('identities', identityKey),
    sessions: ofUser('sessions', ({ sid }) => sid),
    devices: ofUser('devices', ({ id }) => id),
    passkeys: ofUser('passkeys', ({ credentialId }) => credentialId),
    // Those of a sign-in have no user yet.
    challenges: new Table({ name: 'challenges', keyOf: ({ hash }) => hash, ownerOf: ({ userId }) => userId }),
    recoverySets: ofUser('recoverySets', ({ id }) => id),
    recoveryCodes: ofUser('recoveryCodes', ({ codeHash }) => codeHash),
    attempts: ofUser<AttemptRecord>('attempts', attemptKey),
    mfaTokens: ofUser('mfaTokens', ({ hash }) => hash),
    elevatedTokens: ofUser('elevatedTokens', ({ id }) => id),
    approvals: ofUser('approvals', ({ id }) => id),
    waitingActions: ofUser<WaitingActionRecord>('waitingActions', waitingKey),
    emailVerifications: ofNobody('emailVerifications', ({ id }) => id),
    sends: ofNobody('sends', ({ key }) => key),
    idempotency: ofNobody('idempotency', ({ keyHash }) => keyHash),
    audit: ofUser('audit', auditKey),
  };
}

/** JSON keeps the parts apart whatever characters they hold. */
export function identityKey({ environmentId, kind, issuer, subject }: Omit<IdentityRecord, 'userId'>): string {
  return JSON.stringify([environmentId, kind, issuer, subject]);
}

export function attemptKey({ userId, factor }: Pick<AttemptRecord, 'userId' | 'factor'>): string {
  return JSON.stringify([userId, factor]);
}

/** What waits waits once: with no subject as well. */
export function waitingKey({ userId, action, subject }: WaitingActionRecord): string {
  return JSON.stringify([userId, action, subject ?? '']);
}

function auditKey({ userId, seq }: AuditRecord): string {
  return JSON.stringify([userId, seq]);
}

export function committedViews(tables: Tables): Views {
  return {
    policies: tables.policies.committed(),
    users: tables.users.committed(),
    identities: tables.identities.committed(),
    sessions: tables.sessions.committed(),
    devices: tables.devices.committed(),
    passkeys: tables.passkeys.committed(),
    challenges: tables.challenges.committed(),
    recoverySets: tables.recoverySets.committed(),
    recoveryCodes: tables.recoveryCodes.committed(),
    attempts: tables.attempts.committed(),
    mfaTokens: tables.mfaTokens.committed(),
    elevatedTokens: tables.elevatedTokens.committed(),
    approvals: tables.approvals.committed(),
    waitingActions: tables.waitingActions.committed(),
    emailVerifications: tables.emailVerifications.committed(),
    sends: tables.sends.committed(),
    idempotency: tables.idempotency.committed(),
    audit: tables.audit.committed(),
  };
}
