/** Sessions: one row each, which decides whether a request is signed in. */
import type { SessionRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

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

export function sessionReads(db: () => Views): Pick<StoreReads, 'findSession'> {
  return {
    async findSession(sid) {
      const session = db().sessions.get(sid);
      return session ? apart(session) : null;
    },
  };
}

export function sessionWrites(db: () => Tables): SessionWrites {
  /** False when the session has ended or never was. */
  function changeLive(sid: string, changes: Partial<SessionRecord>): boolean {
    const { sessions } = db();
    const session = sessions.get(sid);
    if (!session || session.endedAt !== null) return false;
    sessions.put({ ...session, ...changes });
    return true;
  }

  return {
    async createSession(session) {
      db().sessions.insert(apart(session));
    },
    async touchSession(sid, now) {
      const session = db().sessions.get(sid);
      // A clock set back must not make a session look idle.
      if (session && session.lastSeenAt < now) changeLive(sid, { lastSeenAt: now });
    },
    async endSession(sid, endReason, now) {
      return changeLive(sid, { endedAt: now, endReason });
    },
    async endOtherSessions(userId, keepSid, endReason, now) {
      const others = db()
        .sessions.of(userId)
        .filter(({ sid }) => sid !== keepSid);
      return others.filter(({ sid }) => changeLive(sid, { endedAt: now, endReason })).length;
    },
    async recordProof(sid, { authTime, factorAt, acr, amr }) {
      return changeLive(sid, { authTime, factorAt, acr, amr });
    },
    async renewFirstFactor(sid, { firstFactorAt, credentialId }) {
      return changeLive(sid, { firstFactorAt, credentialId });
    },
    async setPendingGrant(sid, grant) {
      changeLive(sid, { pendingGrant: { ...grant } });
    },
    async takePendingGrant(sid) {
      const grant = db().sessions.get(sid)?.pendingGrant ?? null;
      return grant && changeLive(sid, { pendingGrant: null }) ? { ...grant } : null;
    },
    async retireJti(sid, jti) {
      const { sessions } = db();
      const session = sessions.get(sid);
      if (session) sessions.put({ ...session, retiredJti: jti });
    },
  };
}

/** A table copies the row; the grant is an object inside of it. */
function apart(session: SessionRecord): SessionRecord {
  return { ...session, pendingGrant: session.pendingGrant && { ...session.pendingGrant } };
}
