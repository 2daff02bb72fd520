/** The limiter's counters: a slot is taken in one conditional statement, before the guess is looked at. */
import { sql } from 'kysely';
import { attemptLimits, attemptWaits, isSuspended } from '../attemptLimits.js';
import type { FactorKind } from '../records.js';
import type { AttemptReservation, Store, StoreReads, StoreTransaction } from '../Store.js';
import { bigint, first, hasRow, oneLess, type SqlConnection } from './connection.js';

const attemptColumns = [
  'user_id as userId',
  'factor',
  'fails',
  'window_fails as windowFails',
  'window_started_at as windowStartedAt',
  'next_at as nextAt',
  'epoch',
] as const;

type AttemptWrites = Pick<StoreTransaction, 'refundAttempt' | 'clearAttempts' | 'liftSuspension'>;

/** `attemptWaits` as SQL, by the count of failures before this one. */
const waits = sql.join(
  attemptWaits.map((wait, index) => {
    const isLast = index === attemptWaits.length - 1;
    const before = sql.lit(attemptLimits.free - 1 + index);
    return sql`when mfa_attempt.fails ${isLast ? sql`>=` : sql`=`} ${before} then ${sql.lit(wait)}`;
  }),
  sql` `,
);

export function attemptReads(db: SqlConnection): Pick<StoreReads, 'listAttempts'> {
  return {
    async listAttempts(userId) {
      const query = db.build.selectFrom('mfa_attempt').select(attemptColumns).where('user_id', '=', userId);
      return db.all(query.orderBy('factor'));
    },
  };
}

/** Runs outside of transactions: its single statement commits on its own. */
export async function reserveAttempt(
  db: SqlConnection,
  { userId, factor, now }: Parameters<Store['reserveAttempt']>[0],
): Promise<AttemptReservation> {
  const isOver = sql<boolean>`mfa_attempt.window_started_at <= ${bigint(now - attemptLimits.windowMs)}`;
  const isFree = sql<boolean>`mfa_attempt.fails + 1 < ${sql.lit(attemptLimits.free)}`;
  const slot = await first(
    db,
    db.build
      .insertInto('mfa_attempt')
      .values({
        user_id: userId,
        factor,
        fails: 1,
        window_fails: 1,
        window_started_at: now,
        next_at: 0,
        epoch: 0,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'factor'])
          .doUpdateSet({
            fails: sql<number>`mfa_attempt.fails + 1`,
            window_fails: sql<number>`case when ${isOver} then 1 else mfa_attempt.window_fails + 1 end`,
            window_started_at: sql<number>`case when ${isOver} then ${bigint(now)} else mfa_attempt.window_started_at end`,
            // Where nobody waits, a clock that differs from this one must not make anybody wait.
            next_at: sql<number>`case when ${isFree} then 0 else ${bigint(now)} + case ${waits} else 0 end end`,
          })
          .where('mfa_attempt.next_at', '<=', now)
          .where('mfa_attempt.fails', '<', sql.lit(attemptLimits.consecutive))
          .where('mfa_attempt.window_fails', '<', sql.lit(attemptLimits.perWindow)),
      )
      .returning(['fails', 'epoch']),
  );
  if (slot) return { isReserved: true, ...slot };

  const query = db.build.selectFrom('mfa_attempt').select(attemptColumns).where('user_id', '=', userId);
  const record = await first(db, query.where('factor', '=', factor));
  // Cleared since: the refusal stands, and the next try may come at once.
  if (!record) return { isReserved: false, isSuspended: false, nextAt: now };
  return { isReserved: false, isSuspended: isSuspended(record), nextAt: Math.max(record.nextAt, now) };
}

export function attemptWrites(db: SqlConnection): AttemptWrites {
  const counter = (userId: string, factor: FactorKind) =>
    db.build.updateTable('mfa_attempt').where('user_id', '=', userId).where('factor', '=', factor);

  return {
    async refundAttempt({ userId, factor, epoch }) {
      await db.all(
        counter(userId, factor)
          .set(({ ref }) => ({
            fails: oneLess(ref('fails')),
            window_fails: oneLess(ref('window_fails')),
            // Or a good code that raced past the fifth slot leaves its owner locked out.
            next_at: sql<number>`case when fails - 1 < ${sql.lit(attemptLimits.free)} then 0 else next_at end`,
          }))
          .where('epoch', '=', epoch),
      );
    },
    async clearAttempts({ userId, factor }) {
      await db.all(
        counter(userId, factor).set(({ ref, eb }) => ({
          fails: 0,
          next_at: 0,
          window_fails: oneLess(ref('window_fails')),
          epoch: eb('epoch', '+', 1),
        })),
      );
    },
    async liftSuspension(userId, factor) {
      const lifted = counter(userId, factor)
        .set(({ eb }) => ({
          fails: 0,
          next_at: 0,
          window_fails: 0,
          window_started_at: 0,
          epoch: eb('epoch', '+', 1),
        }))
        .where(({ or, eb }) =>
          or([eb('fails', '>=', attemptLimits.consecutive), eb('window_fails', '>=', attemptLimits.perWindow)]),
        );
      return hasRow(db, lifted.returning('user_id'));
    },
  };
}
