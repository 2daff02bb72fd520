/** What an operator does: policy, users in trouble, the log, and the keys at rest. */
import * as v from 'valibot';
import { appendAudit, isChainWhole } from '../audit.js';
import type { Core } from '../core.js';
import type { MfaImports } from '../MfaImports.js';
import { findPolicyFault, type MfaPolicy, policySchema } from '../policy.js';
import { revokeTokens } from '../proofs.js';
import { type ReencryptedCounts, reencryptAll } from '../reencrypt.js';
import { refuse } from '../refusals.js';
import type { AuditRecord, FactorKind, IdentityRecord, PasskeyRecord, UserRecord } from '../store/records.js';
import type { StoreTransaction } from '../store/Store.js';
import type { WaitingActionRecord } from '../store/stepUpRecords.js';
import { importTotp } from './importTotp.js';
import { importUser } from './importUser.js';

/** What is kept about a user, without any secret. */
export interface ExportedUser {
  user: UserRecord;
  identities: IdentityRecord[];
  devices: { id: string; verified: boolean; createdAt: number; verifiedAt: number | null; lastUsedAt: number | null }[];
  passkeys: Omit<PasskeyRecord, 'userId' | 'publicKey'>[];
  recoveryCodesLeft: number;
  waiting: Omit<WaitingActionRecord, 'userId' | 'environmentId'>[];
  audit: AuditRecord[];
}

/** Users of the environment. */
export interface MfaStats {
  users: number;
  /** How many pass protected actions without proof while enrolment is optional. */
  withoutFactor: number;
}

/** The operator's side of a server. Nothing here checks who is asking: call it from code that has. */
export interface MfaAdmin extends MfaImports {
  /** The policy in force. */
  getPolicy(): Promise<MfaPolicy>;
  /**
   * Changes the named parts of the policy, from the next request on and in every process. Rejects with a `Refusal` of
   * code `invalid_request` when the result is malformed or would leave nobody a way to enrol.
   */
  updatePolicy(changes: Partial<MfaPolicy>): Promise<MfaPolicy>;
  /**
   * Takes all factors and recovery codes from somebody who lost them, and ends their sessions and tokens. They enrol
   * anew after the next sign-in. Rejects with code `not_found` for an unknown user.
   */
  resetUserMfa(userId: string): Promise<void>;
  /** Everything kept about a user, secrets aside. Null when there is no such user. */
  exportUser(userId: string): Promise<ExportedUser | null>;
  /** Removes a user and everything about them, the log included. */
  eraseUser(userId: string): Promise<void>;
  /** Makes a factor usable again that too many wrong codes suspended. False when it was not suspended. */
  liftSuspension(userId: string, factor: FactorKind): Promise<boolean>;
  /** The log of a user, oldest first. */
  listAudit(userId: string): Promise<AuditRecord[]>;
  /** Whether the log of a user is whole: nothing in it changed, removed from the middle or put in. */
  verifyAudit(userId: string): Promise<boolean>;
  stats(): Promise<MfaStats>;
  /**
   * Puts everything at rest under the active keys: authenticator secrets, unsaved recovery codes, and the pepper of all
   * recovery codes. Run it after naming a new key `active`; when it has resolved, the old key can go. Safe while people
   * sign in, and safe to run again. Gives how many were rewritten.
   */
  reencrypt(): Promise<ReencryptedCounts>;
  /** Removes what has expired, which the server does by itself every quarter of an hour. Gives the number of rows. */
  purgeExpired(): Promise<number>;
}

const findOrRefuse = async (core: Core, userId: string): Promise<UserRecord> => {
  const user = await core.store.findUser(core.environmentId, userId);
  if (!user) throw refuse('not_found');
  return user;
};

