/**
 * What the server asks of a database: reads, and changes that each say what they mean and take effect at most once.
 *
 * A change that can lose a race answers whether it took effect; it is one conditional statement, whatever the process
 * next door does (security.md D1). Changes exist only inside `transaction`, except the reservation of an attempt, which
 * must outlive a verification that fails (D2).
 */
import type {
  AttemptRecord,
  AuditRecord,
  ChallengePurpose,
  ChallengeRecord,
  EmailVerificationRecord,
  FactorKind,
  IdempotencyRecord,
  IdentityRecord,
  PasskeyRecord,
  PendingGrant,
  RecoverySetRecord,
  RecoverySets,
  SessionEndReason,
  SessionRecord,
  TotpDeviceRecord,
  UserRecord,
} from './records.js';
import type {
  ApprovalRecord,
  ElevatedTokenRecord,
  MfaTokenRecord,
  MfaTokenUse,
  WaitingActionRecord,
} from './stepUpRecords.js';

export interface Store extends StoreReads {
  /** Connects, asserts that a commit is durable (D15), and migrates. Safe when two processes start at once. */
  start(): Promise<void>;
  close(): Promise<void>;
  /**
   * Runs `work` in one transaction: all of it is kept, or none when it throws. What `work` read may be stale on
   * PostgreSQL unless it called `lockUser` first. Throws `StoreBusyError` when no writer slot came free in 5 s.
   */
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>): Promise<T>;
  /**
   * Takes a slot for one guess, before the guess is looked at, committed on its own. Raises `fails` and `windowFails`
   * and sets the wait that follows, in one conditional statement; refused while a wait runs or the factor is suspended.
   */
  reserveAttempt(input: { userId: string; factor: FactorKind; now: number }): Promise<AttemptReservation>;
}

export type AttemptReservation =
  | { isReserved: true; fails: number; epoch: number }
  | { isReserved: false; isSuspended: boolean; nextAt: number };

/** An approval is found by the session that was asked, while it lives. */
export interface ApprovalKey {
  id: string;
  userId: string;
  sid: string;
  now: number;
}

/** A writer slot did not come free in time: the request may be repeated as it is. */
export class StoreBusyError extends Error {
  override name = 'StoreBusyError';
}

export interface StoreReads {
  findPolicy(environmentId: string): Promise<string | null>;
  findUser(environmentId: string, userId: string): Promise<UserRecord | null>;
  /** Ids of an environment in ascending order, those after `after`: a page for work on everybody. */
  listUserIds(environmentId: string, after: string, limit: number): Promise<string[]>;
  findIdentity(input: Omit<IdentityRecord, 'userId'>): Promise<IdentityRecord | null>;
  listIdentities(userId: string): Promise<IdentityRecord[]>;
  findSession(sid: string): Promise<SessionRecord | null>;
  listTotpDevices(userId: string): Promise<TotpDeviceRecord[]>;
  /** Oldest first. */
  listPasskeys(userId: string): Promise<PasskeyRecord[]>;
  /** By its credential id, whoever it belongs to. */
  findPasskey(credentialId: string): Promise<PasskeyRecord | null>;
  /** Whether the user has any verified factor, passkeys included, recovery codes aside. */
  hasVerifiedFactor(userId: string): Promise<boolean>;
  findRecoverySets(userId: string, now: number): Promise<RecoverySets>;
  /** Every code of every set of the user, used or not, by its hash. */
  listRecoveryCodes(userId: string): Promise<{ setId: string; codeHash: string }[]>;
  listAttempts(userId: string): Promise<AttemptRecord[]>;
  findMfaToken(hash: string): Promise<MfaTokenRecord | null>;
  /** Whether the session has a live single-use token that is not spent and that a factor earned, not a recovery code. */
  hasUnspentMfaToken(input: { userId: string; sid: string; now: number }): Promise<boolean>;
  findElevatedToken(id: string): Promise<ElevatedTokenRecord | null>;
  /** Whether the session has a token of this scope that could be used now. */
  hasLiveElevatedToken(input: { userId: string; sid: string; scope: string; now: number }): Promise<boolean>;
  findApproval(input: ApprovalKey): Promise<ApprovalRecord | null>;
  /** Oldest first. */
  listWaitingActions(userId: string): Promise<WaitingActionRecord[]>;
  findIdempotency(keyHash: string, now: number): Promise<IdempotencyRecord | null>;
  findEmailVerification(environmentId: string, id: string): Promise<EmailVerificationRecord | null>;
  listAudit(userId: string): Promise<AuditRecord[]>;
  /** Users of an environment, and how many of them have no verified factor. */
  countUsers(environmentId: string): Promise<{ users: number; withoutFactor: number }>;
}

