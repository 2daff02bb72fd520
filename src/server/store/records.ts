/**
 * What a store keeps. Times are unix milliseconds; hashes and sealed texts are strings made by the server's modules,
 * opaque to the store.
 */

export type FactorKind = 'totp' | 'recovery';

/** How strongly a session's owner has been proven: 1st factor only, a recovery code, a factor, phishing-resistant. */
export type Acr = 'first_factor' | 'recovery' | 'factor' | 'phr';

export interface UserRecord {
  id: string;
  environmentId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  alias: string | null;
  /** Whether the user's recovery codes have been saved: null before the first set. */
  acknowledgement: 'pending' | 'complete' | null;
  /** The WebAuthn user handle: 32 random bytes, base64url; null before the first passkey is begun. */
  passkeyHandle: string | null;
  createdAt: number;
  lastSeenAt: number;
}

/** A first factor that leads to a user. E-mail and external identities never merge by themselves. */
export interface IdentityRecord {
  environmentId: string;
  kind: 'email' | 'external';
  /** Empty for e-mail. */
  issuer: string;
  /** The normalised address, or the external subject. */
  subject: string;
  userId: string;
}

export interface SessionRecord {
  sid: string;
  environmentId: string;
  userId: string;
  /** Shared by the sessions that follow one another through an upgrade. */
  lineId: string;
  scope: string;
  createdAt: number;
  lastSeenAt: number;
  /** Absolute end. */
  expiresAt: number;
  /** Longest pause between two requests, milliseconds. */
  idleMs: number;
  /** When the first factor was proven. */
  firstFactorAt: number;
  /** Which first factor that was; null after a sign-in with a passkey. */
  credentialId: string | null;
  /** When any factor was last proven: the token's `auth_time`. */
  authTime: number;
  /** When a second factor (or recovery code) was last proven, and how strong it was. */
  factorAt: number | null;
  acr: Acr;
  /** RFC 8176 values, space-separated. */
  amr: string;
  endedAt: number | null;
  endReason: SessionEndReason | null;
  /** The access token given up when a lost answer was asked for again (security.md D17). */
  retiredJti: string | null;
  /** A token asked for together with an enrolment, minted by the acknowledgement (D5). */
  pendingGrant: PendingGrant | null;
}

export type SessionEndReason = 'signed_out' | 'upgraded' | 'factors_changed' | 'reset';

export interface PendingGrant {
  singleUse: boolean;
  action: string | null;
  provenAt: number;
  /** How many: one where it is not said, none where only an elevated access token was asked for. */
  count?: number;
  payloadDigest?: string | null;
  /** What elevated access token, if any. */
  elevated?: { scopes: string; singleUse: boolean; lifetimeMs: number } | null;
}

export interface TotpDeviceRecord {
  id: string;
  userId: string;
  state: 'pending' | 'verified';
  /** Sealed: `v1.kid.iv.ct.tag`. */
  secret: string;
  alias: string | null;
  isDefault: boolean;
  /** The newest time step used; -1 before any. */
  lastStep: number;
  /** The line of sessions that used it: only there a replay is called a replay. */
  lastLineId: string | null;
  /** The step offset seen last: -1, 0 or 1. */
  drift: number;
  /** Wrong codes against a pending device. */
  wrongCodes: number;
  /** The line of sessions that began it. */
  lineId: string;
  /** The verified device that the first good code retires. */
  replacesId: string | null;
  createdAt: number;
  verifiedAt: number | null;
  lastUsedAt: number | null;
  /** End of a pending device; null once verified. */
  expiresAt: number | null;
}

export interface PasskeyRecord {
  id: string;
  userId: string;
  /** Unique among everybody's; base64url. */
  credentialId: string;
  /** COSE_Key, base64url. */
  publicKey: string;
  signCount: number;
  /** Space-separated, as the browser told them at registration. */
  transports: string;
  /** WebAuthn L3 §6.1.3: fixed at registration. */
  isBackupEligible: boolean;
  isBackedUp: boolean;
  /** The RP ID it was made for. */
  rpId: string;
  /** Lower-case UUID. */
  aaguid: string;
  alias: string | null;
  userAgent: string | null;
  /** Where it was made. */
  origin: string;
  createdAt: number;
  updatedAt: number;
  lastUsedAt: number | null;
}

export type ChallengePurpose = 'register' | 'authenticate' | 'sign_in';

/** What a WebAuthn ceremony was begun with. */
export interface ChallengeRecord {
  /** SHA-256 of the challenge. */
  hash: string;
  environmentId: string;
  purpose: ChallengePurpose;
  /** Empty for a sign-in, where nobody is known yet. */
  userId: string;
  sid: string;
  rpId: string;
  requiresUserVerification: boolean;
  createdAt: number;
  expiresAt: number;
}

export interface RecoverySetRecord {
  id: string;
  userId: string;
  /** Whether its codes are accepted. The first set is live at once; a later one only when acknowledged. */
  isLive: boolean;
  salt: string;
  rounds: number;
  pepperId: string;
  /** The codes, sealed, until they are acknowledged or 24 h have passed; null afterwards. */
  sealed: string | null;
  createdAt: number;
  sealedUntil: number;
  acknowledgedAt: number | null;
}

export interface RecoverySets {
  live: RecoverySetRecord | null;
  /** The set whose codes are still shown: the live one before its acknowledgement, or a new one beside it. */
  pending: RecoverySetRecord | null;
  /** Unused codes of the live set. */
  left: number;
}

export interface AttemptRecord {
  userId: string;
  factor: FactorKind;
  /** Consecutive failures, reservations included. */
  fails: number;
  /** Failures in the current 30 days. */
  windowFails: number;
  windowStartedAt: number;
  /** No try before this moment. */
  nextAt: number;
  /** Counts successes, so that a slot is never given back across one. */
  epoch: number;
}

export interface EmailVerificationRecord {
  id: string;
  environmentId: string;
  email: string;
  codeHash: string;
  tries: number;
  createdAt: number;
  expiresAt: number;
  usedAt: number | null;
}

export interface IdempotencyRecord {
  keyHash: string;
  bodyMac: string;
  /** The session the request came with; empty for a sign-in. */
  oldSid: string;
  newSid: string;
  jti: string;
  /** The ids of what to mint again, space-separated; never the tokens themselves. */
  mfaTokenId: string | null;
  /** The elevated access token to mint again. */
  elevatedId: string | null;
  expiresAt: number;
}

export interface AuditRecord {
  id: string;
  environmentId: string;
  userId: string;
  /** Position in the user's chain, from 1. */
  seq: number;
  at: number;
  event: AuditEvent;
  sidHash: string | null;
  factorId: string | null;
  ip: string | null;
  agentHash: string | null;
  reason: string | null;
  /** Hash of this entry's fields and of the entry before it. */
  hash: string;
}

export type AuditEvent =
  | 'enroll_started'
  | 'enroll_confirmed'
  | 'enroll_expired'
  | 'factor_removed'
  | 'factor_renamed'
  | 'factor_replaced'
  | 'factor_suspended'
  | 'factor_unsuspended'
  | 'totp_ok'
  | 'totp_fail'
  | 'totp_replay'
  | 'passkey_ok'
  | 'passkey_fail'
  | 'passkey_clone_suspected'
  | 'recovery_ok'
  | 'recovery_fail'
  | 'recovery_generated'
  | 'recovery_acknowledged'
  | 'recovery_low'
  | 'token_issued'
  | 'token_used'
  | 'token_refused'
  | 'token_revoked'
  | 'session_upgraded';
