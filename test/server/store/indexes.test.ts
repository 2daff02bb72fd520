/** Threat: a fault in our checks, or somebody with access to the database, makes a row that must not be (S-16, S-24). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceRecord, newRecoverySet, newTotp, newUser, now } from './contract/records.js';
import { type SqlStoreUnderTest, sharedStores } from './stores.js';

describe.each(Object.entries(sharedStores))('the database itself, on %s, refuses', (_name, create) => {
  let opened: SqlStoreUnderTest;
  beforeAll(async () => {
    opened = await create();
    await opened.store.start();
  });
  afterAll(async () => {
    await opened.store.close();
    await opened.drop();
  });

  /** The statement that copies a row with some columns changed. */
  async function copy(table: string, where: string, changes: Record<string, string>): Promise<string> {
    const [row] = await opened.sql(`SELECT * FROM ${table} WHERE ${where}`);
    const columns = Object.keys(row ?? {});
    const values = columns.map((column) => changes[column] ?? column);
    return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${table} WHERE ${where}`;
  }

  test('a second verified authenticator app', async () => {
    const userId = await newUser(opened.store);
    const id = await newTotp(opened.store, userId);
    const stranger = await newUser(opened.store);
    const where = `id = '${id}'`;
    await expect(opened.sql(await copy('mfa_totp_device', where, { id: `'${id}-2'` }))).rejects.toThrow(/unique/i);
    // The copy is refused for its user alone: another user may have it.
    await opened.sql(await copy('mfa_totp_device', where, { id: `'${id}-3'`, user_id: `'${stranger}'` }));
  });

  test('a second pending authenticator app, and one turned verified beside another', async () => {
    const userId = await newUser(opened.store);
    const pending = deviceRecord(userId);
    await opened.store.transaction((tx) => tx.createPendingTotp(pending));
    const second = await copy('mfa_totp_device', `id = '${pending.id}'`, { id: `'${pending.id}-2'` });
    await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    await opened.store.transaction((tx) => tx.deleteTotp(userId, pending.id));

    await newTotp(opened.store, userId);
    await opened.store.transaction((tx) => tx.createPendingTotp(pending));
    const turned = `UPDATE mfa_totp_device SET state = 'verified' WHERE id = '${pending.id}'`;
    await expect(opened.sql(turned)).rejects.toThrow(/unique/i);
  });

  test('a second live set of recovery codes', async () => {
    const userId = await newUser(opened.store);
    const { set } = await newRecoverySet(opened.store, userId);
    const second = await copy('mfa_recovery_set', `id = '${set.id}'`, { id: `'${set.id}-2'` });
    await expect(opened.sql(second)).rejects.toThrow(/unique/i);
    const next = await newRecoverySet(opened.store, userId, { isLive: false });
    const turned = `UPDATE mfa_recovery_set SET is_live = 1 WHERE id = '${next.set.id}'`;
    await expect(opened.sql(turned)).rejects.toThrow(/unique/i);
  });

  test("a recovery code copied or handed to another user, and that user's use of it", async () => {
    const [userId, victim] = [await newUser(opened.store), await newUser(opened.store)];
    const mine = await newRecoverySet(opened.store, userId);
    const theirs = await newRecoverySet(opened.store, victim);
    const where = `code_hash = '${theirs.hash}'`;
    const toMe = { user_id: `'${userId}'`, set_id: `'${mine.set.id}'` };
    await expect(opened.sql(await copy('mfa_recovery_code', where, toMe))).rejects.toThrow(/unique/i);
    const handed = `UPDATE mfa_recovery_code SET user_id = '${userId}' WHERE ${where}`;
    await expect(opened.sql(handed)).rejects.toThrow(/foreign key/i);

    for (const setId of [mine.set.id, theirs.set.id]) {
      const used = { userId, setId, codeHash: theirs.hash, sid: 's', now };
      expect(await opened.store.transaction((tx) => tx.consumeRecoveryCode(used))).toBe(false);
    }
  });

  test('failures below zero', async () => {
    const userId = await newUser(opened.store);
    await opened.store.reserveAttempt({ userId, factor: 'totp', now });
    const below = `UPDATE mfa_attempt SET fails = -1 WHERE user_id = '${userId}'`;
    await expect(opened.sql(below)).rejects.toThrow(/check/i);
  });
});
