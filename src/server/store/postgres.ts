/** Door `mfa-kit/server/postgres`: the store on a PostgreSQL server. */
import { deferStore } from './deferStore.js';
import { importPeer } from './importPeer.js';
import type { Store } from './Store.js';

export interface PostgresStoreOptions {
  /** Of the primary: `postgres://user:password@host:5432/database`. The tables, all named `mfa_…`, are made in it. */
  connectionString: string;
  /** Connections of this process at most. Default: 10. */
  maxConnections?: number;
}

/**
 * Keeps users, factors and sessions in PostgreSQL (12 or newer); any number of processes may share the database. Needs
 * `npm install kysely pg`.
 *
 * `start()` asserts that a commit is durable (`synchronous_commit`) and that this is the primary, and migrates. When
 * the database cannot be reached, has no connection free or holds a lock for 5 s, an operation fails with
 * `StoreBusyError`, which the server answers as 503.
 *
 * @example
 * const store = postgresStore({ connectionString: process.env.DATABASE_URL ?? '' });
 * const mfa = await createMfaServer({ store, ...options });
 */
export function postgresStore({ connectionString, maxConnections = 10 }: PostgresStoreOptions): Store {
  return deferStore(async () => {
    const peers = { usedBy: 'postgresStore()', install: 'kysely pg' };
    const [{ default: pg }] = await Promise.all([
      importPeer({ ...peers, load: () => import('pg') }),
      importPeer({ ...peers, load: () => import('kysely') }),
    ]);
    const { openPostgresStore } = await import('./postgres/openPostgresStore.js');
    return openPostgresStore(pg, { connectionString, maxConnections });
  });
}
