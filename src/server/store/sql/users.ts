/** Users and the first factors that lead to them. */
import { sql } from 'kysely';
import type { IdentityRecord, UserRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import { first, hasRow, type SqlConnection } from './connection.js';

const userColumns = [
  'id',
  'environment_id as environmentId',
  'email',
  'first_name as firstName',
  'last_name as lastName',
  'alias',
  'acknowledgement',
  'passkey_handle as passkeyHandle',
  'created_at as createdAt',
  'last_seen_at as lastSeenAt',
] as const;

const identityColumns = ['environment_id as environmentId', 'kind', 'issuer', 'subject', 'user_id as userId'] as const;

type UserReads = Pick<StoreReads, 'findUser' | 'listUserIds' | 'findIdentity' | 'listIdentities' | 'countUsers'>;
type UserWrites = Pick<
  StoreTransaction,
  'lockUser' | 'findOrCreateUser' | 'createUser' | 'addIdentity' | 'updateUser' | 'eraseUser'
>;

export function userReads(db: SqlConnection): UserReads {
  return {
    async findUser(environmentId, userId) {
      const query = db.build.selectFrom('mfa_user').select(userColumns).where('id', '=', userId);
      return first(db, query.where('environment_id', '=', environmentId));
    },
    async listUserIds(environmentId, after, limit) {
      const page = db.build.selectFrom('mfa_user').select('id').where('environment_id', '=', environmentId);
      const rows = await db.all(page.where('id', '>', after).orderBy('id').limit(limit));
      return rows.map(({ id }) => id);
    },
    async findIdentity({ environmentId, kind, issuer, subject }) {
      return first(
        db,
        db.build
          .selectFrom('mfa_identity')
          .select(identityColumns)
          .where('environment_id', '=', environmentId)
          .where('kind', '=', kind)
          .where('issuer', '=', issuer)
          .where('subject', '=', subject),
      );
    },
    async listIdentities(userId) {
      const query = db.build.selectFrom('mfa_identity').select(identityColumns).where('user_id', '=', userId);
      return db.all(query.orderBy('kind').orderBy('issuer').orderBy('subject'));
    },
    async countUsers(environmentId) {
      const query = db.build.selectFrom('mfa_user').select(({ fn, exists, or, selectFrom }) => {
        const verified = selectFrom('mfa_totp_device')
          .select('id')
          .whereRef('mfa_totp_device.user_id', '=', 'mfa_user.id')
          .where('state', '=', 'verified');
        const passkeys = selectFrom('mfa_passkey').select('id').whereRef('mfa_passkey.user_id', '=', 'mfa_user.id');
        const hasFactor = or([exists(verified), exists(passkeys)]);
        return [
          fn.countAll<number>().as('users'),
          sql<number>`coalesce(sum(case when ${hasFactor} then 0 else 1 end), 0)`.as('withoutFactor'),
        ];
      });
      const counts = await first(db, query.where('environment_id', '=', environmentId));
      return counts ?? { users: 0, withoutFactor: 0 };
    },
  };
}

export function userWrites(db: SqlConnection): UserWrites {
  const reads = userReads(db);

  async function findUserOf(identity: IdentityRecord) {
    const known = await reads.findIdentity(identity);
    return known && reads.findUser(known.environmentId, known.userId);
  }

  function addIdentity(identity: IdentityRecord) {
    const insert = db.build.insertInto('mfa_identity').values({
      environment_id: identity.environmentId,
      kind: identity.kind,
      issuer: identity.issuer,
      subject: identity.subject,
      user_id: identity.userId,
    });
    return hasRow(db, insert.onConflict((conflict) => conflict.doNothing()).returning('user_id'));
  }

  function createUser(identity: IdentityRecord, user: UserRecord) {
    return db.attempt(async () => {
      await db.all(
        db.build.insertInto('mfa_user').values({
          id: user.id,
          environment_id: user.environmentId,
          email: user.email,
          first_name: user.firstName,
          last_name: user.lastName,
          alias: user.alias,
          acknowledgement: user.acknowledgement,
          passkey_handle: user.passkeyHandle,
          created_at: user.createdAt,
          last_seen_at: user.lastSeenAt,
        }),
      );
      return addIdentity({ ...identity, userId: user.id });
    });
  }

  return {
    async lockUser(userId) {
      if (!db.hasConcurrentWriters) return;
      // Not FOR UPDATE: that would also hold back every insert of a row that refers to the user.
      await db.all(db.build.selectFrom('mfa_user').select('id').where('id', '=', userId).forNoKeyUpdate());
    },
    async findOrCreateUser(identity, user) {
      const known = await findUserOf(identity);
      if (known) return { user: known, isNew: false };
      const isNew = await createUser(identity, user);
      if (isNew) return { user, isNew };
      // Somebody else made this identity between the look and the insert; PostgreSQL shows it to a new statement.
      const winner = await findUserOf(identity);
      if (!winner) throw new Error('The user behind this identity was removed while it was being signed in.');
      return { user: winner, isNew: false };
    },
    createUser,
    addIdentity,
    async updateUser(userId, { email, firstName, lastName, alias, acknowledgement, lastSeenAt }) {
      // Kysely leaves out what is undefined; a statement that sets nothing is not one.
      const changes = {
        email,
        first_name: firstName,
        last_name: lastName,
        alias,
        acknowledgement,
        last_seen_at: lastSeenAt,
      };
      if (Object.values(changes).every((value) => value === undefined)) return;
      await db.all(db.build.updateTable('mfa_user').set(changes).where('id', '=', userId));
    },
    async eraseUser(userId) {
      // What is not tied to the user by a foreign key goes first, while it can still be told whose it was.
      const sids = db.build.selectFrom('mfa_session').select('sid').where('user_id', '=', userId);
      await db.all(
        db.build
          .deleteFrom('mfa_idempotency')
          .where(({ or, eb }) => or([eb('old_sid', 'in', sids), eb('new_sid', 'in', sids)])),
      );
      const addresses = db.build
        .selectFrom('mfa_identity')
        .select('subject')
        .where('user_id', '=', userId)
        .where('kind', '=', 'email');
      const environment = db.build.selectFrom('mfa_user').select('environment_id').where('id', '=', userId);
      await db.all(
        db.build
          .deleteFrom('mfa_email_verification')
          .where('email', 'in', addresses)
          .where('environment_id', '=', environment),
      );
      await db.all(db.build.deleteFrom('mfa_challenge').where('user_id', '=', userId));
      await db.all(db.build.deleteFrom('mfa_user').where('id', '=', userId));
    },
  };
}
