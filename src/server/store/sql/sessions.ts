/** Sessions: one row each, which decides whether a request is signed in. */
import type { PendingGrant } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, hasRow, type SqlConnection } from './connection.js';

const sessionColumns = [
  'sid',
  'environment_id as environmentId',
  'user_id as userId',
  'line_id as lineId',
  'scope',
  'created_at as createdAt',
  'last_seen_at as lastSeenAt',
  'expires_at as expiresAt',
  'idle_ms as idleMs',
  'first_factor_at as firstFactorAt',
  'credential_id as credentialId',
  'auth_time as authTime',
  'factor_at as factorAt',
  'acr',
  'amr',
  'ended_at as endedAt',
  'end_reason as endReason',
  'retired_jti as retiredJti',
  'pending_grant as pendingGrant',
] as const;

type SessionWrites = Pick<
  StoreTransaction,
  | 'createSession'
  | 'touchSession'
  | 'endSession'
  | 'endOtherSessions'
  | 'recordProof'
  | 'renewFirstFactor'
  | 'setPendingGrant'
  | 'takePendingGrant'
  | 'retireJti'
>;

export function sessionReads(db: SqlConnection): Pick<StoreReads, 'findSession'> {
  return {
    async findSession(sid) {
      const row = await first(db, db.build.selectFrom('mfa_session').select(sessionColumns).where('sid', '=', sid));
      return row && { ...row, pendingGrant: readGrant(row.pendingGrant) };
    },
  };
}

export function sessionWrites(db: SqlConnection): SessionWrites {
  const live = () => db.build.updateTable('mfa_session').where('ended_at', 'is', null);

  return {
    async createSession(session) {
      await db.all(
        db.build.insertInto('mfa_session').values({
          sid: session.sid,
          environment_id: session.environmentId,
          user_id: session.userId,
          line_id: session.lineId,
          scope: session.scope,
          created_at: session.createdAt,
          last_seen_at: session.lastSeenAt,
          expires_at: session.expiresAt,
          idle_ms: session.idleMs,
          first_factor_at: session.firstFactorAt,
          credential_id: session.credentialId,
          auth_time: session.authTime,
          factor_at: session.factorAt,
          acr: session.acr,
          amr: session.amr,
          ended_at: session.endedAt,
          end_reason: session.endReason,
          retired_jti: session.retiredJti,
          pending_grant: session.pendingGrant && JSON.stringify(session.pendingGrant),
        }),
      );
    },
    async touchSession(sid, now) {
      // A clock set back must not make a session look idle.
      await db.all(live().set({ last_seen_at: now }).where('sid', '=', sid).where('last_seen_at', '<', now));
    },
    async endSession(sid, reason, now) {
      return hasRow(db, live().set({ ended_at: now, end_reason: reason }).where('sid', '=', sid).returning('sid'));
    },
    async endOtherSessions(userId, keepSid, reason, now) {
      const all = live().set({ ended_at: now, end_reason: reason }).where('user_id', '=', userId).returning('sid');
      return (await db.all(keepSid === null ? all : all.where('sid', '!=', keepSid))).length;
    },
    async recordProof(sid, { authTime, factorAt, acr, amr }) {
      const proof = { auth_time: authTime, factor_at: factorAt, acr, amr };
      return hasRow(db, live().set(proof).where('sid', '=', sid).returning('sid'));
    },
    async renewFirstFactor(sid, { firstFactorAt, credentialId }) {
      const renewed = { first_factor_at: firstFactorAt, credential_id: credentialId };
      return hasRow(db, live().set(renewed).where('sid', '=', sid).returning('sid'));
    },
    async setPendingGrant(sid, grant) {
      await db.all(
        live()
          .set({ pending_grant: JSON.stringify(grant) })
          .where('sid', '=', sid),
      );
    },
    async takePendingGrant(sid) {
      // RETURNING gives the new row, so the old value is read first, under the lock that the update needs anyway.
      const held = db.build.selectFrom('mfa_session').select('pending_grant').where('sid', '=', sid);
      const row = await first(db, db.hasConcurrentWriters ? held.forNoKeyUpdate() : held);
      if (!row?.pending_grant) return null;
      const isTaken = await hasRow(db, live().set({ pending_grant: null }).where('sid', '=', sid).returning('sid'));
      return isTaken ? readGrant(row.pending_grant) : null;
    },
    async retireJti(sid, jti) {
      await db.all(db.build.updateTable('mfa_session').set({ retired_jti: jti }).where('sid', '=', sid));
    },
  };
}

function readGrant(json: string | null): PendingGrant | null {
  return json === null ? null : (JSON.parse(json) as PendingGrant);
}
