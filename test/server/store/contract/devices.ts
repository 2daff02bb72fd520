import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import { deviceRecord, minute, newTotp, newUser, now } from './records.js';

/** Threat: a code is used twice, a device of somebody else is used, or a new device ends the old one too early. */
export function deviceContract(store: () => Store) {
  const confirmation = { lineId: 'line-2', drift: 1, isDefault: true, now: now + 1 };
  const create = (device: ReturnType<typeof deviceRecord>) => store().transaction((tx) => tx.createPendingTotp(device));
  const confirm = (userId: string, id: string, changes: { step?: number; now?: number } = {}) =>
    store().transaction((tx) => tx.confirmTotp({ userId, id, step: 50, ...confirmation, ...changes }));
  const consume = (userId: string, id: string, step: number) =>
    store().transaction((tx) => tx.consumeTotpStep({ userId, id, step, lineId: 'line-3', drift: -1, now: now + 2 }));

  test('a pending device comes back as it was made and is no verified factor', async () => {
    const userId = await newUser(store());
    const device = deviceRecord(userId, { alias: 'Phone', replacesId: 'older' });
    expect(await create(device)).toBe(true);
    expect(await store().listTotpDevices(userId)).toEqual([device]);
    expect(await store().hasVerifiedFactor(userId)).toBe(false);
  });

  test('a second pending device is refused, unless the first has expired', async () => {
    const userId = await newUser(store());
    expect(await create(deviceRecord(userId))).toBe(true);
    expect(await create(deviceRecord(userId))).toBe(false);
    expect(await create(deviceRecord(userId, { createdAt: now + 10 * minute, expiresAt: now + 20 * minute }))).toBe(
      true,
    );
    expect(await store().listTotpDevices(userId)).toHaveLength(1);
  });

  test('of fifty pending devices created at once one stays', async () => {
    const userId = await newUser(store());
    const made = await Promise.all(Array.from({ length: 50 }, () => create(deviceRecord(userId))));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await store().listTotpDevices(userId)).toHaveLength(1);
  });

  test('one verified elsewhere comes back as it was made, and is the only verified one', async () => {
    const userId = await newUser(store());
    const verified = () =>
      deviceRecord(userId, { state: 'verified', lastStep: 98, verifiedAt: now, lastUsedAt: now - 1, expiresAt: null });
    const make = (device: ReturnType<typeof deviceRecord>) =>
      store().transaction((tx) => tx.createVerifiedTotp(device));
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const device = verified();
        return (await make(device)) ? device : null;
      }),
    );
    const [device, ...others] = made.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(await store().listTotpDevices(userId)).toEqual([device]);
    expect(await store().hasVerifiedFactor(userId)).toBe(true);
    expect(await consume(userId, device?.id ?? '', 98)).toBe(false);
    expect(await consume(userId, device?.id ?? '', 99)).toBe(true);
  });

  test('confirming verifies the device and burns the step that did it', async () => {
    const userId = await newUser(store());
    const device = deviceRecord(userId);
    await create(device);
    expect(await confirm(userId, device.id)).toBe(true);
    expect(await store().listTotpDevices(userId)).toEqual([
      {
        ...device,
        state: 'verified',
        isDefault: true,
        lastStep: 50,
        lastLineId: 'line-2',
        drift: 1,
        verifiedAt: now + 1,
        lastUsedAt: now + 1,
        expiresAt: null,
      },
    ]);
    expect(await store().hasVerifiedFactor(userId)).toBe(true);
    expect(await consume(userId, device.id, 50)).toBe(false);
    expect(await consume(userId, device.id, 51)).toBe(true);
    expect(await confirm(userId, device.id, { step: 52 })).toBe(false);
  });

  test('an expired pending device, and one of somebody else, is not confirmed', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const device = deviceRecord(userId);
    await create(device);
    expect(await confirm(stranger, device.id)).toBe(false);
    expect(await confirm(userId, device.id, { now: now + 10 * minute })).toBe(false);
    expect(await store().listTotpDevices(userId)).toEqual([device]);
  });

  test('a replacement retires the old device with its first good code, not before', async () => {
    const userId = await newUser(store());
    const old = await newTotp(store(), userId, 40);
    const next = deviceRecord(userId, { replacesId: old });
    await create(next);
    expect(await consume(userId, old, 41)).toBe(true);
    expect(await confirm(userId, next.id)).toBe(true);
    expect((await store().listTotpDevices(userId)).map(({ id }) => id)).toEqual([next.id]);
    expect(await consume(userId, old, 60)).toBe(false);
  });

  test('a replacement that comes too late leaves the old device as it was', async () => {
    const userId = await newUser(store());
    const old = await newTotp(store(), userId, 40);
    const next = deviceRecord(userId, { replacesId: old });
    await create(next);
    expect(await confirm(userId, next.id, { now: now + 10 * minute })).toBe(false);
    expect(await consume(userId, old, 41)).toBe(true);
  });

  test('a pending device that replaces nothing cannot push a verified one aside', async () => {
    const userId = await newUser(store());
    const old = await newTotp(store(), userId, 40);
    const next = deviceRecord(userId, { createdAt: now + 1 });
    await create(next);
    expect(await confirm(userId, next.id)).toBe(false);
    const devices = await store().listTotpDevices(userId);
    expect(devices.map(({ id, state, lastStep }) => [id, state, lastStep])).toEqual([
      [old, 'verified', 40],
      [next.id, 'pending', -1],
    ]);
  });

  test('a refused confirmation does not spoil the transaction it is in', async () => {
    const userId = await newUser(store());
    await newTotp(store(), userId);
    const next = deviceRecord(userId);
    await create(next);
    await store().transaction(async (tx) => {
      expect(await tx.confirmTotp({ userId, id: next.id, step: 50, ...confirmation })).toBe(false);
      expect(await tx.countWrongPendingCode(userId, next.id)).toBe(1);
    });
    expect((await store().listTotpDevices(userId)).find(({ id }) => id === next.id)?.wrongCodes).toBe(1);
  });

  test('a time step is used once by a hundred callers, and none before it afterwards', async () => {
    const userId = await newUser(store());
    const id = await newTotp(store(), userId, 100);
    const used = await Promise.all(Array.from({ length: 100 }, () => consume(userId, id, 105)));
    expect(used.filter(Boolean)).toHaveLength(1);
    for (const step of [105, 104, 101, 100, -1]) expect(await consume(userId, id, step)).toBe(false);
    expect(await consume(userId, id, 106)).toBe(true);
    expect((await store().listTotpDevices(userId))[0]).toMatchObject({
      lastStep: 106,
      lastLineId: 'line-3',
      drift: -1,
      lastUsedAt: now + 2,
    });
  });

  test('a step of a pending device, or of a device of somebody else, is not used', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const id = await newTotp(store(), userId);
    const pending = deviceRecord(stranger);
    await create(pending);
    expect(await consume(stranger, id, 200)).toBe(false);
    expect(await consume(stranger, pending.id, 200)).toBe(false);
    expect(await consume(userId, id, 200)).toBe(true);
  });

  test('wrong codes are counted for a pending device only', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const verified = await newTotp(store(), userId);
    const pending = deviceRecord(userId);
    await create(pending);
    const count = (owner: string, id: string) => store().transaction((tx) => tx.countWrongPendingCode(owner, id));
    expect(await count(userId, pending.id)).toBe(1);
    expect(await count(userId, pending.id)).toBe(2);
    expect(await count(stranger, pending.id)).toBe(0);
    expect(await count(userId, verified)).toBe(0);
  });

  test('a secret is sealed anew only if nobody did it meanwhile', async () => {
    const userId = await newUser(store());
    const id = await newTotp(store(), userId);
    const reseal = () => store().transaction((tx) => tx.resealTotp(id, 'v1.k1.sealed', 'v1.k2.sealed'));
    expect(await reseal()).toBe(true);
    expect(await reseal()).toBe(false);
    expect((await store().listTotpDevices(userId))[0]?.secret).toBe('v1.k2.sealed');
  });

  test('the default is a verified device of the user', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const id = await newTotp(store(), userId);
    const pending = deviceRecord(userId, { isDefault: true });
    await create(pending);
    const choose = (owner: string, device: string) => store().transaction((tx) => tx.setDefaultTotp(owner, device));
    expect(await choose(stranger, id)).toBe(false);
    expect(await choose(userId, pending.id)).toBe(false);
    expect(await choose(userId, id)).toBe(true);
    const defaults = (await store().listTotpDevices(userId)).filter(({ isDefault }) => isDefault);
    expect(defaults.map((device) => device.id)).toEqual([id]);
  });

  test('a device is removed once, by its owner', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const id = await newTotp(store(), userId);
    const remove = (owner: string) => store().transaction((tx) => tx.deleteTotp(owner, id));
    expect(await remove(stranger)).toBe(false);
    expect(await remove(userId)).toBe(true);
    expect(await remove(userId)).toBe(false);
    expect(await store().hasVerifiedFactor(userId)).toBe(false);
  });
}
