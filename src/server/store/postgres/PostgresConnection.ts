/** A client of the pool as the shared operations want it: statements are prepared once per connection. */
import { createHash } from 'node:crypto';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { ClientBase } from 'pg';
import type { Tables } from '../schema.js';
import type { RawConnection } from '../sql/transaction.js';
import { explain, postgresCode } from './errors.js';

const build = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const names = new Map<string, string>();

/** The same text has the same name in every process: a pooler in between may share connections. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known) return known;
  const name = `mfa_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`;
  names.set(sql, name);
  return name;
}

export class PostgresConnection implements RawConnection {
  static readonly build = build;
  readonly build = build;
  readonly hasConcurrentWriters = true;
  /** Whether the client must not go back to the pool: nobody knows what state it is in. */
  isBroken = false;

  constructor(private readonly client: ClientBase) {}

  async all<Row>(query: Compilable<Row>): Promise<Row[]> {
    const { sql, parameters } = query.compile();
    return this.run(async () => {
      const { rows } = await this.client.query({ name: nameOf(sql), text: sql, values: [...parameters] });
      return rows as Row[];
    });
  }

  async command(text: string): Promise<void> {
    await this.run(() => this.client.query(text));
  }

  async commit(): Promise<void> {
    const { command } = await this.run(() => this.client.query('COMMIT'));
    // PostgreSQL answers the COMMIT of a transaction that has failed with a ROLLBACK, and with no error.
    if (command !== 'COMMIT') throw new Error('PostgreSQL rolled the transaction back instead of committing it.');
  }

  async rollback(): Promise<void> {
    if (this.isBroken) return;
    await this.client.query('ROLLBACK').catch(() => {
      this.isBroken = true;
    });
  }

  isUniqueViolation(error: unknown): boolean {
    return postgresCode(error) === '23505';
  }

  private async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // Without a code from the server the connection itself has failed, or the answer may still be on its way.
      if (!/^[0-9A-Z]{5}$/.test(postgresCode(error))) this.isBroken = true;
      throw explain(error);
    }
  }
}
