/** Authenticator apps: at most one pending and one verified per user. */
import type { TotpDeviceRecord } from '../records.js';
import type { StoreReads, StoreTransaction } from '../Store.js';
import type { Tables, Views } from './tables.js';

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

export function deviceReads(db: () => Views): Pick<StoreReads, 'listTotpDevices' | 'hasVerifiedFactor'> {
  return {
    async listTotpDevices(userId) {
      const devices = db().devices.of(userId);
      return devices.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async hasVerifiedFactor(userId) {
      const { devices, passkeys } = db();
      return devices.of(userId).some(isVerified) || passkeys.of(userId).length > 0;
    },
  };
}

export function deviceWrites(db: () => Tables): DeviceWrites {
  function findOwn(userId: string, id: string, state: TotpDeviceRecord['state']): TotpDeviceRecord | null {
    const device = db().devices.get(id);
    return device?.userId === userId && device.state === state ? device : null;
  }

  return {
    async createPendingTotp(device) {
      const { devices } = db();
      for (const other of devices.of(device.userId)) {
        if (other.state !== 'pending') continue;
        // One that has died but was not purged yet must not stand in the way.
        if (!isAlive(other, device.createdAt)) devices.delete(other.id);
        else return false;
      }
      if (devices.get(device.id)) return false;
      devices.insert({ ...device, state: 'pending', verifiedAt: null });
      return true;
    },
    async createVerifiedTotp(device) {
      const { devices } = db();
      if (devices.get(device.id) || devices.of(device.userId).some(isVerified)) return false;
      devices.insert({ ...device, state: 'verified' });
      return true;
    },
    async countWrongPendingCode(userId, id) {
      const device = findOwn(userId, id, 'pending');
      if (!device) return 0;
      const wrongCodes = device.wrongCodes + 1;
      db().devices.put({ ...device, wrongCodes });
      return wrongCodes;
    },
    async confirmTotp({ userId, id, step, lineId, drift, isDefault, now }) {
      const { devices } = db();
      const device = findOwn(userId, id, 'pending');
      if (!device || !isAlive(device, now)) return false;
      const inTheWay = devices.of(userId).find(isVerified);
      if (inTheWay && inTheWay.id !== device.replacesId) return false;
      if (inTheWay) devices.delete(inTheWay.id);
      devices.put({
        ...device,
        state: 'verified',
        isDefault,
        lastStep: step,
        lastLineId: lineId,
        drift,
        replacesId: null,
        verifiedAt: now,
        lastUsedAt: now,
        expiresAt: null,
      });
      return true;
    },
    async consumeTotpStep({ userId, id, step, lineId, drift, now }) {
      const device = findOwn(userId, id, 'verified');
      // Monotonic: covers the replay of a code and a clock set back (RFC 6238 §5.2).
      if (!device || device.lastStep >= step) return false;
      db().devices.put({ ...device, lastStep: step, lastLineId: lineId, drift, lastUsedAt: now });
      return true;
    },
    async resealTotp(id, oldSecret, newSecret) {
      const { devices } = db();
      const device = devices.get(id);
      if (device?.secret !== oldSecret) return false;
      devices.put({ ...device, secret: newSecret });
      return true;
    },
    async setDefaultTotp(userId, id) {
      const { devices } = db();
      if (!findOwn(userId, id, 'verified')) return false;
      for (const device of devices.of(userId)) devices.put({ ...device, isDefault: device.id === id });
      return true;
    },
    async deleteTotp(userId, id) {
      const { devices } = db();
      return devices.get(id)?.userId === userId && devices.delete(id);
    },
  };
}

function isVerified({ state }: TotpDeviceRecord): boolean {
  return state === 'verified';
}

/** As the database compares: a device without an end cannot be confirmed, and does not die. */
function isAlive({ expiresAt }: TotpDeviceRecord, now: number): boolean {
  return expiresAt !== null && expiresAt > now;
}
