/** Passkeys: each credential id once, and a counter that never falls. */
import type { PasskeyRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

type PasskeyWrites = Pick<
  StoreTransaction,
  'claimPasskeyHandle' | 'createPasskey' | 'usePasskey' | 'renamePasskey' | 'deletePasskey'
>;

export function passkeyReads(db: () => Views): Pick<StoreReads, 'listPasskeys' | 'findPasskey'> {
  return {
    async listPasskeys(userId) {
      const passkeys = db().passkeys.of(userId);
      return passkeys.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async findPasskey(credentialId) {
      return db().passkeys.get(credentialId) ?? null;
    },
  };
}

export function passkeyWrites(db: () => Tables): PasskeyWrites {
  function findOwn(userId: string, id: string): PasskeyRecord | undefined {
    return db()
      .passkeys.of(userId)
      .find((passkey) => passkey.id === id);
  }

  return {
    async claimPasskeyHandle(userId, handle) {
      const { users } = db();
      const user = users.get(userId);
      if (!user) throw new Error('The user who asks for a passkey handle does not exist.');
      if (user.passkeyHandle !== null) return user.passkeyHandle;
      users.put({ ...user, passkeyHandle: handle });
      return handle;
    },
    async createPasskey(passkey) {
      const { passkeys } = db();
      if (passkeys.get(passkey.credentialId)) return false;
      passkeys.insert(passkey);
      return true;
    },
    async usePasskey({ userId, id, signCount, isBackedUp, now }) {
      const passkey = findOwn(userId, id);
      if (!passkey) return false;
      const isWithoutCounter = passkey.signCount === 0 && signCount === 0;
      if (!isWithoutCounter && signCount <= passkey.signCount) return false;
      db().passkeys.put({ ...passkey, signCount, isBackedUp, lastUsedAt: now });
      return true;
    },
    async renamePasskey(userId, id, alias, now) {
      const passkey = findOwn(userId, id);
      if (!passkey) return false;
      db().passkeys.put({ ...passkey, alias, updatedAt: now });
      return true;
    },
    async deletePasskey(userId, id) {
      const passkey = findOwn(userId, id);
      return passkey !== undefined && db().passkeys.delete(passkey.credentialId);
    },
  };
}
