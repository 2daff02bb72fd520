/** One transaction over one connection: all of it or nothing, and no statement after its end. */
import type { Compilable, Kysely } from 'kysely';
import type { StoreTransaction } from '../Store.js';
import type { Tables } from '../schema.js';
import type { SqlConnection } from './connection.js';
import { operationsOf } from './operations.js';

/** A connection of a driver, which nobody else uses until the transaction has ended. */
export interface RawConnection {
  readonly build: Kysely<Tables>;
  readonly hasConcurrentWriters: boolean;
  all<Row>(query: Compilable<Row>): Promise<Row[]>;
  command(text: string): Promise<void>;
  /** Throws when anything but a commit came of it. */
  commit(): Promise<void>;
  /** Never throws. */
  rollback(): Promise<void>;
  isUniqueViolation(error: unknown): boolean;
}

/** Runs `work` in the transaction that was begun on `raw`, and ends it. */
export async function finishTransaction<T>(raw: RawConnection, work: (tx: StoreTransaction) => Promise<T>): Promise<T> {
  const open = new OpenTransaction(raw);
  try {
    const result = await work(operationsOf(open));
    open.end();
    await raw.commit();
    return result;
  } catch (error) {
    open.close();
    await raw.rollback();
    throw error;
  }
}

class OpenTransaction implements SqlConnection {
  private isOpen = true;
  private failure: { error: unknown } | null = null;

  constructor(private readonly raw: RawConnection) {}

  get build() {
    return this.raw.build;
  }

  get hasConcurrentWriters() {
    return this.raw.hasConcurrentWriters;
  }

  async all<Row>(query: Compilable<Row>): Promise<Row[]> {
    // On a connection that goes on to other work, a forgotten await would otherwise write into somebody else's transaction.
    if (!this.isOpen) throw new Error('This transaction has ended: await every operation inside of it.');
    try {
      return await this.raw.all(query);
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }

  async attempt(work: () => Promise<boolean>): Promise<boolean> {
    await this.raw.command('SAVEPOINT mfa_attempt');
    try {
      const isKept = await work();
      if (!isKept) await this.raw.command('ROLLBACK TO SAVEPOINT mfa_attempt');
      await this.raw.command('RELEASE SAVEPOINT mfa_attempt');
      return isKept;
    } catch (error) {
      if (!this.raw.isUniqueViolation(error)) throw error;
      await this.raw.command('ROLLBACK TO SAVEPOINT mfa_attempt');
      await this.raw.command('RELEASE SAVEPOINT mfa_attempt');
      this.failure = null;
      return false;
    }
  }

  close(): void {
    this.isOpen = false;
  }

  /** Closes it for a commit: a failed statement that `work` swallowed must not leave half of it behind (SQLite would). */
  end(): void {
    this.close();
    if (this.failure) throw this.failure.error;
  }
}
