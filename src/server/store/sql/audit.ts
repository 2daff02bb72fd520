/** The audit log: a chain per user, in which the database refuses a second entry at the same position. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, type SqlConnection } from './connection.js';

const auditColumns = [
  'id',
  'environment_id as environmentId',
  'user_id as userId',
  'seq',
  'at',
  'event',
  'sid_hash as sidHash',
  'factor_id as factorId',
  'ip',
  'agent_hash as agentHash',
  'reason',
  'hash',
] as const;

export function auditReads(db: SqlConnection): Pick<StoreReads, 'listAudit'> {
  return {
    async listAudit(userId) {
      return db.all(db.build.selectFrom('mfa_audit').select(auditColumns).where('user_id', '=', userId).orderBy('seq'));
    },
  };
}

export function auditWrites(db: SqlConnection): Pick<StoreTransaction, 'findAuditHead' | 'appendAudit'> {
  return {
    async findAuditHead(userId) {
      const query = db.build.selectFrom('mfa_audit').select(['seq', 'hash']).where('user_id', '=', userId);
      return first(db, query.orderBy('seq', 'desc').limit(1));
    },
    async appendAudit(entry) {
      await db.all(
        db.build.insertInto('mfa_audit').values({
          id: entry.id,
          environment_id: entry.environmentId,
          user_id: entry.userId,
          seq: entry.seq,
          at: entry.at,
          event: entry.event,
          sid_hash: entry.sidHash,
          factor_id: entry.factorId,
          ip: entry.ip,
          agent_hash: entry.agentHash,
          reason: entry.reason,
          hash: entry.hash,
        }),
      );
    },
  };
}
