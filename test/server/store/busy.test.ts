/** Threat: a database that is busy makes requests hang, or spends attempts that nobody looked at (F-03). */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresStore } from '../../../src/server/store/postgres.js';
import { type Store, StoreBusyError } from '../../../src/server/store/Store.js';
import { WriteQueue } from '../../../src/server/store/writeQueue.js';
import { bundleProgram, type Child, type Program } from '../../support/childProcess.js';
import type { StoreTask } from '../../support/storeProgram.js';
import { environmentId, newUser, now } from './contract/records.js';
import { inFile, inPostgres } from './stores.js';

let program: Program;
beforeAll(async () => {
  program = await bundleProgram(new URL('../../support/storeProgram.ts', import.meta.url));
});
afterAll(() => program.remove());

/** How long something took, and the error it ended with. */
async function failure(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const start = performance.now();
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - start };
}

/** A promise and the key to it. */
function gate(): { promise: Promise<void>; resolve(): void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('a file whose write lock another process holds', () => {
  let opened: Awaited<ReturnType<typeof inFile>>;
  let other: Child;
  let userId: string;
  const ask = (task: StoreTask) => other.ask(task);
  const reserve = () => opened.store.reserveAttempt({ userId, factor: 'totp', now });

  beforeAll(async () => {
    opened = await inFile();
    await opened.store.start();
    userId = await newUser(opened.store);
    other = await program.start(opened.environment);
  });
  afterAll(async () => {
    await opened.store.close();
    await opened.drop();
  });

  test('changes fail as busy within 5.5 s, spend nothing, and reads go on', async () => {
    await ask({ do: 'hold', file: opened.file });
    const waiting = Promise.all(
      [1, 2, 3].flatMap(() => [
        failure(reserve()),
        failure(opened.store.transaction((tx) => tx.updateUser(userId, { alias: 'lost' }))),
      ]),
    );
    // Meanwhile the process is not blocked: each read is answered in the pauses of those who wait.
    const reads = await Promise.all(
      Array.from({ length: 20 }, () => failure(opened.store.findUser(environmentId, userId))),
    );
    for (const { error, ms } of reads) {
      expect(error).toBeNull();
      expect(ms).toBeLessThan(1000);
    }
    for (const { error, ms } of await waiting) {
      expect(error).toBeInstanceOf(StoreBusyError);
      expect(ms).toBeGreaterThan(4500);
      expect(ms).toBeLessThan(5500);
    }
    await ask({ do: 'release' });
    const start = performance.now();
    expect(await reserve()).toEqual({ isReserved: true, fails: 1, epoch: 0 });
    expect(performance.now() - start).toBeLessThan(1000);
    expect((await opened.store.findUser(environmentId, userId))?.alias).toBeNull();
  });

  test('a lock of less than 5 s is waited for without an error', async () => {
    await ask({ do: 'hold', file: opened.file });
    const changes = Array.from({ length: 20 }, (_, index) =>
      opened.store.transaction((tx) => tx.putPolicy(`environment-${index}`, '{}', now)),
    );
    // Two round trips to the other process while the changes are refused again and again.
    expect(await opened.store.findPolicy('environment-0')).toBeNull();
    await ask({ do: 'release' });
    await Promise.all(changes);
    expect(await opened.store.findPolicy('environment-19')).toBe('{}');
  });

  test('a transaction inside a transaction fails as busy instead of waiting for itself', async () => {
    const inner = await opened.store.transaction(async () => failure(reserve()));
    expect(inner.error).toBeInstanceOf(StoreBusyError);
  });
});

describe('PostgreSQL', () => {
  let opened: Awaited<ReturnType<typeof inPostgres>>;
  let small: Store;
  let userId: string;

  beforeAll(async () => {
    opened = await inPostgres();
    await opened.store.start();
    userId = await newUser(opened.store);
    small = postgresStore({ connectionString: opened.url, maxConnections: 1 });
    await small.start();
  });
  afterAll(async () => {
    await opened.store.close();
    await small.close();
    await opened.drop();
  });

  test('a row that another program keeps locked, and a pool without a free connection, are busy after 5 s', async () => {
    const other = new pg.Client({ connectionString: opened.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT id FROM mfa_user WHERE id = $1 FOR UPDATE', [userId]);
    const [locked, exhausted] = await Promise.all([
      failure(opened.store.transaction((tx) => tx.lockUser(userId))),
      small.transaction(async () => failure(small.findUser(environmentId, userId))),
    ]);
    await other.end();
    for (const { error, ms } of [locked, exhausted]) {
      expect(error).toBeInstanceOf(StoreBusyError);
      expect(ms).toBeGreaterThan(4500);
      expect(ms).toBeLessThan(6000);
    }
    await opened.store.transaction((tx) => tx.lockUser(userId));
    expect(await small.findUser(environmentId, userId)).not.toBeNull();
  });

  test('a connection cut in the middle of a transaction is busy, keeps nothing, and is replaced', async () => {
    const cut = failure(
      opened.store.transaction(async (tx) => {
        await tx.updateUser(userId, { alias: 'cut' });
        await opened.sql(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
           AND application_name = 'mfa-kit'`,
        );
        await tx.updateUser(userId, { alias: 'cut again' });
      }),
    );
    expect((await cut).error).toBeInstanceOf(StoreBusyError);
    expect((await opened.store.findUser(environmentId, userId))?.alias).toBeNull();
    await opened.store.transaction((tx) => tx.updateUser(userId, { alias: 'whole' }));
    expect((await opened.store.findUser(environmentId, userId))?.alias).toBe('whole');
  });

  test('two transactions that wait for each other end as one success and one busy', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await opened.store.transaction(async (tx) => {
      await tx.putPolicy(one, '{}', now);
      await tx.putPolicy(two, '{}', now);
    });
    const both = [gate(), gate()] as const;
    const cross = (index: 0 | 1, first: string, second: string) =>
      failure(
        opened.store.transaction(async (tx) => {
          await tx.putPolicy(first, '{"by":1}', now);
          both[index].resolve();
          await both[index === 0 ? 1 : 0].promise;
          await tx.putPolicy(second, '{"by":1}', now);
        }),
      );
    const errors = (await Promise.all([cross(0, one, two), cross(1, two, one)])).map(({ error }) => error);
    expect(errors.filter((error) => error === null)).toHaveLength(1);
    expect(errors.filter((error) => error instanceof StoreBusyError)).toHaveLength(1);
  });

  test('a server that is not there is busy at start, not a hang', async () => {
    const nowhere = postgresStore({ connectionString: 'postgres://postgres@127.0.0.1:1/none' });
    await expect(nowhere.start()).rejects.toBeInstanceOf(StoreBusyError);
  });
});

describe('the write queue', () => {
  test('serves in the order of arrival, one at a time', async () => {
    const queue = new WriteQueue();
    const log: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        queue.run(async () => {
          log.push(`${name} begins`);
          await Promise.resolve();
          log.push(`${name} ends`);
        }),
      ),
    );
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('goes on after one that failed and one that gave up waiting', async () => {
    const queue = new WriteQueue();
    const open = gate();
    const first = queue.run(() => open.promise);
    await expect(queue.run(async () => 'late', 5)).rejects.toBeInstanceOf(StoreBusyError);
    const third = queue.run(() => Promise.reject(new Error('third')));
    const fourth = queue.run(async () => 'fourth');
    open.resolve();
    await first;
    await expect(third).rejects.toThrow('third');
    expect(await fourth).toBe('fourth');
  });
});
