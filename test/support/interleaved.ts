/** A store that lets something else happen between what a request looked at and what it then does. */
import { memoryStore } from 'mfa-kit/server/memory';
import type { Store, StoreTransaction } from '../../src/server/store/Store.js';

export interface Interleaved {
  store: Store;
  /** Runs once, before the next change begins. */
  before(what: 'transaction' | 'reservation', work: () => Promise<unknown>): void;
}

export const interleavedStore = (): Interleaved => {
  const inner = memoryStore();
  const waiting: { what: string; work: () => Promise<unknown> }[] = [];
  const meanwhile = async (what: string): Promise<void> => {
    const index = waiting.findIndex((one) => one.what === what);
    if (index >= 0) for (const { work } of waiting.splice(index, 1)) await work();
  };
  return {
    before: (what, work) => void waiting.push({ what, work }),
    store: {
      ...inner,
      transaction: async <T>(work: (tx: StoreTransaction) => Promise<T>) => {
        await meanwhile('transaction');
        return inner.transaction(work);
      },
      reserveAttempt: async (input) => {
        await meanwhile('reservation');
        return inner.reserveAttempt(input);
      },
    },
  };
};
