/** The store in a database file: one writer that takes turns, and a reader that never sees an open transaction. */
import type Database from 'libsql';
import type { OpenStore } from '../deferStore.js';
import { reserveAttempt } from '../sql/attempts.js';
import { migrate } from '../sql/migrate.js';
import { readsOf } from '../sql/operations.js';
import { finishTransaction } from '../sql/transaction.js';
import { WriteQueue, writeDeadlineMs } from '../writeQueue.js';
import { LibsqlConnection } from './LibsqlConnection.js';
import { type OpenDatabaseOptions, openDatabase, prepareFile } from './openDatabase.js';
import { retryWhileBusy } from './retryWhileBusy.js';

export async function openSqliteStore(libsql: typeof Database, options: OpenDatabaseOptions): Promise<OpenStore> {
  const place = { ...options, file: prepareFile(options) };
  const writer = new LibsqlConnection(await openDatabase(libsql, place));
  const queue = new WriteQueue();

  /** Waits for this process's turn, then for the other processes, 5 s in all. */
  function write<T>(work: (begin: () => Promise<void>, deadline: number) => Promise<T>): Promise<T> {
    const deadline = performance.now() + writeDeadlineMs;
    // IMMEDIATE: a transaction that begins as a reader cannot be made to wait when it turns into a writer.
    const begin = () => retryWhileBusy(() => writer.commandNow('BEGIN IMMEDIATE'), deadline);
    return queue.run(() => work(begin, deadline));
  }

  await write(async (begin) => {
    await begin();
    try {
      await migrate(writer);
      await writer.commit();
    } catch (error) {
      await writer.rollback();
      throw error;
    }
  });
  const reader = new LibsqlConnection(await openDatabase(libsql, place));

  return {
    ...readsOf({
      build: reader.build,
      hasConcurrentWriters: false,
      all: (query) => retryWhileBusy(() => reader.allNow(query)),
      attempt: () => Promise.reject(new Error('Reads have no savepoints.')),
    }),
    transaction: (work) =>
      write(async (begin) => {
        await begin();
        return finishTransaction(writer, work);
      }),
    reserveAttempt: (input) =>
      write((_begin, deadline) =>
        reserveAttempt(
          {
            build: writer.build,
            hasConcurrentWriters: false,
            all: (query) => retryWhileBusy(() => writer.allNow(query), deadline),
            attempt: () => Promise.reject(new Error('A reservation has no savepoints.')),
          },
          input,
        ),
      ),
    async close() {
      // Behind whatever is still being written.
      await queue.run(async () => writer.close());
      reader.close();
    },
  };
}
