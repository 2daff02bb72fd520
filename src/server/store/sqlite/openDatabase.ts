/** Opens connections to a database file and asserts that a commit on them survives a power cut (security.md D15). */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type Database from 'libsql';
import { retryWhileBusy } from './retryWhileBusy.js';

export interface OpenDatabaseOptions {
  file: string;
  busyTimeoutMs: number;
}

/** The driver blocks the whole process while it waits for a lock. */
const longestBusyTimeoutMs = 50;

/** The absolute path, its folder made; so that a later `chdir` does not lead the second connection elsewhere. */
export function prepareFile({ file, busyTimeoutMs }: OpenDatabaseOptions): string {
  if (file === '' || file === ':memory:' || file.startsWith('file:')) {
    throw new Error(
      `sqliteStore() needs the path of a file, not "${file}": what is in memory cannot survive a power cut. ` +
        "For tests and demos use memoryStore() from 'mfa-kit/server/memory'.",
    );
  }
  if (!(busyTimeoutMs >= 0 && busyTimeoutMs <= longestBusyTimeoutMs)) {
    throw new Error(
      `busyTimeoutMs must be from 0 to ${longestBusyTimeoutMs}: the driver blocks the process meanwhile.`,
    );
  }
  const path = resolve(file);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

export async function openDatabase(
  libsql: typeof Database,
  { file, busyTimeoutMs }: OpenDatabaseOptions,
): Promise<Database.Database> {
  const database = new libsql(file, { timeout: busyTimeoutMs });
  try {
    // Another process that opens the file at this moment holds it for the switch to the write-ahead log.
    await retryWhileBusy(() => assertDurable(database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertDurable(database: Database.Database): void {
  // NORMAL may lose the last commit on power loss, which brings a used code back to life.
  const wanted = [
    ['journal_mode', 'WAL', 'wal'],
    ['synchronous', 'FULL', 2],
    ['foreign_keys', 'ON', 1],
    // macOS: plain fsync does not reach the platter there. Elsewhere without effect.
    ['fullfsync', 'ON', 1],
    ['checkpoint_fullfsync', 'ON', 1],
  ] as const;
  for (const [pragma, value, expected] of wanted) {
    database.prepare(`PRAGMA ${pragma} = ${value}`).all();
    const [row] = database.prepare(`PRAGMA ${pragma}`).all();
    const actual = Object.values(row ?? {})[0];
    if (actual !== expected) {
      throw new Error(
        `The database file does not keep what is committed: PRAGMA ${pragma} is ${String(actual)}, not ${value}. ` +
          'Use a local disk, not a network share.',
      );
    }
  }
}
