/** Authenticator apps. At most one pending and one verified per user, by the database's own indexes. */
import type { TotpDeviceRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { bit, first, hasRow, type SqlConnection } from './connection.js';

const deviceColumns = [
  'id',
  'user_id as userId',
  'state',
  'secret',
  'alias',
  'is_default as isDefault',
  'last_step as lastStep',
  'last_line_id as lastLineId',
  'drift',
  'wrong_codes as wrongCodes',
  'line_id as lineId',
  'replaces_id as replacesId',
  'created_at as createdAt',
  'verified_at as verifiedAt',
  'last_used_at as lastUsedAt',
  'expires_at as expiresAt',
] as const;

type DeviceWrites = Pick<
  StoreTransaction,
  | 'createPendingTotp'
  | 'createVerifiedTotp'
  | 'countWrongPendingCode'
  | 'confirmTotp'
  | 'consumeTotpStep'
  | 'resealTotp'
  | 'setDefaultTotp'
  | 'deleteTotp'
>;

export function deviceReads(db: SqlConnection): Pick<StoreReads, 'listTotpDevices' | 'hasVerifiedFactor'> {
  return {
    async listTotpDevices(userId) {
      const query = db.build.selectFrom('mfa_totp_device').select(deviceColumns).where('user_id', '=', userId);
      const rows = await db.all(query.orderBy('created_at').orderBy('id'));
      return rows.map((row): TotpDeviceRecord => ({ ...row, isDefault: row.isDefault === 1 }));
    },
    async hasVerifiedFactor(userId) {
      const passkeys = db.build.selectFrom('mfa_passkey').select('id').where('user_id', '=', userId);
      const apps = db.build.selectFrom('mfa_totp_device').select('id').where('user_id', '=', userId);
      // One statement: one factor added while another goes must not look like none.
      return hasRow(db, apps.where('state', '=', 'verified').unionAll(passkeys));
    },
  };
}

export function deviceWrites(db: SqlConnection): DeviceWrites {
  const own = (userId: string, id: string) =>
    db.build.updateTable('mfa_totp_device').where('id', '=', id).where('user_id', '=', userId);

  /** False when one of the indexes has it already. */
  const insert = (device: TotpDeviceRecord) => {
    const query = db.build.insertInto('mfa_totp_device').values({
      id: device.id,
      user_id: device.userId,
      state: device.state,
      secret: device.secret,
      alias: device.alias,
      is_default: bit(device.isDefault),
      last_step: device.lastStep,
      last_line_id: device.lastLineId,
      drift: device.drift,
      wrong_codes: device.wrongCodes,
      line_id: device.lineId,
      replaces_id: device.replacesId,
      created_at: device.createdAt,
      verified_at: device.verifiedAt,
      last_used_at: device.lastUsedAt,
      expires_at: device.expiresAt,
    });
    return hasRow(db, query.onConflict((conflict) => conflict.doNothing()).returning('id'));
  };

  return {
    async createPendingTotp(device) {
      // One that has died but was not purged yet must not stand in the way.
      await db.all(
        db.build
          .deleteFrom('mfa_totp_device')
          .where('user_id', '=', device.userId)
          .where('state', '=', 'pending')
          .where('expires_at', '<=', device.createdAt),
      );
      return insert({ ...device, state: 'pending', verifiedAt: null });
    },
    createVerifiedTotp: (device) => insert({ ...device, state: 'verified' }),
    async countWrongPendingCode(userId, id) {
      const query = own(userId, id)
        .set(({ eb }) => ({ wrong_codes: eb('wrong_codes', '+', 1) }))
        .where('state', '=', 'pending')
        .returning('wrong_codes');
      return (await first(db, query))?.wrong_codes ?? 0;
    },
    async confirmTotp({ userId, id, step, lineId, drift, isDefault, now }) {
      return db.attempt(async () => {
        const pending = () => own(userId, id).where('state', '=', 'pending').where('expires_at', '>', now);
        // The step is burned first: that holds the row, so that the old device is retired only for a sure successor.
        const burned = await first(
          db,
          pending().set({ last_step: step, last_line_id: lineId, drift, last_used_at: now }).returning('replaces_id'),
        );
        if (!burned) return false;
        if (burned.replaces_id !== null) {
          await db.all(
            db.build
              .deleteFrom('mfa_totp_device')
              .where('id', '=', burned.replaces_id)
              .where('user_id', '=', userId)
              .where('state', '=', 'verified'),
          );
        }
        return hasRow(
          db,
          pending()
            .set({
              state: 'verified',
              verified_at: now,
              expires_at: null,
              is_default: bit(isDefault),
              replaces_id: null,
            })
            .returning('id'),
        );
      });
    },
    async consumeTotpStep({ userId, id, step, lineId, drift, now }) {
      const query = own(userId, id)
        .set({ last_step: step, last_line_id: lineId, drift, last_used_at: now })
        .where('state', '=', 'verified')
        // Monotonic: covers the replay of a code and a clock set back (RFC 6238 §5.2).
        .where('last_step', '<', step);
      return hasRow(db, query.returning('id'));
    },
    async resealTotp(id, oldSecret, newSecret) {
      const query = db.build.updateTable('mfa_totp_device').set({ secret: newSecret }).where('id', '=', id);
      return hasRow(db, query.where('secret', '=', oldSecret).returning('id'));
    },
    async setDefaultTotp(userId, id) {
      const isThere = await hasRow(
        db,
        own(userId, id).set({ is_default: 1 }).where('state', '=', 'verified').returning('id'),
      );
      if (!isThere) return false;
      await db.all(
        db.build
          .updateTable('mfa_totp_device')
          .set({ is_default: 0 })
          .where('user_id', '=', userId)
          .where('id', '!=', id),
      );
      return true;
    },
    async deleteTotp(userId, id) {
      const query = db.build.deleteFrom('mfa_totp_device').where('id', '=', id).where('user_id', '=', userId);
      return hasRow(db, query.returning('id'));
    },
  };
}
