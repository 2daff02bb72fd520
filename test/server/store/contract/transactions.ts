import { expect, test } from 'vitest';
import type { Store, StoreTransaction } from '../../../../src/server/store/Store.js';
import { auditRecord, environmentId, newTotp, newUser, now, sessionRecord, userRecord } from './records.js';

/** Threat: half of a change is kept, so that a code is used without its effect or an effect happens without a code. */
export function transactionContract(store: () => Store) {
  test('a transaction that throws half-way leaves nothing behind', async () => {
    const userId = await newUser(store());
    const id = await newTotp(store(), userId);
    const session = sessionRecord(userId);
    const failure = new Error('verification blew up');

    const outcome = store().transaction(async (tx) => {
      await tx.lockUser(userId);
      expect(await tx.consumeTotpStep({ userId, id, step: 101, lineId: 'l', drift: 0, now })).toBe(true);
      await tx.createSession(session);
      await tx.appendAudit(auditRecord(userId));
      await tx.updateUser(userId, { alias: 'changed' });
      throw failure;
    });

    await expect(outcome).rejects.toBe(failure);
    expect((await store().listTotpDevices(userId))[0]?.lastStep).toBe(100);
    expect(await store().findSession(session.sid)).toBeNull();
    expect(await store().listAudit(userId)).toEqual([]);
    expect((await store().findUser(environmentId, userId))?.alias).toBeNull();
  });

  test('a removed row is back after a transaction that throws', async () => {
    const userId = await newUser(store());
    const id = await newTotp(store(), userId);
    await expect(
      store().transaction(async (tx) => {
        expect(await tx.deleteTotp(userId, id)).toBe(true);
        await tx.eraseUser(userId);
        expect(await tx.findUser(environmentId, userId)).toBeNull();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await store().listTotpDevices(userId)).toHaveLength(1);
    expect(await store().findUser(environmentId, userId)).not.toBeNull();
  });

  test('nobody outside sees an open transaction, and it sees itself', async () => {
    const userId = await newUser(store());
    await store().transaction(async (tx) => {
      await tx.updateUser(userId, { alias: 'inside' });
      expect((await tx.findUser(environmentId, userId))?.alias).toBe('inside');
      expect((await store().findUser(environmentId, userId))?.alias).toBeNull();
      const session = sessionRecord(userId);
      await tx.createSession(session);
      expect(await store().findSession(session.sid)).toBeNull();
      const added = await tx.findOrCreateUser(
        { environmentId, kind: 'external', issuer: 'iss', subject: userId, userId },
        userRecord(),
      );
      expect(await store().findUser(environmentId, added.user.id)).toBeNull();
    });
    expect((await store().findUser(environmentId, userId))?.alias).toBe('inside');
  });

  test('a transaction answers what its work answers', async () => {
    expect(await store().transaction(async () => 42)).toBe(42);
  });

  test('an operation after the end of its transaction is refused', async () => {
    const userId = await newUser(store());
    let late: StoreTransaction | undefined;
    await store().transaction(async (tx) => {
      late = tx;
    });
    await expect(late?.updateUser(userId, { alias: 'late' })).rejects.toThrow('has ended');
    expect((await store().findUser(environmentId, userId))?.alias).toBeNull();
  });

  test('a failed operation is not committed around', async () => {
    const userId = await newUser(store());
    const session = sessionRecord(userId);
    await expect(
      store().transaction(async (tx) => {
        await tx.createSession(session);
        // The same key again: the work looks away, the store must not.
        await expect(tx.createSession(session)).rejects.toThrow();
      }),
    ).rejects.toThrow();
    expect(await store().findSession(session.sid)).toBeNull();
  });

  test('a hundred transactions that read, then write, lose nothing under the user lock', async () => {
    const userId = await newUser(store());
    await Promise.all(
      Array.from({ length: 100 }, () =>
        store().transaction(async (tx) => {
          await tx.lockUser(userId);
          const head = await tx.findAuditHead(userId);
          await tx.appendAudit(auditRecord(userId, { seq: (head?.seq ?? 0) + 1 }));
        }),
      ),
    );
    const seqs = (await store().listAudit(userId)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });
}