export interface StoreTransaction extends StoreReads {
  /** Holds back other transactions of this user until this one ends. First call of every transaction about a user. */
  lockUser(userId: string): Promise<void>;

  // Policy
  putPolicy(environmentId: string, policy: string, now: number): Promise<void>;

  // Users
  /** The user behind an identity, made together with it if there is none. Two callers at once get the same user. */
  findOrCreateUser(identity: IdentityRecord, user: UserRecord): Promise<{ user: UserRecord; isNew: boolean }>;
  /** False when the id or the identity is taken: then nothing is made. */
  createUser(identity: IdentityRecord, user: UserRecord): Promise<boolean>;
  /** Another way in for a user there is. False when it leads to somebody already. */
  addIdentity(identity: IdentityRecord): Promise<boolean>;
  updateUser(
    userId: string,
    changes: Partial<Pick<UserRecord, 'email' | 'firstName' | 'lastName' | 'alias' | 'acknowledgement' | 'lastSeenAt'>>,
  ): Promise<void>;
  /** Removes the user and everything about them. */
  eraseUser(userId: string): Promise<void>;

  // Sessions
  createSession(session: SessionRecord): Promise<void>;
  touchSession(sid: string, now: number): Promise<void>;
  /** False when it had ended already: of a thousand callers one gets true. */
  endSession(sid: string, reason: SessionEndReason, now: number): Promise<boolean>;
  endOtherSessions(userId: string, keepSid: string | null, reason: SessionEndReason, now: number): Promise<number>;
  /** Notes a fresh proof in a session that keeps its id. False when it has ended. */
  recordProof(sid: string, proof: Pick<SessionRecord, 'authTime' | 'factorAt' | 'acr' | 'amr'>): Promise<boolean>;
  /** Notes that the first factor was proven anew. False when the session has ended. */
  renewFirstFactor(sid: string, renewed: Pick<SessionRecord, 'firstFactorAt' | 'credentialId'>): Promise<boolean>;
  setPendingGrant(sid: string, grant: PendingGrant): Promise<void>;
  /** Takes the grant away as it answers it, so that it is minted once. */
  takePendingGrant(sid: string): Promise<PendingGrant | null>;
  retireJti(sid: string, jti: string): Promise<void>;

  // Authenticator apps
  /** False when the user has a pending one already: the database holds at most one. */
  createPendingTotp(device: TotpDeviceRecord): Promise<boolean>;
  /** One that was verified elsewhere. False when the user has a verified one already: the database holds at most one. */
  createVerifiedTotp(device: TotpDeviceRecord): Promise<boolean>;
  /** Counts a wrong code against a pending device and gives the count. */
  countWrongPendingCode(userId: string, id: string): Promise<number>;
  /**
   * Turns a pending device into the verified one and burns the step of the code that did it. False when it is no longer
   * pending, has expired, or another verified one stands in the way (the database's own constraint).
   */
  confirmTotp(input: {
    userId: string;
    id: string;
    step: number;
    lineId: string;
    drift: number;
    isDefault: boolean;
    now: number;
  }): Promise<boolean>;
  /** Uses a time step of the verified device. False when this or a later one was used before. */
  consumeTotpStep(input: {
    userId: string;
    id: string;
    step: number;
    lineId: string;
    drift: number;
    now: number;
  }): Promise<boolean>;
  /** Stores the secret sealed anew; false when it changed meanwhile. */
  resealTotp(id: string, oldSecret: string, newSecret: string): Promise<boolean>;
  setDefaultTotp(userId: string, id: string): Promise<boolean>;
  deleteTotp(userId: string, id: string): Promise<boolean>;

  // Passkeys
  /** Gives the user this WebAuthn handle unless there is one; answers the one that counts. */
  claimPasskeyHandle(userId: string, handle: string): Promise<string>;
  /** False when the credential id is registered already, by whomever: the database's own constraint. */
  createPasskey(passkey: PasskeyRecord): Promise<boolean>;
  /**
   * Notes a use. False when the counter did not rise (WebAuthn L3 §6.1.1; both zero counts as risen) or the passkey is
   * gone: the stored counter never falls.
   */
  usePasskey(input: {
    userId: string;
    id: string;
    signCount: number;
    isBackedUp: boolean;
    now: number;
  }): Promise<boolean>;
  renamePasskey(userId: string, id: string, alias: string | null, now: number): Promise<boolean>;
  deletePasskey(userId: string, id: string): Promise<boolean>;
  /** Keeps a challenge, and of the session's only the newest `limit`. Without a session all are kept until they expire. */
  createChallenge(challenge: ChallengeRecord, limit: number): Promise<void>;
  /** Takes a live challenge away as it answers it, so that one is looked at once, whatever comes of it. */
  takeChallenge(input: {
    hash: string;
    environmentId: string;
    purpose: ChallengePurpose;
    userId: string;
    sid: string;
    now: number;
  }): Promise<ChallengeRecord | null>;

