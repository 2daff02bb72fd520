/** Refuses to start on a PostgreSQL that may forget a commit or read an old state (security.md D15). */
import { sql } from 'kysely';
import type { PostgresConnection } from './PostgresConnection.js';

interface Settings {
  synchronous_commit: string;
  isolation: string;
  is_standby: boolean;
}

export async function assertPrimaryAndDurable(connection: PostgresConnection): Promise<void> {
  const [settings] = await connection.all(
    connection.build.selectNoFrom([
      sql<Settings['synchronous_commit']>`current_setting('synchronous_commit')`.as('synchronous_commit'),
      sql<Settings['isolation']>`current_setting('default_transaction_isolation')`.as('isolation'),
      sql<Settings['is_standby']>`pg_is_in_recovery()`.as('is_standby'),
    ]),
  );
  if (settings?.synchronous_commit !== 'on' && settings?.synchronous_commit !== 'remote_apply') {
    throw new Error(
      `PostgreSQL answers a commit before it is on the disk: synchronous_commit is ${settings?.synchronous_commit}. ` +
        'A used code could come back to life. Set it to "on" for the role or the database of the connection.',
    );
  }
  if (settings.is_standby) {
    throw new Error('The connection leads to a standby of PostgreSQL, which may lag behind: connect to the primary.');
  }
  if (settings.isolation !== 'read committed') {
    throw new Error(
      `default_transaction_isolation is "${settings.isolation}": the store is built on "read committed", so that a ` +
        'statement that waited for a row sees its newest state. Set it for the role or the database.',
    );
  }
}
