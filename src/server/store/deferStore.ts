/** A store whose database is opened by `start()`, so that importing and making it never fails. */
import type { Store } from './Store.js';

/** What opening gives: everything of a store but the opening. */
export type OpenStore = Omit<Store, 'start'>;

export function deferStore(open: () => Promise<OpenStore>): Store {
  let opening: Promise<OpenStore> | null = null;
  let current: OpenStore | null = null;

  const store = (): OpenStore => {
    if (!current) throw new Error('The store is not open: call start() and wait for it first.');
    return current;
  };

  return {
    async start() {
      opening ??= open();
      try {
        current = await opening;
      } catch (error) {
        // A database that was away may be there the next time.
        opening = null;
        throw error;
      }
    },
    async close() {
      const closing = current ?? (await opening?.catch(() => null));
      current = null;
      opening = null;
      await closing?.close();
    },
    transaction: async (work) => store().transaction(work),
    reserveAttempt: async (input) => store().reserveAttempt(input),
    findPolicy: async (environmentId) => store().findPolicy(environmentId),
    findUser: async (environmentId, userId) => store().findUser(environmentId, userId),
    listUserIds: async (environmentId, after, limit) => store().listUserIds(environmentId, after, limit),
    findIdentity: async (input) => store().findIdentity(input),
    listIdentities: async (userId) => store().listIdentities(userId),
    findSession: async (sid) => store().findSession(sid),
    listTotpDevices: async (userId) => store().listTotpDevices(userId),
    listPasskeys: async (userId) => store().listPasskeys(userId),
    findPasskey: async (credentialId) => store().findPasskey(credentialId),
    hasVerifiedFactor: async (userId) => store().hasVerifiedFactor(userId),
    findRecoverySets: async (userId, now) => store().findRecoverySets(userId, now),
    listRecoveryCodes: async (userId) => store().listRecoveryCodes(userId),
    listAttempts: async (userId) => store().listAttempts(userId),
    findMfaToken: async (hash) => store().findMfaToken(hash),
    hasUnspentMfaToken: async (input) => store().hasUnspentMfaToken(input),
    findElevatedToken: async (id) => store().findElevatedToken(id),
    hasLiveElevatedToken: async (input) => store().hasLiveElevatedToken(input),
    findApproval: async (input) => store().findApproval(input),
    listWaitingActions: async (userId) => store().listWaitingActions(userId),
    findIdempotency: async (keyHash, now) => store().findIdempotency(keyHash, now),
    findEmailVerification: async (environmentId, id) => store().findEmailVerification(environmentId, id),
    listAudit: async (userId) => store().listAudit(userId),
    countUsers: async (environmentId) => store().countUsers(environmentId),
  };
}
