/** The audit log: one chain per user, each entry written in the transaction of what it tells. */
import { randomUuid, sha256 } from './crypto.js';
import type { AuditEvent, AuditRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** Where a request came from, as the log keeps it. */
export interface AuditOrigin {
  environmentId: string;
  now: number;
  sid: string | null;
  ip: string | null;
  agentHash: string | null;
}

/** Adds to the user's chain. The transaction must hold the user's lock, or two entries could follow the same one. */
export const appendAudit = async (
  tx: StoreTransaction,
  origin: AuditOrigin,
  userId: string,
  event: AuditEvent,
  details: { factorId?: string | null; reason?: string } = {},
): Promise<void> => {
  const head = await tx.findAuditHead(userId);
  const entry: Omit<AuditRecord, 'hash'> = {
    id: randomUuid(),
    environmentId: origin.environmentId,
    userId,
    seq: (head?.seq ?? 0) + 1,
    at: origin.now,
    event,
    sidHash: origin.sid === null ? null : await sha256(origin.sid),
    factorId: details.factorId ?? null,
    ip: origin.ip,
    agentHash: origin.agentHash,
    reason: details.reason ?? null,
  };
  await tx.appendAudit({ ...entry, hash: await hashEntry(entry, head?.hash ?? '') });
};

/** Whether a user's chain is whole: nothing changed, nothing missing in between, nothing put in. */
export const isChainWhole = async (entries: readonly AuditRecord[]): Promise<boolean> => {
  let previous = '';
  for (const [index, { hash, ...entry }] of entries.entries()) {
    if (entry.seq !== index + 1 || hash !== (await hashEntry(entry, previous))) return false;
    previous = hash;
  }
  return true;
};

const hashEntry = (entry: Omit<AuditRecord, 'hash'>, previous: string): Promise<string> =>
  sha256(
    JSON.stringify([
      previous,
      entry.id,
      entry.environmentId,
      entry.userId,
      entry.seq,
      entry.at,
      entry.event,
      entry.sidHash,
      entry.factorId,
      entry.ip,
      entry.agentHash,
      entry.reason,
    ]),
  );
