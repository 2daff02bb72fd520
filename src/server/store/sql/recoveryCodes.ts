/** Sets of recovery codes: at most one live and one waiting to take its place, by the database's own indexes. */
import type { RecoverySetRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { bit, hasRow, type SqlConnection } from './connection.js';

const setColumns = [
  'id',
  'user_id as userId',
  'is_live as isLive',
  'salt',
  'rounds',
  'pepper_id as pepperId',
  'sealed',
  'created_at as createdAt',
  'sealed_until as sealedUntil',
  'acknowledged_at as acknowledgedAt',
] as const;

type RecoveryWrites = Pick<
  StoreTransaction,
  'createRecoverySet' | 'consumeRecoveryCode' | 'acknowledgeRecoverySet' | 'resealRecoverySet' | 'deleteRecoverySets'
>;

export function recoveryReads(db: SqlConnection): Pick<StoreReads, 'findRecoverySets' | 'listRecoveryCodes'> {
  return {
    async findRecoverySets(userId, now) {
      const rows = await db.all(
        db.build
          .selectFrom('mfa_recovery_set')
          .select(setColumns)
          .select(({ selectFrom }) =>
            selectFrom('mfa_recovery_code')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .whereRef('mfa_recovery_code.set_id', '=', 'mfa_recovery_set.id')
              .whereRef('mfa_recovery_code.user_id', '=', 'mfa_recovery_set.user_id')
              .where('used_at', 'is', null)
              .as('left'),
          )
          .where('user_id', '=', userId),
      );
      const sets = rows.map(({ left: _, ...row }): RecoverySetRecord => ({ ...row, isLive: row.isLive === 1 }));
      const isPending = (set: RecoverySetRecord) => set.sealed !== null && set.sealedUntil > now;
      // A new set beside the live one is the one to show, even if the live one was never acknowledged.
      const pending = sets.find((set) => !set.isLive && isPending(set)) ?? sets.find(isPending);
      return {
        live: sets.find((set) => set.isLive) ?? null,
        pending: pending ?? null,
        left: rows.find((row) => row.isLive === 1)?.left ?? 0,
      };
    },
    async listRecoveryCodes(userId) {
      const codes = db.build.selectFrom('mfa_recovery_code').select(['set_id as setId', 'code_hash as codeHash']);
      return db.all(codes.where('user_id', '=', userId));
    },
  };
}

export function recoveryWrites(db: SqlConnection): RecoveryWrites {
  const setsOf = (userId: string) => db.build.deleteFrom('mfa_recovery_set').where('user_id', '=', userId);

  return {
    async createRecoverySet(set, codeHashes) {
      // A set that was never acknowledged makes way for the newer one, whose codes are shown from now on.
      if (!set.isLive) await db.all(setsOf(set.userId).where('is_live', '=', 0));
      await db.all(
        db.build.insertInto('mfa_recovery_set').values({
          id: set.id,
          user_id: set.userId,
          is_live: bit(set.isLive),
          salt: set.salt,
          rounds: set.rounds,
          pepper_id: set.pepperId,
          sealed: set.sealed,
          created_at: set.createdAt,
          sealed_until: set.sealedUntil,
          acknowledged_at: set.acknowledgedAt,
        }),
      );
      if (codeHashes.length === 0) return;
      const codes = codeHashes.map((codeHash) => ({
        code_hash: codeHash,
        set_id: set.id,
        user_id: set.userId,
        used_at: null,
        used_sid: null,
      }));
      await db.all(db.build.insertInto('mfa_recovery_code').values(codes));
    },
    async consumeRecoveryCode({ userId, setId, codeHash, sid, now }) {
      const live = db.build
        .selectFrom('mfa_recovery_set')
        .select('id')
        .where('id', '=', setId)
        .where('user_id', '=', userId)
        .where('is_live', '=', 1);
      return hasRow(
        db,
        db.build
          .updateTable('mfa_recovery_code')
          .set({ used_at: now, used_sid: sid })
          .where('code_hash', '=', codeHash)
          .where('user_id', '=', userId)
          .where('set_id', '=', setId)
          .where('used_at', 'is', null)
          .where(({ exists }) => exists(live))
          .returning('code_hash'),
      );
    },
    async acknowledgeRecoverySet(userId, setId, now) {
      const own = db.build.updateTable('mfa_recovery_set').where('id', '=', setId).where('user_id', '=', userId);
      const acknowledged = own
        .set({ acknowledged_at: now, sealed: null })
        .where('sealed', 'is not', null)
        .where('sealed_until', '>', now);
      if (!(await hasRow(db, acknowledged.returning('id')))) return false;
      await db.all(setsOf(userId).where('id', '!=', setId));
      await db.all(own.set({ is_live: 1 }));
      return true;
    },
    async resealRecoverySet({ userId, setId, pepperId, sealed, codeHashes }) {
      const own = db.build.updateTable('mfa_recovery_set').where('id', '=', setId).where('user_id', '=', userId);
      await db.all(own.set({ pepper_id: pepperId, sealed }));
      const codes = db.build.updateTable('mfa_recovery_code').where('set_id', '=', setId).where('user_id', '=', userId);
      for (const { from, to } of codeHashes) await db.all(codes.set({ code_hash: to }).where('code_hash', '=', from));
    },
    async deleteRecoverySets(userId, setId) {
      await db.all(setId === undefined ? setsOf(userId) : setsOf(userId).where('id', '=', setId));
    },
  };
}
