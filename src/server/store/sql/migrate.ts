/** Brings a database up to date. Runs inside a transaction that keeps every other process out. */
import { type Migration, migrations } from '../migrations.js';
import type { RawConnection } from './transaction.js';

export async function migrate(raw: RawConnection, list: readonly Migration[] = migrations): Promise<void> {
  await raw.command(
    'CREATE TABLE IF NOT EXISTS mfa_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)',
  );
  const applied = new Set((await raw.all(raw.build.selectFrom('mfa_migration').select('id'))).map(({ id }) => id));
  for (const { id, name, statements } of list) {
    if (applied.has(id)) continue;
    for (const statement of statements) await raw.command(statement);
    await raw.all(raw.build.insertInto('mfa_migration').values({ id, name, applied_at: Date.now() }));
  }
}
