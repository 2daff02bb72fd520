/** The store on a PostgreSQL server, shared by any number of processes. */
import type pg from 'pg';
import type { OpenStore } from '../deferStore.js';
import { reserveAttempt } from '../sql/attempts.js';
import type { SqlConnection } from '../sql/connection.js';
import { migrate } from '../sql/migrate.js';
import { readsOf } from '../sql/operations.js';
import { finishTransaction } from '../sql/transaction.js';
import { assertPrimaryAndDurable } from './assertDurable.js';
import { explain } from './errors.js';
import { openPool } from './openPool.js';
import { PostgresConnection } from './PostgresConnection.js';

/** Any number that other programs in the same database are unlikely to lock. */
const migrationLock = 5_271_839_462;

export async function openPostgresStore(
  { Pool, types }: Pick<typeof pg, 'Pool' | 'types'>,
  options: { connectionString: string; maxConnections: number },
): Promise<OpenStore> {
  const pool = openPool({ Pool, types }, options);

  async function withConnection<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw explain(error);
    });
    const connection = new PostgresConnection(client);
    try {
      return await work(connection);
    } finally {
      client.release(connection.isBroken);
    }
  }

  function begin<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    return withConnection(async (connection) => {
      // READ COMMITTED: a conditional statement reads its WHERE again once it has the row lock (security.md D1).
      await connection.command('BEGIN ISOLATION LEVEL READ COMMITTED');
      return work(connection);
    });
  }

  /** One statement at a time, each committed on its own, on whichever connection is free. */
  const single: SqlConnection = {
    build: PostgresConnection.build,
    hasConcurrentWriters: true,
    all: (query) => withConnection((connection) => connection.all(query)),
    attempt: () => Promise.reject(new Error('Only a transaction has savepoints.')),
  };

  try {
    await withConnection(assertPrimaryAndDurable);
    await begin(async (connection) => {
      try {
        // Held until the commit: of several processes that start together, the others wait and find nothing to do.
        await connection.command(`SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(${migrationLock})`);
        await migrate(connection);
        await connection.commit();
      } catch (error) {
        await connection.rollback();
        throw error;
      }
    });
  } catch (error) {
    await pool.end();
    throw error;
  }

  return {
    ...readsOf(single),
    transaction: (work) => begin((connection) => finishTransaction(connection, work)),
    reserveAttempt: (input) => reserveAttempt(single, input),
    close: () => pool.end(),
  };
}
