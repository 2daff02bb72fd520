/** Stores for tests: on a fresh database each, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import libsql from 'libsql';
import pg from 'pg';
import { memoryStore } from '../../../src/server/store/memory.js';
import { postgresStore } from '../../../src/server/store/postgres.js';
import { sqliteStore } from '../../../src/server/store/sqlite.js';
import { freshDatabase } from '../../support/postgres.js';
import type { StoreUnderTest } from './contract.js';

export interface SqlStoreUnderTest extends StoreUnderTest {
  /** The same database again, as another process would open it. */
  again(): StoreUnderTest['store'];
  /** For a program of `storeProgram.ts`. */
  environment: Record<string, string>;
  /** What somebody with access to the database could do. */
  sql(statement: string): Promise<Record<string, unknown>[]>;
}

export async function inMemory(): Promise<StoreUnderTest> {
  return { store: memoryStore(), drop: async () => {} };
}

export async function inFile(): Promise<SqlStoreUnderTest & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-store-'));
  const file = join(folder, 'mfa.db');
  const again = () => sqliteStore({ file });
  return {
    store: again(),
    again,
    file,
    environment: { STORE_FILE: file },
    async sql(statement) {
      const database = new libsql(file, { timeout: 2000 });
      try {
        database.exec('PRAGMA foreign_keys = ON');
        return database.prepare(statement).all() as Record<string, unknown>[];
      } finally {
        database.close();
      }
    },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function inPostgres(): Promise<SqlStoreUnderTest & { url: string }> {
  const { url, drop } = await freshDatabase();
  const again = () => postgresStore({ connectionString: url });
  return {
    store: again(),
    again,
    url,
    environment: { STORE_URL: url },
    async sql(statement) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    },
    drop,
  };
}

/** The two that several processes can share. */
export const sharedStores = { 'a file': inFile, PostgreSQL: inPostgres };