  // Recovery codes
  createRecoverySet(set: RecoverySetRecord, codeHashes: readonly string[]): Promise<void>;
  /** Uses a code of the live set. False when there is none such, or it was used before. */
  consumeRecoveryCode(input: {
    userId: string;
    setId: string;
    codeHash: string;
    sid: string;
    now: number;
  }): Promise<boolean>;
  /** Makes the set the live one, drops any other set, and deletes the sealed text. False when it is not pending. */
  acknowledgeRecoverySet(userId: string, setId: string, now: number): Promise<boolean>;
  /** Stores a set under other keys: its pepper, its sealed text, and each code's hash in place of the old one. */
  resealRecoverySet(input: {
    userId: string;
    setId: string;
    pepperId: string;
    sealed: string | null;
    codeHashes: readonly { from: string; to: string }[];
  }): Promise<void>;
  /** Without `setId`, all sets of the user. */
  deleteRecoverySets(userId: string, setId?: string): Promise<void>;

  // Attempts
  /** Gives a reserved slot back, never below zero, and not once a success came between. */
  refundAttempt(input: { userId: string; factor: FactorKind; epoch: number }): Promise<void>;
  /** Clears the consecutive count and gives the slot back to the 30 days. */
  clearAttempts(input: { userId: string; factor: FactorKind }): Promise<void>;
  /** Lifts a suspension: consecutive and 30-day counts start anew. */
  liftSuspension(userId: string, factor: FactorKind): Promise<boolean>;

  // MFA tokens
  createMfaToken(token: MfaTokenRecord): Promise<void>;
  /** Uses a token that is all that is asked of it; a single-use one only once. A refused one is not used up. */
  consumeMfaToken(input: MfaTokenUse): Promise<MfaTokenRecord | null>;
  revokeMfaToken(id: string, now: number): Promise<void>;
  revokeMfaTokens(userId: string, exceptId: string | null, now: number): Promise<number>;

  // Elevated access tokens
  createElevatedToken(token: ElevatedTokenRecord): Promise<void>;
  /** Uses a live token: a single-use one once, any other until it expires. */
  consumeElevatedToken(input: {
    id: string;
    userId: string;
    sid: string;
    now: number;
  }): Promise<ElevatedTokenRecord | null>;
  revokeElevatedToken(id: string, now: number): Promise<void>;
  revokeElevatedTokens(userId: string, exceptId: string | null, now: number): Promise<number>;

  // Approvals and waiting actions
  /** Keeps an approval, and of the session's only the newest `limit`. */
  createApproval(approval: ApprovalRecord, limit: number): Promise<void>;
  /** Takes an approval away as it answers it: one proof uses it. */
  takeApproval(input: ApprovalKey): Promise<ApprovalRecord | null>;
  /** Answers the id: that of the same user's same action on the same subject, if it waits already; its words are renewed. */
  leaveWaitingAction(waiting: WaitingActionRecord): Promise<string>;
  /** False when it was settled before. */
  settleWaitingAction(userId: string, id: string): Promise<boolean>;

  // First factor by e-mail code
  /**
   * Counts the sends to an address or from an IP, and refuses one beyond `limit` in the window.
   * `allowedAt` says when the next will be allowed.
   */
  countSend(input: {
    key: string;
    limit: number;
    windowMs: number;
    now: number;
  }): Promise<{ isAllowed: boolean; allowedAt: number }>;
  createEmailVerification(verification: EmailVerificationRecord): Promise<void>;
  /** Uses one of the five tries before the code is looked at. Null when none is left, it expired, or was used. */
  takeEmailTry(environmentId: string, id: string, now: number): Promise<EmailVerificationRecord | null>;
  /** False when it was completed before. */
  completeEmailVerification(id: string, now: number): Promise<boolean>;

  // Lost answers
  /** False when the key is taken. One that has expired makes way, tidied up or not. */
  createIdempotency(record: IdempotencyRecord, now: number): Promise<boolean>;
  updateIdempotency(
    keyHash: string,
    changes: Pick<IdempotencyRecord, 'jti' | 'mfaTokenId' | 'elevatedId'>,
  ): Promise<void>;

  // Audit
  findAuditHead(userId: string): Promise<Pick<AuditRecord, 'seq' | 'hash'> | null>;
  appendAudit(entry: AuditRecord): Promise<void>;

  /** Removes what has expired, and gives the count: what waits for the user does not expire. */
  purgeExpired(now: number): Promise<number>;
}
