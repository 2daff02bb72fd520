/** Passkeys: each credential id once, by the database's own constraint, and a counter that never falls. */
import type { PasskeyRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { bigint, bit, first, hasRow, type SqlConnection } from './connection.js';

const passkeyColumns = [
  'id',
  'user_id as userId',
  'credential_id as credentialId',
  'public_key as publicKey',
  'sign_count as signCount',
  'transports',
  'is_backup_eligible as isBackupEligible',
  'is_backed_up as isBackedUp',
  'rp_id as rpId',
  'aaguid',
  'alias',
  'user_agent as userAgent',
  'origin',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'last_used_at as lastUsedAt',
] as const;

type PasskeyWrites = Pick<
  StoreTransaction,
  'claimPasskeyHandle' | 'createPasskey' | 'usePasskey' | 'renamePasskey' | 'deletePasskey'
>;

export function passkeyReads(db: SqlConnection): Pick<StoreReads, 'listPasskeys' | 'findPasskey'> {
  return {
    async listPasskeys(userId) {
      const query = db.build.selectFrom('mfa_passkey').select(passkeyColumns).where('user_id', '=', userId);
      return (await db.all(query.orderBy('created_at').orderBy('id'))).map(toRecord);
    },
    async findPasskey(credentialId) {
      const query = db.build.selectFrom('mfa_passkey').select(passkeyColumns);
      const row = await first(db, query.where('credential_id', '=', credentialId));
      return row && toRecord(row);
    },
  };
}

export function passkeyWrites(db: SqlConnection): PasskeyWrites {
  const own = (userId: string, id: string) =>
    db.build.updateTable('mfa_passkey').where('id', '=', id).where('user_id', '=', userId);

  return {
    async claimPasskeyHandle(userId, handle) {
      const query = db.build
        .updateTable('mfa_user')
        .set(({ fn, ref, val }) => ({ passkey_handle: fn.coalesce(ref('passkey_handle'), val(handle)) }))
        .where('id', '=', userId);
      const claimed = (await first(db, query.returning('passkey_handle')))?.passkey_handle;
      if (!claimed) throw new Error('The user who asks for a passkey handle does not exist.');
      return claimed;
    },
    async createPasskey(passkey) {
      return hasRow(
        db,
        db.build
          .insertInto('mfa_passkey')
          .values({
            id: passkey.id,
            user_id: passkey.userId,
            credential_id: passkey.credentialId,
            public_key: passkey.publicKey,
            sign_count: passkey.signCount,
            transports: passkey.transports,
            is_backup_eligible: bit(passkey.isBackupEligible),
            is_backed_up: bit(passkey.isBackedUp),
            rp_id: passkey.rpId,
            aaguid: passkey.aaguid,
            alias: passkey.alias,
            user_agent: passkey.userAgent,
            origin: passkey.origin,
            created_at: passkey.createdAt,
            updated_at: passkey.updatedAt,
            last_used_at: passkey.lastUsedAt,
          })
          .onConflict((conflict) => conflict.column('credential_id').doNothing())
          .returning('id'),
      );
    },
    async usePasskey({ userId, id, signCount, isBackedUp, now }) {
      const count = bigint(signCount);
      const query = own(userId, id)
        .set({ sign_count: signCount, is_backed_up: bit(isBackedUp), last_used_at: now })
        // WebAuthn L3 §6.1.1: an authenticator without a counter says zero for ever.
        .where(({ or, and, eb }) =>
          or([and([eb('sign_count', '=', 0), eb(count, '=', 0)]), eb(count, '>', eb.ref('sign_count'))]),
        );
      return hasRow(db, query.returning('id'));
    },
    async renamePasskey(userId, id, alias, now) {
      return hasRow(db, own(userId, id).set({ alias, updated_at: now }).returning('id'));
    },
    async deletePasskey(userId, id) {
      const query = db.build.deleteFrom('mfa_passkey').where('id', '=', id).where('user_id', '=', userId);
      return hasRow(db, query.returning('id'));
    },
  };
}

type Row = Omit<PasskeyRecord, 'isBackupEligible' | 'isBackedUp'> & { isBackupEligible: number; isBackedUp: number };

function toRecord(row: Row): PasskeyRecord {
  return { ...row, isBackupEligible: row.isBackupEligible === 1, isBackedUp: row.isBackedUp === 1 };
}
