/** Door `mfa-kit/server/memory`: the store for tests, stories and demos; it also runs in a page. */
import { reserveAttempt } from './memory/attempts.js';
import { operationsOf, readsOf } from './memory/operations.js';
import { committedViews, createTables } from './memory/tables.js';
import type { Store } from './Store.js';
import { WriteQueue } from './writeQueue.js';

/**
 * Keeps everything in this process and forgets it with it. Behaves like the other stores: transactions run one after
 * the other, one that throws leaves nothing behind, and nobody sees an open one. Not for production: a restart brings
 * used codes back to life and signs everybody out.
 *
 * @example
 * const mfa = await createMfaServer({ store: memoryStore(), keys: generateKeys(), ...options });
 */
export function memoryStore(): Store {
  const tables = createTables();
  const views = committedViews(tables);
  const queue = new WriteQueue();

  function atomically<T>(work: () => Promise<T> | T): Promise<T> {
    return queue.run(async () => {
      try {
        const result = await work();
        for (const { failure } of Object.values(tables)) if (failure) throw failure;
        for (const table of Object.values(tables)) table.commit();
        return result;
      } catch (error) {
        for (const table of Object.values(tables)) table.rollback();
        throw error;
      }
    });
  }

  return {
    ...readsOf(() => views),
    async start() {},
    async close() {},
    transaction: (work) =>
      atomically(async () => {
        let isOpen = true;
        const open = () => {
          if (!isOpen) throw new Error('This transaction has ended: await every operation inside of it.');
          return tables;
        };
        try {
          return await work(operationsOf(open));
        } finally {
          isOpen = false;
        }
      }),
    reserveAttempt: (input) => atomically(() => reserveAttempt(tables, input)),
  };
}
