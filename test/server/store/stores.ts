/** Stores for tests: on a fresh database each, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '../../../src/server/store/memory.js';
import { postgresStore } from '../../../src/server/store/postgres.js';
import { sqliteStore } from '../../../src/server/store/sqlite.js';
import { freshDatabase } from '../../support/postgres.js';
import type { StoreUnderTest } from './contract.js';

export async function inMemory(): Promise<StoreUnderTest> {
  return { store: memoryStore(), drop: async () => {} };
}

export async function inFile(): Promise<StoreUnderTest & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-store-'));
  const file = join(folder, 'mfa.db');
  return { store: sqliteStore({ file }), file, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

export async function inPostgres(): Promise<StoreUnderTest & { url: string }> {
  const { url, drop } = await freshDatabase();
  return { store: postgresStore({ connectionString: url }), url, drop };
}
