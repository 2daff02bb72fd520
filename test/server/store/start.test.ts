/** Threat: a commit that is lost with the power brings a used code back to life; two processes migrate over each other (F-02). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importPeer } from '../../../src/server/store/importPeer.js';
import { migrations } from '../../../src/server/store/migrations.js';
import { openDatabase } from '../../../src/server/store/sqlite/openDatabase.js';
import { sqliteStore } from '../../../src/server/store/sqlite.js';
import { bundleProgram, type Program } from '../../support/childProcess.js';
import { newUser } from './contract/records.js';
import { inPostgres, sharedStores } from './stores.js';

let program: Program;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-start-'));
  program = await bundleProgram(new URL('../../support/storeProgram.ts', import.meta.url));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await program.remove();
});

describe.each(Object.entries(sharedStores))('starting on %s', (_name, create) => {
  test('four processes and three stores that start at once on an empty database migrate it once', async () => {
    const opened = await create();
    const stores = [opened.store, opened.again(), opened.again()];
    await Promise.all([
      ...[1, 2, 3, 4].map(() => program.start(opened.environment)),
      ...stores.map((store) => store.start()),
    ]);
    const applied = await opened.sql('SELECT id FROM mfa_migration ORDER BY id');
    expect(applied.map(({ id }) => Number(id))).toEqual(migrations.map(({ id }) => id));
    for (const store of stores) await newUser(store);
    await Promise.all(stores.map((store) => store.close()));
    await opened.drop();
  });

  test('a second start changes nothing, and what was kept is there', async () => {
    const opened = await create();
    await opened.store.start();
    await opened.store.start();
    await newUser(opened.store);
    await opened.store.close();
    const again = opened.again();
    await again.start();
    expect(await opened.sql('SELECT count(*) AS users FROM mfa_user')).toMatchObject([{ users: expect.anything() }]);
    expect((await opened.sql('SELECT id FROM mfa_user')).length).toBe(1);
    await again.close();
    await opened.drop();
  });

  test('before start() and after close() every operation says so', async () => {
    const opened = await create();
    await expect(opened.store.findSession('s')).rejects.toThrow('start()');
    await opened.store.start();
    await opened.store.close();
    await expect(opened.store.transaction(async () => {})).rejects.toThrow('start()');
    await opened.drop();
  });
});

describe('a file', () => {
  test('is opened with a write-ahead log, full synchronisation and foreign keys', async () => {
    const file = join(folder, 'durable.db');
    const database = await openDatabase(libsql, { file, busyTimeoutMs: 10 });
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).all()[0] ?? {})[0];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    expect(pragma('busy_timeout')).toBe(10);
    database.close();
    // Bytes 18 and 19 of the header say that readers and writers use the write-ahead log.
    expect([...readFileSync(file).subarray(18, 20)]).toEqual([2, 2]);
  });

  test('that does not keep its settings is refused', async () => {
    const forgetful = new Proxy(libsql, {
      construct(target, [file, options]: ConstructorParameters<typeof libsql>) {
        const database = new target(file, options);
        const prepare = database.prepare.bind(database);
        return Object.assign(database, {
          prepare: (source: string) => prepare(source.replace('synchronous = FULL', 'synchronous = NORMAL')),
        });
      },
    });
    const opening = openDatabase(forgetful, { file: join(folder, 'forgetful.db'), busyTimeoutMs: 10 });
    await expect(opening).rejects.toThrow('PRAGMA synchronous is 1, not FULL');
  });

  test('is made together with its folders', async () => {
    const store = sqliteStore({ file: join(folder, 'a', 'b', 'mfa.db') });
    await store.start();
    await newUser(store);
    await store.close();
  });

  test.each([':memory:', '', 'file::memory:?cache=shared'])(
    'named "%s" is refused with the alternative',
    async (file) => {
      await expect(sqliteStore({ file }).start()).rejects.toThrow('memoryStore()');
    },
  );

  test.each([51, -1, Number.NaN])('with a busy timeout of %s ms is refused', async (busyTimeoutMs) => {
    const store = sqliteStore({ file: join(folder, 'busy.db'), busyTimeoutMs });
    await expect(store.start()).rejects.toThrow('busyTimeoutMs');
  });

  test('that is a folder, or no database, is refused', async () => {
    await expect(sqliteStore({ file: folder }).start()).rejects.toThrow();
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Dear Ada, this is not a database. '.repeat(100));
    await expect(sqliteStore({ file }).start()).rejects.toThrow('not a database');
  });
});

describe('PostgreSQL', () => {
  test.each([
    ['synchronous_commit = off', 'synchronous_commit'],
    ["default_transaction_isolation = 'serializable'", 'read committed'],
  ])('with %s is refused', async (setting, reason) => {
    const { store, sql, url, drop } = await inPostgres();
    await sql(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${setting}`);
    await expect(store.start()).rejects.toThrow(reason);
    await drop();
  });

  test('that has become forgetful since is refused at the next start', async () => {
    const { store, sql, url, drop } = await inPostgres();
    await store.start();
    await sql(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
    await store.close();
    await expect(store.start()).rejects.toThrow('synchronous_commit');
    await drop();
  });
});

describe('a missing package', () => {
  const peers = { usedBy: 'sqliteStore()', install: 'kysely libsql' };

  test('is named together with the command that installs it', async () => {
    const load = () => import(/* @vite-ignore */ ['not', 'installed', 'anywhere'].join('-'));
    await expect(importPeer({ ...peers, load })).rejects.toThrow('npm install kysely libsql');
  });

  test('is not blamed for another failure', async () => {
    const broken = new Error('broken inside');
    await expect(importPeer({ ...peers, load: () => Promise.reject(broken) })).rejects.toBe(broken);
  });
});
