import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/server/store/Store.js';
import { environmentId, newPasskey, newUser, now, passkeyRecord } from './records.js';

/** Threat: a passkey is registered over that of somebody else, or a copy of it is used beside it (WebAuthn L3 §6.1.1). */
export function passkeyContract(store: () => Store) {
  const create = (passkey: ReturnType<typeof passkeyRecord>) => store().transaction((tx) => tx.createPasskey(passkey));
  const use = (userId: string, id: string, signCount: number) =>
    store().transaction((tx) => tx.usePasskey({ userId, id, signCount, isBackedUp: true, now: now + 2 }));

  test('a passkey comes back as it was made, and is a verified factor', async () => {
    const userId = await newUser(store());
    const passkey = passkeyRecord(userId, { alias: 'Key', userAgent: 'Browser', signCount: 2 ** 32 - 1 });
    expect(await store().hasVerifiedFactor(userId)).toBe(false);
    expect(await create(passkey)).toBe(true);
    expect(await store().findPasskey(passkey.credentialId)).toEqual(passkey);
    expect(await store().listPasskeys(userId)).toEqual([passkey]);
    expect(await store().hasVerifiedFactor(userId)).toBe(true);
    expect(await store().findPasskey(randomUUID())).toBeNull();
  });

  test('the passkeys of a user, and of nobody else, are listed oldest first', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const times = [now + 2, now, now + 1];
    for (const createdAt of times) await newPasskey(store(), userId, { createdAt });
    await newPasskey(store(), stranger);
    expect((await store().listPasskeys(userId)).map(({ createdAt }) => createdAt)).toEqual(times.sort());
  });

  test('a user keeps one passkey handle, whatever is proposed later', async () => {
    const [userId, handle] = [await newUser(store()), randomUUID()];
    const claim = (proposed: string) => store().transaction((tx) => tx.claimPasskeyHandle(userId, proposed));
    expect(await claim(handle)).toBe(handle);
    expect(await claim(randomUUID())).toBe(handle);
    await store().transaction((tx) => tx.updateUser(userId, { alias: 'al' }));
    expect((await store().findUser(environmentId, userId))?.passkeyHandle).toBe(handle);
  });

  test('fifty callers at once are told the same passkey handle', async () => {
    const userId = await newUser(store());
    const claimed = await Promise.all(
      Array.from({ length: 50 }, () => store().transaction((tx) => tx.claimPasskeyHandle(userId, randomUUID()))),
    );
    expect([...new Set(claimed)]).toEqual([(await store().findUser(environmentId, userId))?.passkeyHandle]);
  });

  test('nobody who does not exist gets a passkey or a handle', async () => {
    await expect(create(passkeyRecord(randomUUID()))).rejects.toThrow();
    await expect(store().transaction((tx) => tx.claimPasskeyHandle(randomUUID(), 'h'))).rejects.toThrow('not exist');
  });

  test('a credential id registered by somebody else is refused, and its owner is unchanged', async () => {
    const [owner, thief] = [await newUser(store()), await newUser(store())];
    const passkey = await newPasskey(store(), owner);
    const { credentialId } = passkey;
    expect(await create(passkeyRecord(thief, { credentialId, publicKey: 'key-of-the-thief' }))).toBe(false);
    expect(await create(passkeyRecord(owner, { credentialId }))).toBe(false);
    expect(await store().findPasskey(credentialId)).toEqual(passkey);
    expect(await store().hasVerifiedFactor(thief)).toBe(false);
  });

  test('a refused registration does not spoil the transaction it is in', async () => {
    const [owner, other] = [await newUser(store()), await newUser(store())];
    const { credentialId } = await newPasskey(store(), owner);
    await store().transaction(async (tx) => {
      expect(await tx.createPasskey(passkeyRecord(other, { credentialId }))).toBe(false);
      await tx.updateUser(other, { alias: 'told' });
    });
    expect((await store().findUser(environmentId, other))?.alias).toBe('told');
  });

  test('a use is noted with its counter and backup state', async () => {
    const userId = await newUser(store());
    const passkey = await newPasskey(store(), userId, { signCount: 7 });
    expect(await use(userId, passkey.id, 8)).toBe(true);
    const used = { ...passkey, signCount: 8, isBackedUp: true, lastUsedAt: now + 2 };
    expect(await store().listPasskeys(userId)).toEqual([used]);
  });

  test('a counter that did not rise is refused and changes nothing', async () => {
    const userId = await newUser(store());
    const passkey = await newPasskey(store(), userId, { signCount: 7 });
    for (const signCount of [7, 6, 1, 0]) expect(await use(userId, passkey.id, signCount)).toBe(false);
    expect(await store().listPasskeys(userId)).toEqual([passkey]);
    expect(await use(userId, passkey.id, 2 ** 32 - 1)).toBe(true);
    expect(await use(userId, passkey.id, 0)).toBe(false);
  });

  test('an authenticator without a counter is used again and again, until it shows one', async () => {
    const userId = await newUser(store());
    const { id } = await newPasskey(store(), userId);
    for (let count = 0; count < 3; count++) expect(await use(userId, id, 0)).toBe(true);
    expect(await use(userId, id, 1)).toBe(true);
    expect(await use(userId, id, 0)).toBe(false);
  });

  test('of a hundred uses at once with one counter value one counts', async () => {
    const userId = await newUser(store());
    const { id } = await newPasskey(store(), userId);
    const used = await Promise.all(Array.from({ length: 100 }, () => use(userId, id, 5)));
    expect(used.filter(Boolean)).toHaveLength(1);
  });

  test('a passkey is renamed, used and removed by its owner alone', async () => {
    const [userId, stranger] = [await newUser(store()), await newUser(store())];
    const passkey = await newPasskey(store(), userId);
    const rename = (owner: string, alias: string | null) =>
      store().transaction((tx) => tx.renamePasskey(owner, passkey.id, alias, now + 3));
    const remove = (owner: string) => store().transaction((tx) => tx.deletePasskey(owner, passkey.id));
    expect(await rename(stranger, 'Mine')).toBe(false);
    expect(await use(stranger, passkey.id, 1)).toBe(false);
    expect(await remove(stranger)).toBe(false);
    expect(await store().listPasskeys(userId)).toEqual([passkey]);

    expect(await rename(userId, 'Laptop')).toBe(true);
    expect(await store().listPasskeys(userId)).toEqual([{ ...passkey, alias: 'Laptop', updatedAt: now + 3 }]);
    expect(await rename(userId, null)).toBe(true);
    expect((await store().listPasskeys(userId))[0]?.alias).toBeNull();

    expect(await remove(userId)).toBe(true);
    expect(await remove(userId)).toBe(false);
    expect(await rename(userId, 'Ghost')).toBe(false);
    expect(await use(userId, passkey.id, 1)).toBe(false);
    expect(await store().hasVerifiedFactor(userId)).toBe(false);
  });

  test('a removed credential id may be registered again', async () => {
    const userId = await newUser(store());
    const { id, credentialId } = await newPasskey(store(), userId);
    await store().transaction((tx) => tx.deletePasskey(userId, id));
    expect(await create(passkeyRecord(await newUser(store()), { credentialId }))).toBe(true);
  });
}
