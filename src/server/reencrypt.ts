/** Puts what is kept under the active keys, user by user, while the server runs (security.md D4). */
import type { Core } from './core.js';
import type { Bytes } from './crypto.js';
import type { RecoverySetRecord } from './store/records.js';
import type { StoreTransaction } from './store/Store.js';

/** How much a re-encryption rewrote. */
export interface ReencryptedCounts {
  devices: number;
  recoverySets: number;
}

const PAGE = 200;

export const reencryptAll = async (core: Core): Promise<ReencryptedCounts> => {
  const counts = { devices: 0, recoverySets: 0 };
  let after = '';
  for (;;) {
    const page = await core.store.listUserIds(core.environmentId, after, PAGE);
    for (const userId of page) {
      if (!(await isStale(core, userId))) continue;
      const done = await core.store.transaction((tx) => reencryptUser(core, tx, userId));
      counts.devices += done.devices;
      counts.recoverySets += done.recoverySets;
    }
    const last = page.at(-1);
    if (last === undefined) return counts;
    after = last;
  }
};

const setsOf = async (core: Core, store: Pick<StoreTransaction, 'findRecoverySets'>, userId: string) => {
  const { live, pending } = await store.findRecoverySets(userId, core.clock());
  return [live, pending?.id === live?.id ? null : pending].filter((set) => set !== null);
};

const isStaleSet = (core: Core, set: RecoverySetRecord): boolean =>
  set.pepperId !== core.pepper.active || (set.sealed !== null && core.vault.isStale(set.sealed));

/** Looked at outside of a transaction, so that users who need nothing are not held up. */
const isStale = async (core: Core, userId: string): Promise<boolean> => {
  const devices = await core.store.listTotpDevices(userId);
  if (devices.some(({ secret }) => core.vault.isStale(secret))) return true;
  return (await setsOf(core, core.store, userId)).some((set) => isStaleSet(core, set));
};

const reencryptUser = async (core: Core, tx: StoreTransaction, userId: string): Promise<ReencryptedCounts> => {
  const { vault } = core;
  await tx.lockUser(userId);
  const counts = { devices: 0, recoverySets: 0 };
  for (const { id, secret } of await tx.listTotpDevices(userId)) {
    if (!vault.isStale(secret)) continue;
    const owner = { userId, id };
    const resealed = await vault.seal('totp-secret', owner, await vault.open('totp-secret', owner, secret));
    if (await tx.resealTotp(id, secret, resealed)) counts.devices += 1;
  }
  const codes = await tx.listRecoveryCodes(userId);
  for (const set of await setsOf(core, tx, userId)) {
    if (!isStaleSet(core, set)) continue;
    const hashes = codes.filter(({ setId }) => setId === set.id).map(({ codeHash }) => codeHash);
    await reencryptSet(core, tx, set, hashes);
    counts.recoverySets += 1;
  }
  return counts;
};

const reencryptSet = async (core: Core, tx: StoreTransaction, set: RecoverySetRecord, hashes: string[]) => {
  const { pepper, vault } = core;
  const exchange = async (from: string) => {
    const hash: Bytes = await pepper.remove(set.pepperId, set, from);
    return { from, to: await pepper.add(pepper.active, set, hash) };
  };
  const isRenewed = set.sealed !== null && vault.isStale(set.sealed);
  const sealed = isRenewed && set.sealed ? await vault.open('recovery-codes', set, set.sealed) : null;
  await tx.resealRecoverySet({
    userId: set.userId,
    setId: set.id,
    pepperId: pepper.active,
    sealed: sealed === null ? set.sealed : await vault.seal('recovery-codes', set, sealed),
    codeHashes: set.pepperId === pepper.active ? [] : await Promise.all(hashes.map(exchange)),
  });
};
