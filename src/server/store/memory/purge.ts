/** Removes what has expired. Ended sessions stay until their absolute end, so that they are still known as ended. */
import type { StoreTransaction } from '../Store.js';
import type { Table } from './Table.js';
import type { Tables } from './tables.js';

export function purgeWrites(db: () => Tables): Pick<StoreTransaction, 'purgeExpired'> {
  return {
    async purgeExpired(now) {
      const tables = db();
      const { sessions, mfaTokens, devices, challenges, recoverySets, recoveryCodes } = tables;
      const { elevatedTokens, approvals, emailVerifications, sends, idempotency } = tables;
      const isOver = ({ expiresAt }: { expiresAt: number }) => expiresAt <= now;

      let removed = 0;
      const remove = <Row extends object>(
        table: Table<Row>,
        keyOf: (row: Row) => string,
        isMeant: (row: Row) => boolean,
      ) => {
        for (const row of table.all()) if (isMeant(row) && table.delete(keyOf(row))) removed += 1;
      };
      remove(sessions, ({ sid }) => sid, isOver);
      remove(mfaTokens, ({ hash }) => hash, isOver);
      remove(elevatedTokens, ({ id }) => id, isOver);
      remove(approvals, ({ id }) => id, isOver);
      remove(challenges, ({ hash }) => hash, isOver);
      remove(emailVerifications, ({ id }) => id, isOver);
      remove(sends, ({ key }) => key, isOver);
      remove(idempotency, ({ keyHash }) => keyHash, isOver);
      remove(
        devices,
        ({ id }) => id,
        ({ state, expiresAt }) => state === 'pending' && expiresAt !== null && expiresAt <= now,
      );

      for (const set of recoverySets.all()) {
        if (set.sealedUntil > now || (set.isLive && set.sealed === null)) continue;
        removed += 1;
        // A set that never went live has nothing left once its text is gone; a live one only loses the text.
        if (set.isLive) {
          recoverySets.put({ ...set, sealed: null });
          continue;
        }
        recoverySets.delete(set.id);
        for (const { codeHash, setId } of recoveryCodes.of(set.userId)) {
          if (setId === set.id) recoveryCodes.delete(codeHash);
        }
      }
      return removed;
    },
  };
}
