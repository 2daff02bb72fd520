/** Removes what has expired. Ended sessions stay until their absolute end, so that they are still known as ended. */
import type { StoreTransaction } from '../Store.js';
import type { SqlConnection } from './connection.js';

export function purgeWrites(db: SqlConnection): Pick<StoreTransaction, 'purgeExpired'> {
  return {
    async purgeExpired(now) {
      const removed = [
        await db.all(db.build.deleteFrom('mfa_session').where('expires_at', '<=', now).returning('sid')),
        await db.all(db.build.deleteFrom('mfa_token').where('expires_at', '<=', now).returning('id')),
        await db.all(db.build.deleteFrom('mfa_elevated_token').where('expires_at', '<=', now).returning('id')),
        await db.all(db.build.deleteFrom('mfa_approval').where('expires_at', '<=', now).returning('id')),
        await db.all(
          db.build
            .deleteFrom('mfa_totp_device')
            .where('state', '=', 'pending')
            .where('expires_at', '<=', now)
            .returning('id'),
        ),
        await db.all(db.build.deleteFrom('mfa_challenge').where('expires_at', '<=', now).returning('hash')),
        // A set that never went live has nothing left once its text is gone; a live one only loses the text.
        await db.all(
          db.build
            .deleteFrom('mfa_recovery_set')
            .where('is_live', '=', 0)
            .where('sealed_until', '<=', now)
            .returning('id'),
        ),
        await db.all(
          db.build
            .updateTable('mfa_recovery_set')
            .set({ sealed: null })
            .where('sealed', 'is not', null)
            .where('sealed_until', '<=', now)
            .returning('id'),
        ),
        await db.all(db.build.deleteFrom('mfa_email_verification').where('expires_at', '<=', now).returning('id')),
        await db.all(db.build.deleteFrom('mfa_send').where('expires_at', '<=', now).returning('key')),
        await db.all(db.build.deleteFrom('mfa_idempotency').where('expires_at', '<=', now).returning('key_hash')),
      ];
      return removed.reduce((count, rows) => count + rows.length, 0);
    },
  };
}
