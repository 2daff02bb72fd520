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

  const endTransaction = (how: 'commit' | 'rollback') => {
    for (const table of Object.values(tables)) table[how]();
  };

  return {
    ...readsOf(() => views),
    async start() {},
    async close() {},
    transaction: (work) =>
      queue.run(async () => {
        let isOpen = true;
        const open = () => {
          if (!isOpen) throw new Error('This transaction has ended: await every operation inside of it.');
          return tables;
        };
        try {
          const result = await work(operationsOf(open));
          isOpen = false;
          endTransaction('commit');
          return result;
        } catch (error) {
          isOpen = false;
          endTransaction('rollback');
          throw error;
        }
      }),
    reserveAttempt: (input) =>
      queue.run(async () => {
        const reservation = reserveAttempt(tables, input);
        endTransaction('commit');
        return reservation;
      }),
  };
}
