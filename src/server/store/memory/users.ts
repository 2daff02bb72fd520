/** Policies, users and the first factors that lead to them. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { identityKey, type Tables, type Views } from './tables.js';

type UserReads = Pick<
  StoreReads,
  'findPolicy' | 'findUser' | 'listUserIds' | 'findIdentity' | 'listIdentities' | 'countUsers'
>;
type UserWrites = Pick<
  StoreTransaction,
  'putPolicy' | 'lockUser' | 'findOrCreateUser' | 'createUser' | 'addIdentity' | 'updateUser' | 'eraseUser'
>;

export function userReads(db: () => Views): UserReads {
  return {
    async findPolicy(environmentId) {
      return db().policies.get(environmentId)?.policy ?? null;
    },
    async findUser(environmentId, userId) {
      const user = db().users.get(userId);
      return user?.environmentId === environmentId ? user : null;
    },
    async listUserIds(environmentId, after, limit) {
      const ids = db()
        .users.of(environmentId)
        .map(({ id }) => id);
      return ids
        .filter((id) => id > after)
        .sort((a, b) => (a < b ? -1 : 1))
        .slice(0, limit);
    },
    async findIdentity(input) {
      return db().identities.get(identityKey(input)) ?? null;
    },
    async listIdentities(userId) {
      const identities = db().identities.of(userId);
      return identities.sort((a, b) => (identityKey(a) < identityKey(b) ? -1 : 1));
    },
    async countUsers(environmentId) {
      const { users, devices, passkeys } = db();
      const counted = users.of(environmentId);
      const withoutFactor = counted.filter(
        ({ id }) => passkeys.of(id).length === 0 && !devices.of(id).some(({ state }) => state === 'verified'),
      );
      return { users: counted.length, withoutFactor: withoutFactor.length };
    },
  };
}

export function userWrites(db: () => Tables): UserWrites {
  return {
    async putPolicy(environmentId, policy) {
      db().policies.put({ environmentId, policy });
    },
    async lockUser() {
      // Transactions run one after the other here.
    },
    async findOrCreateUser(identity, user) {
      const { identities, users } = db();
      const known = identities.get(identityKey(identity));
      const existing = known && users.get(known.userId);
      if (existing) return { user: existing, isNew: false };
      users.insert(user);
      identities.insert({ ...identity, userId: user.id });
      return { user: { ...user }, isNew: true };
    },
    async createUser(identity, user) {
      const { identities, users } = db();
      if (users.get(user.id) || identities.get(identityKey(identity))) return false;
      users.insert(user);
      identities.insert({ ...identity, userId: user.id });
      return true;
    },
    async addIdentity(identity) {
      const { identities } = db();
      if (identities.get(identityKey(identity))) return false;
      identities.insert(identity);
      return true;
    },
    async updateUser(userId, changes) {
      const { users } = db();
      const user = users.get(userId);
      if (!user) return;
      const { email, firstName, lastName, alias, acknowledgement, lastSeenAt } = changes;
      users.put({
        ...user,
        ...(email !== undefined && { email }),
        ...(firstName !== undefined && { firstName }),
        ...(lastName !== undefined && { lastName }),
        ...(alias !== undefined && { alias }),
        ...(acknowledgement !== undefined && { acknowledgement }),
        ...(lastSeenAt !== undefined && { lastSeenAt }),
      });
    },
    async eraseUser(userId) {
      const tables = db();
      const user = tables.users.get(userId);
      const sids = new Set(tables.sessions.of(userId).map(({ sid }) => sid));
      const addresses = new Set(
        tables.identities.of(userId).flatMap(({ kind, subject }) => (kind === 'email' ? [subject] : [])),
      );
      for (const { keyHash, oldSid, newSid } of tables.idempotency.all()) {
        if (sids.has(oldSid) || sids.has(newSid)) tables.idempotency.delete(keyHash);
      }
      for (const { id, environmentId, email } of tables.emailVerifications.all()) {
        if (environmentId === user?.environmentId && addresses.has(email)) tables.emailVerifications.delete(id);
      }
      const { identities, sessions, devices, passkeys, challenges, audit } = tables;
      const { recoverySets, recoveryCodes, attempts, mfaTokens } = tables;
      const { elevatedTokens, approvals, waitingActions } = tables;
      for (const table of [identities, sessions, devices, passkeys, challenges, audit]) table.deleteOf(userId);
      for (const table of [recoverySets, recoveryCodes, attempts, mfaTokens]) table.deleteOf(userId);
      for (const table of [elevatedTokens, approvals, waitingActions]) table.deleteOf(userId);
      tables.users.delete(userId);
    },
  };
}
