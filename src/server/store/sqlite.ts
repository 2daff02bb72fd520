/** Door `mfa-kit/server/sqlite`: the store in a file of this machine. */
import { deferStore } from './deferStore.js';
import { importPeer } from './importPeer.js';
import type { Store } from './Store.js';

export interface SqliteStoreOptions {
  /** Path of the database file. It and its folder are made if they are not there. `:memory:` is refused. */
  file: string;
  /**
   * How long the driver may block the process while another one writes, milliseconds, at most 50. After that the store
   * waits without blocking, 5 s in all. Default: 10.
   */
  busyTimeoutMs?: number;
}

/**
 * Keeps users, factors and sessions in an embedded database file (libsql, SQLite's format). Several processes of one
 * machine may share the file. Needs `npm install kysely libsql`.
 *
 * Every commit is on the disk before it is answered: write-ahead log with `synchronous = FULL`, asserted by `start()`.
 * A change that finds no writer slot within 5 s fails with `StoreBusyError`, which the server answers as 503.
 *
 * @example
 * const mfa = await createMfaServer({ store: sqliteStore({ file: './data/mfa.db' }), ...options });
 */
export function sqliteStore({ file, busyTimeoutMs = 10 }: SqliteStoreOptions): Store {
  return deferStore(async () => {
    const peers = { usedBy: 'sqliteStore()', install: 'kysely libsql' };
    const [{ default: libsql }] = await Promise.all([
      importPeer({ ...peers, load: () => import('libsql') }),
      importPeer({ ...peers, load: () => import('kysely') }),
    ]);
    const { openSqliteStore } = await import('./sqlite/openSqliteStore.js');
    return openSqliteStore(libsql, { file, busyTimeoutMs });
  });
}
