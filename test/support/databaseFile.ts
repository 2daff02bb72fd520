/** An embedded database whose file a test can read as an attacker with a backup would. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import libsql from 'libsql';
import { sqliteStore } from 'mfa-kit/server/sqlite';
import type { Store } from '../../src/server/store/Store.js';

export interface DatabaseFile {
  store: Store;
  /** Every byte of it: the file, its log and whatever stands beside them. */
  dump(): string;
  rows(statement: string): Record<string, unknown>[];
  change(statement: string): void;
  remove(): void;
}

export const createDatabaseFile = (): DatabaseFile => {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-file-'));
  const file = join(folder, 'mfa.db');
  const open = <T>(work: (database: libsql.Database) => T): T => {
    const database = new libsql(file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    store: sqliteStore({ file }),
    dump: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    rows: (statement) => open((database) => database.prepare(statement).all() as Record<string, unknown>[]),
    change: (statement) =>
      open((database) => {
        // Whoever changes rows behind the server's back keeps to no rule.
        database.exec('PRAGMA foreign_keys = OFF');
        database.exec(statement);
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
