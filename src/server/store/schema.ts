/** The tables of the SQL stores. Times are unix milliseconds; booleans are 0 or 1, which both databases know. */
import type {
  Acr,
  AttemptRecord,
  AuditRecord,
  ChallengePurpose,
  EmailVerificationRecord,
  FactorKind,
  IdentityRecord,
  SessionEndReason,
  SessionRecord,
  TotpDeviceRecord,
  UserRecord,
} from './records.js';

export type Bit = 0 | 1;

/** Every name starts with `mfa_`, so that the tables can live in the application's own database. */
export interface Tables {
  mfa_migration: { id: number; name: string; applied_at: number };
  mfa_policy: { environment_id: string; policy: string; updated_at: number };
  mfa_user: {
    id: string;
    environment_id: string;
    email: string | null;
    first_name: string | null;
    last_name: string | null;
    alias: string | null;
    acknowledgement: UserRecord['acknowledgement'];
    passkey_handle: string | null;
    created_at: number;
    last_seen_at: number;
  };
  mfa_identity: {
    environment_id: string;
    kind: IdentityRecord['kind'];
    issuer: string;
    subject: string;
    user_id: string;
  };
  mfa_session: {
    sid: string;
    environment_id: string;
    user_id: string;
    line_id: string;
    scope: string;
    created_at: number;
    last_seen_at: number;
    expires_at: number;
    idle_ms: number;
    first_factor_at: number;
    /** Null also in a row of a release that did not note it. */
    credential_id: string | null;
    auth_time: number;
    factor_at: number | null;
    acr: SessionRecord['acr'];
    amr: string;
    ended_at: number | null;
    end_reason: SessionEndReason | null;
    retired_jti: string | null;
    /** A `PendingGrant` as JSON. */
    pending_grant: string | null;
  };
  mfa_totp_device: {
    id: string;
    user_id: string;
    state: TotpDeviceRecord['state'];
    secret: string;
    alias: string | null;
    is_default: Bit;
    last_step: number;
    last_line_id: string | null;
    drift: number;
    wrong_codes: number;
    line_id: string;
    replaces_id: string | null;
    created_at: number;
    verified_at: number | null;
    last_used_at: number | null;
    expires_at: number | null;
  };
  mfa_passkey: {
    id: string;
    user_id: string;
    credential_id: string;
    public_key: string;
    sign_count: number;
    transports: string;
    is_backup_eligible: Bit;
    is_backed_up: Bit;
    rp_id: string;
    aaguid: string;
    alias: string | null;
    user_agent: string | null;
    origin: string;
    created_at: number;
    updated_at: number;
    last_used_at: number | null;
  };
  mfa_challenge: {
    hash: string;
    environment_id: string;
    purpose: ChallengePurpose;
    /** Empty, like `sid`, for a sign-in: so no foreign key. */
    user_id: string;
    sid: string;
    rp_id: string;
    requires_user_verification: Bit;
    created_at: number;
    expires_at: number;
  };
  mfa_recovery_set: {
    id: string;
    user_id: string;
    is_live: Bit;
    salt: string;
    rounds: number;
    pepper_id: string;
    sealed: string | null;
    created_at: number;
    sealed_until: number;
    acknowledged_at: number | null;
  };
  mfa_recovery_code: {
    code_hash: string;
    set_id: string;
    user_id: string;
    used_at: number | null;
    used_sid: string | null;
  };
  mfa_attempt: {
    user_id: string;
    factor: FactorKind;
    fails: AttemptRecord['fails'];
    window_fails: number;
    window_started_at: number;
    next_at: number;
    epoch: number;
  };
  mfa_token: {
    id: string;
    hash: string;
    user_id: string;
    sid: string;
    action: string | null;
    single_use: Bit;
    /** Null, as the next two, in a row of a release that did not note it. */
    acr: Acr | null;
    amr: string | null;
    proven_at: number | null;
    payload_digest: string | null;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  mfa_elevated_token: {
    id: string;
    user_id: string;
    sid: string;
    scopes: string;
    single_use: Bit;
    acr: Acr;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
  };
  mfa_approval: {
    id: string;
    user_id: string;
    sid: string;
    action: string;
    payload_digest: string | null;
    summary: string | null;
    created_at: number;
    expires_at: number;
  };
  mfa_waiting_action: {
    id: string;
    user_id: string;
    environment_id: string;
    action: string;
    subject: string | null;
    summary: string | null;
    created_at: number;
  };
  mfa_email_verification: {
    id: string;
    environment_id: string;
    email: EmailVerificationRecord['email'];
    code_hash: string;
    tries: number;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  /** When something was sent under a key: comma-separated times, oldest first. */
  mfa_send: { key: string; sent_at: string; expires_at: number };
  mfa_idempotency: {
    key_hash: string;
    body_mac: string;
    old_sid: string;
    new_sid: string;
    jti: string;
    mfa_token_id: string | null;
    elevated_id: string | null;
    expires_at: number;
  };
  mfa_audit: {
    id: string;
    environment_id: string;
    user_id: string;
    seq: number;
    at: number;
    event: AuditRecord['event'];
    sid_hash: string | null;
    factor_id: string | null;
    ip: string | null;
    agent_hash: string | null;
    reason: string | null;
    hash: string;
  };
}
