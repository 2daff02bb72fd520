/**
 * Every change to the tables of the SQL stores, oldest first, in the SQL that SQLite and PostgreSQL share.
 *
 * A migration that has been released is never edited. It must leave the process of the release before it working, for
 * two releases run side by side while an application is deployed: add, never rename or remove.
 */
export interface Migration {
  id: number;
  name: string;
  statements: readonly string[];
}

const user = 'TEXT NOT NULL REFERENCES mfa_user (id) ON DELETE CASCADE';

export const migrations: readonly Migration[] = [
  {
    id: 1,
    name: 'users, sessions, authenticator apps, recovery codes, tokens',
    statements: [
      'CREATE TABLE mfa_policy (environment_id TEXT PRIMARY KEY, policy TEXT NOT NULL, updated_at BIGINT NOT NULL)',
      `CREATE TABLE mfa_user (
        id TEXT PRIMARY KEY, environment_id TEXT NOT NULL, email TEXT, first_name TEXT, last_name TEXT, alias TEXT,
        acknowledgement TEXT, created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL)`,
      'CREATE INDEX mfa_user_environment ON mfa_user (environment_id)',
      `CREATE TABLE mfa_identity (
        environment_id TEXT NOT NULL, kind TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, user_id ${user},
        PRIMARY KEY (environment_id, kind, issuer, subject))`,
      'CREATE INDEX mfa_identity_user ON mfa_identity (user_id)',

      `CREATE TABLE mfa_session (
        sid TEXT PRIMARY KEY, environment_id TEXT NOT NULL, user_id ${user}, line_id TEXT NOT NULL, scope TEXT NOT NULL,
        created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, idle_ms BIGINT NOT NULL,
        first_factor_at BIGINT NOT NULL, auth_time BIGINT NOT NULL, factor_at BIGINT, acr TEXT NOT NULL,
        amr TEXT NOT NULL, ended_at BIGINT, end_reason TEXT, retired_jti TEXT, pending_grant TEXT)`,
      'CREATE INDEX mfa_session_user ON mfa_session (user_id)',
      'CREATE INDEX mfa_session_expiry ON mfa_session (expires_at)',

      `CREATE TABLE mfa_totp_device (
        id TEXT PRIMARY KEY, user_id ${user}, state TEXT NOT NULL CHECK (state IN ('pending', 'verified')),
        secret TEXT NOT NULL, alias TEXT, is_default INTEGER NOT NULL, last_step BIGINT NOT NULL, last_line_id TEXT,
        drift INTEGER NOT NULL, wrong_codes INTEGER NOT NULL, line_id TEXT NOT NULL, replaces_id TEXT,
        created_at BIGINT NOT NULL, verified_at BIGINT, last_used_at BIGINT, expires_at BIGINT)`,
      'CREATE INDEX mfa_totp_device_user ON mfa_totp_device (user_id)',
      "CREATE UNIQUE INDEX mfa_one_totp ON mfa_totp_device (user_id) WHERE state = 'verified'",
      "CREATE UNIQUE INDEX mfa_one_pending_totp ON mfa_totp_device (user_id) WHERE state = 'pending'",

      `CREATE TABLE mfa_recovery_set (
        id TEXT PRIMARY KEY, user_id ${user}, is_live INTEGER NOT NULL, salt TEXT NOT NULL, rounds INTEGER NOT NULL,
        pepper_id TEXT NOT NULL, sealed TEXT, created_at BIGINT NOT NULL, sealed_until BIGINT NOT NULL,
        acknowledged_at BIGINT, UNIQUE (id, user_id))`,
      'CREATE UNIQUE INDEX mfa_one_live_set ON mfa_recovery_set (user_id) WHERE is_live = 1',
      'CREATE UNIQUE INDEX mfa_one_next_set ON mfa_recovery_set (user_id) WHERE is_live = 0',
      // The hash is the key and the owner of a code is the owner of its set: a row copied to another user is refused.
      `CREATE TABLE mfa_recovery_code (
        code_hash TEXT PRIMARY KEY, set_id TEXT NOT NULL, user_id TEXT NOT NULL, used_at BIGINT, used_sid TEXT,
        FOREIGN KEY (set_id, user_id) REFERENCES mfa_recovery_set (id, user_id) ON DELETE CASCADE)`,
      'CREATE INDEX mfa_recovery_code_set ON mfa_recovery_code (set_id, user_id)',

      `CREATE TABLE mfa_attempt (
        user_id ${user}, factor TEXT NOT NULL, fails INTEGER NOT NULL CHECK (fails >= 0),
        window_fails INTEGER NOT NULL CHECK (window_fails >= 0), window_started_at BIGINT NOT NULL,
        next_at BIGINT NOT NULL, epoch INTEGER NOT NULL, PRIMARY KEY (user_id, factor))`,

      `CREATE TABLE mfa_token (
        id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, user_id ${user}, sid TEXT NOT NULL, action TEXT,
        single_use INTEGER NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT,
        revoked_at BIGINT)`,
      'CREATE INDEX mfa_token_user ON mfa_token (user_id)',
      'CREATE INDEX mfa_token_expiry ON mfa_token (expires_at)',

      `CREATE TABLE mfa_email_verification (
        id TEXT PRIMARY KEY, environment_id TEXT NOT NULL, email TEXT NOT NULL, code_hash TEXT NOT NULL,
        tries INTEGER NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT)`,
      'CREATE INDEX mfa_email_verification_address ON mfa_email_verification (environment_id, email)',
      'CREATE INDEX mfa_email_verification_expiry ON mfa_email_verification (expires_at)',
      'CREATE TABLE mfa_send (key TEXT PRIMARY KEY, sent_at TEXT NOT NULL, expires_at BIGINT NOT NULL)',
      'CREATE INDEX mfa_send_expiry ON mfa_send (expires_at)',

      `CREATE TABLE mfa_idempotency (
        key_hash TEXT PRIMARY KEY, body_mac TEXT NOT NULL, old_sid TEXT NOT NULL, new_sid TEXT NOT NULL,
        jti TEXT NOT NULL, mfa_token_id TEXT, expires_at BIGINT NOT NULL)`,
      'CREATE INDEX mfa_idempotency_expiry ON mfa_idempotency (expires_at)',

      `CREATE TABLE mfa_audit (
        id TEXT PRIMARY KEY, environment_id TEXT NOT NULL, user_id ${user}, seq BIGINT NOT NULL, at BIGINT NOT NULL,
        event TEXT NOT NULL, sid_hash TEXT, factor_id TEXT, ip TEXT, agent_hash TEXT, reason TEXT, hash TEXT NOT NULL,
        UNIQUE (user_id, seq))`,
    ],
  },
  {
    id: 2,
    name: 'passkeys',
    statements: [
      'ALTER TABLE mfa_user ADD COLUMN passkey_handle TEXT',
      'CREATE UNIQUE INDEX mfa_user_passkey_handle ON mfa_user (passkey_handle) WHERE passkey_handle IS NOT NULL',

      `CREATE TABLE mfa_passkey (
        id TEXT PRIMARY KEY, user_id ${user}, credential_id TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL,
        sign_count BIGINT NOT NULL CHECK (sign_count >= 0), transports TEXT NOT NULL,
        is_backup_eligible INTEGER NOT NULL, is_backed_up INTEGER NOT NULL, rp_id TEXT NOT NULL, aaguid TEXT NOT NULL,
        alias TEXT, user_agent TEXT, origin TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
        last_used_at BIGINT)`,
      'CREATE INDEX mfa_passkey_user ON mfa_passkey (user_id)',

      // The user of a sign-in is not known yet, so that none can be demanded.
      `CREATE TABLE mfa_challenge (
        hash TEXT PRIMARY KEY, environment_id TEXT NOT NULL, purpose TEXT NOT NULL, user_id TEXT NOT NULL,
        sid TEXT NOT NULL, rp_id TEXT NOT NULL, requires_user_verification INTEGER NOT NULL,
        created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
      'CREATE INDEX mfa_challenge_session ON mfa_challenge (user_id, sid)',
      'CREATE INDEX mfa_challenge_expiry ON mfa_challenge (expires_at)',
    ],
  },
  {
    id: 3,
    name: 'step-up',
    statements: [
      // A process of the release before leaves these empty.
      'ALTER TABLE mfa_token ADD COLUMN acr TEXT',
      'ALTER TABLE mfa_token ADD COLUMN amr TEXT',
      'ALTER TABLE mfa_token ADD COLUMN proven_at BIGINT',
      'ALTER TABLE mfa_token ADD COLUMN payload_digest TEXT',
      'ALTER TABLE mfa_idempotency ADD COLUMN elevated_id TEXT',

      `CREATE TABLE mfa_elevated_token (
        id TEXT PRIMARY KEY, user_id ${user}, sid TEXT NOT NULL, scopes TEXT NOT NULL, single_use INTEGER NOT NULL,
        acr TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT, revoked_at BIGINT)`,
      'CREATE INDEX mfa_elevated_token_session ON mfa_elevated_token (user_id, sid)',
      'CREATE INDEX mfa_elevated_token_expiry ON mfa_elevated_token (expires_at)',

      `CREATE TABLE mfa_approval (
        id TEXT PRIMARY KEY, user_id ${user}, sid TEXT NOT NULL, action TEXT NOT NULL, payload_digest TEXT,
        summary TEXT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
      'CREATE INDEX mfa_approval_session ON mfa_approval (user_id, sid)',
      'CREATE INDEX mfa_approval_expiry ON mfa_approval (expires_at)',

      `CREATE TABLE mfa_waiting_action (
        id TEXT PRIMARY KEY, user_id ${user}, environment_id TEXT NOT NULL, action TEXT NOT NULL, subject TEXT,
        summary TEXT, created_at BIGINT NOT NULL)`,
      // Without a subject it waits once as well; a plain column would take any number of NULLs.
      "CREATE UNIQUE INDEX mfa_waiting_once ON mfa_waiting_action (user_id, action, COALESCE(subject, ''))",
    ],
  },
  {
    id: 4,
    name: 'which first factor a session was proven with',
    // A process of the release before leaves it empty.
    statements: ['ALTER TABLE mfa_session ADD COLUMN credential_id TEXT'],
  },
];
