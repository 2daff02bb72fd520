/** Connections to PostgreSQL that never make a request hang: every wait has an end. */
import type pg from 'pg';

const second = 1000;
const int8 = 20;

export function openPool(
  { Pool, types }: Pick<typeof pg, 'Pool' | 'types'>,
  { connectionString, maxConnections }: { connectionString: string; maxConnections: number },
): pg.Pool {
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    application_name: 'mfa-kit',
    // For a new connection, and for a free one when all are taken.
    connectionTimeoutMillis: 5 * second,
    lock_timeout: 5 * second,
    statement_timeout: 10 * second,
    // A process that was frozen in the middle of a transaction must not hold its locks for good.
    idle_in_transaction_session_timeout: 10 * second,
    // The server is gone without a word: its own timeouts do not help then.
    query_timeout: 12 * second,
    keepAlive: true,
    types: {
      // Milliseconds and counts: far below 2^53, and wanted as numbers.
      getTypeParser: (id, format) => (id === int8 ? Number : types.getTypeParser(id, format)),
    },
  });
  // A connection that breaks while nobody uses it is replaced by the pool; unheard, the event would end the process.
  // The same goes for one that breaks between two statements: the next statement on it fails and says so.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
