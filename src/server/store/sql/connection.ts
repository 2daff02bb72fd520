/** What the operations of the SQL stores need of a database: build a statement, run it, and step back to a savepoint. */
import { type Compilable, type Expression, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Bit, Tables } from '../schema.js';

export interface SqlConnection {
  /** Builds statements and never runs one. */
  readonly build: Kysely<Tables>;
  /** Whether other writers work at the same time, so that rows have to be locked. SQLite has one writer. */
  readonly hasConcurrentWriters: boolean;
  all<Row>(query: Compilable<Row>): Promise<Row[]>;
  /** Runs `work`; false, and nothing of it is left, when it answers false or runs into a unique index. */
  attempt(work: () => Promise<boolean>): Promise<boolean>;
}

export async function first<Row>(db: SqlConnection, query: Compilable<Row>): Promise<Row | null> {
  const [row] = await db.all(query);
  return row ?? null;
}

/** Whether a changing statement with RETURNING took effect. */
export async function hasRow(db: SqlConnection, query: Compilable): Promise<boolean> {
  return (await db.all(query)).length > 0;
}

/** A number inside an expression: PostgreSQL would take it for an int4, which milliseconds and counters overflow. */
export function bigint(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`;
}

/** One less, never below zero: neither database has the other's function for it. */
export function oneLess(column: Expression<number>): RawBuilder<number> {
  return sql<number>`case when ${column} > 0 then ${column} - 1 else 0 end`;
}

export function bit(value: boolean): Bit {
  return value ? 1 : 0;
}