const removeFactors = async (tx: StoreTransaction, core: Core, userId: string, now: number): Promise<void> => {
  const origin = { environmentId: core.environmentId, now, sid: null, ip: null, agentHash: null };
  for (const device of await tx.listTotpDevices(userId)) {
    await tx.deleteTotp(userId, device.id);
    await appendAudit(tx, origin, userId, 'factor_removed', { factorId: device.id, reason: 'reset' });
  }
  for (const passkey of await tx.listPasskeys(userId)) {
    await tx.deletePasskey(userId, passkey.id);
    await appendAudit(tx, origin, userId, 'factor_removed', { factorId: passkey.id, reason: 'reset' });
  }
  await tx.deleteRecoverySets(userId);
  // Or nobody could confirm the next authenticator app.
  for (const factor of ['totp', 'recovery'] as const) {
    if (await tx.liftSuspension(userId, factor)) {
      await appendAudit(tx, origin, userId, 'factor_unsuspended', { reason: `${factor} by reset` });
    }
  }
  await tx.updateUser(userId, { acknowledgement: null });
  if ((await revokeTokens(tx, userId, now)) > 0) {
    await appendAudit(tx, origin, userId, 'token_revoked', { reason: 'reset' });
  }
  await tx.endOtherSessions(userId, null, 'reset', now);
};

export const createAdmin = (core: Core): MfaAdmin => {
  const { store, environmentId } = core;
  return {
    importUser: (user) => importUser(core, user),
    importTotp: (device) => importTotp(core, device),
    getPolicy: () => core.policy(),
    async updatePolicy(changes) {
      const result = v.safeParse(policySchema, { ...(await core.policy()), ...changes });
      const fault = result.success ? findPolicyFault(result.output)?.field : v.getDotPath(result.issues[0]);
      if (!result.success || fault !== undefined) {
        throw refuse('invalid_request', { payload: { field: `policy.${fault ?? ''}` } });
      }
      await store.transaction((tx) => tx.putPolicy(environmentId, JSON.stringify(result.output), core.clock()));
      return result.output;
    },
    async resetUserMfa(userId) {
      const user = await findOrRefuse(core, userId);
      const now = core.clock();
      await store.transaction(async (tx) => {
        await tx.lockUser(userId);
        await removeFactors(tx, core, userId, now);
      });
      core.notify({ type: 'mfa_reset', userId, email: user.email, at: now });
    },
    async exportUser(userId) {
      const user = await store.findUser(environmentId, userId);
      if (!user) return null;
      const devices = await store.listTotpDevices(userId);
      const passkeys = await store.listPasskeys(userId);
      return {
        user,
        identities: await store.listIdentities(userId),
        devices: devices.map(({ id, state, createdAt, verifiedAt, lastUsedAt }) => ({
          id,
          verified: state === 'verified',
          createdAt,
          verifiedAt,
          lastUsedAt,
        })),
        passkeys: passkeys.map(({ userId: _owner, publicKey: _key, ...passkey }) => passkey),
        recoveryCodesLeft: (await store.findRecoverySets(userId, core.clock())).left,
        waiting: (await store.listWaitingActions(userId)).map(
          ({ userId: _owner, environmentId: _one, ...rest }) => rest,
        ),
        audit: await store.listAudit(userId),
      };
    },
    async eraseUser(userId) {
      await findOrRefuse(core, userId);
      await store.transaction(async (tx) => {
        await tx.lockUser(userId);
        await tx.eraseUser(userId);
      });
    },
    async liftSuspension(userId, factor) {
      await findOrRefuse(core, userId);
      return store.transaction(async (tx) => {
        await tx.lockUser(userId);
        const isLifted = await tx.liftSuspension(userId, factor);
        const origin = { environmentId, now: core.clock(), sid: null, ip: null, agentHash: null };
        if (isLifted) await appendAudit(tx, origin, userId, 'factor_unsuspended', { reason: `${factor} by operator` });
        return isLifted;
      });
    },
    listAudit: (userId) => store.listAudit(userId),
    verifyAudit: async (userId) => isChainWhole(await store.listAudit(userId)),
    reencrypt: () => reencryptAll(core),
    stats: () => store.countUsers(environmentId),
    purgeExpired: () => store.transaction((tx) => tx.purgeExpired(core.clock())),
  };
};
