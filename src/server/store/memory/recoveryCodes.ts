/** Sets of recovery codes: at most one live and one waiting to take its place. */
import type { RecoverySetRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

type RecoveryWrites = Pick<
  StoreTransaction,
  'createRecoverySet' | 'consumeRecoveryCode' | 'acknowledgeRecoverySet' | 'resealRecoverySet' | 'deleteRecoverySets'
>;

export function recoveryReads(db: () => Views): Pick<StoreReads, 'findRecoverySets' | 'listRecoveryCodes'> {
  return {
    async findRecoverySets(userId, now) {
      const { recoverySets, recoveryCodes } = db();
      const sets = recoverySets.of(userId);
      const live = sets.find(({ isLive }) => isLive) ?? null;
      const pending = sets.filter((set) => isPending(set, now));
      const unused = recoveryCodes.of(userId).filter(({ setId, usedAt }) => setId === live?.id && usedAt === null);
      return {
        live,
        // A new set beside the live one is the one to show, even if the live one was never acknowledged.
        pending: pending.find(({ isLive }) => !isLive) ?? pending[0] ?? null,
        left: unused.length,
      };
    },
    async listRecoveryCodes(userId) {
      return db()
        .recoveryCodes.of(userId)
        .map(({ setId, codeHash }) => ({ setId, codeHash }));
    },
  };
}

export function recoveryWrites(db: () => Tables): RecoveryWrites {
  function remove(userId: string, isMeant: (set: RecoverySetRecord) => boolean): void {
    const { recoverySets, recoveryCodes } = db();
    const ids = new Set(
      recoverySets
        .of(userId)
        .filter(isMeant)
        .map(({ id }) => id),
    );
    for (const id of ids) recoverySets.delete(id);
    for (const { codeHash, setId } of recoveryCodes.of(userId)) if (ids.has(setId)) recoveryCodes.delete(codeHash);
  }

  return {
    async createRecoverySet(set, codeHashes) {
      const { recoverySets, recoveryCodes } = db();
      // A set that was never acknowledged makes way for the newer one, whose codes are shown from now on.
      if (!set.isLive) remove(set.userId, ({ isLive }) => !isLive);
      else if (recoverySets.of(set.userId).some(({ isLive }) => isLive)) {
        recoverySets.refuse('recoverySets: the user has a live set already.');
      }
      recoverySets.insert(set);
      for (const codeHash of codeHashes) {
        recoveryCodes.insert({ codeHash, setId: set.id, userId: set.userId, usedAt: null, usedSid: null });
      }
    },
    async consumeRecoveryCode({ userId, setId, codeHash, sid, now }) {
      const { recoverySets, recoveryCodes } = db();
      const set = recoverySets.get(setId);
      const code = recoveryCodes.get(codeHash);
      if (!set?.isLive || set.userId !== userId) return false;
      if (code?.userId !== userId || code.setId !== setId || code.usedAt !== null) return false;
      recoveryCodes.put({ ...code, usedAt: now, usedSid: sid });
      return true;
    },
    async acknowledgeRecoverySet(userId, setId, now) {
      const { recoverySets } = db();
      const set = recoverySets.get(setId);
      if (set?.userId !== userId || !isPending(set, now)) return false;
      remove(userId, ({ id }) => id !== setId);
      recoverySets.put({ ...set, isLive: true, sealed: null, acknowledgedAt: now });
      return true;
    },
    async resealRecoverySet({ userId, setId, pepperId, sealed, codeHashes }) {
      const { recoverySets, recoveryCodes } = db();
      const set = recoverySets.get(setId);
      if (set?.userId !== userId) return;
      recoverySets.put({ ...set, pepperId, sealed });
      for (const { from, to } of codeHashes) {
        const code = recoveryCodes.get(from);
        if (code?.userId !== userId || code.setId !== setId) continue;
        recoveryCodes.delete(from);
        recoveryCodes.insert({ ...code, codeHash: to });
      }
    },
    async deleteRecoverySets(userId, setId) {
      remove(userId, ({ id }) => setId === undefined || id === setId);
    },
  };
}

function isPending({ sealed, sealedUntil }: RecoverySetRecord, now: number): boolean {
  return sealed !== null && sealedUntil > now;
}
