/** The audit log: a chain per user, with one entry at each position. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

export function auditReads(db: () => Views): Pick<StoreReads, 'listAudit'> {
  return {
    async listAudit(userId) {
      return db()
        .audit.of(userId)
        .sort((a, b) => a.seq - b.seq);
    },
  };
}

export function auditWrites(db: () => Tables): Pick<StoreTransaction, 'findAuditHead' | 'appendAudit'> {
  return {
    async findAuditHead(userId) {
      const entries = db().audit.of(userId);
      if (entries.length === 0) return null;
      const { seq, hash } = entries.reduce((head, entry) => (entry.seq > head.seq ? entry : head));
      return { seq, hash };
    },
    async appendAudit(entry) {
      db().audit.insert(entry);
    },
  };
}
