/** A libsql connection as the shared operations want it. The driver is synchronous; statements are prepared once. */

import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type Database from 'libsql';
import { StoreBusyError } from '../Store.js';
import type { Tables } from '../schema.js';
import type { RawConnection } from '../sql/transaction.js';
import { sqliteCode } from './retryWhileBusy.js';

/** The operations make some hundred texts; only lists of values make more, and those must not pile up. */
const mostStatements = 200;

const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

export class LibsqlConnection implements RawConnection {
  readonly build = build;
  readonly hasConcurrentWriters = false;
  private readonly statements = new Map<string, ReturnType<Database.Database['prepare']>>();

  constructor(private readonly database: Database.Database) {}

  async all<Row>(query: Compilable<Row>): Promise<Row[]> {
    return this.allNow(query);
  }

  allNow<Row>(query: Compilable<Row>): Row[] {
    const { sql, parameters } = query.compile();
    return withoutDiskErrors(() => this.prepare(sql).all(parameters) as Row[]);
  }

  async command(text: string): Promise<void> {
    this.commandNow(text);
  }

  commandNow(text: string): void {
    withoutDiskErrors(() => this.database.exec(text));
  }

  async commit(): Promise<void> {
    this.commandNow('COMMIT');
  }

  async rollback(): Promise<void> {
    // A full disk makes SQLite roll back by itself.
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  isUniqueViolation(error: unknown): boolean {
    return /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(sqliteCode(error));
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private prepare(sql: string) {
    const known = this.statements.get(sql);
    if (known) return known;
    if (this.statements.size >= mostStatements) this.statements.clear();
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

/** A full disk refuses one change and is well again when there is room: the caller may come back. */
function withoutDiskErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!/^SQLITE_(FULL|IOERR)/.test(sqliteCode(error))) throw error;
    throw new StoreBusyError('The disk of the database file refused the change.', { cause: error });
  }
}
