/** The limiter's counters: a slot is taken before the guess is looked at. */
import { attemptLimits, isSuspended, waitAfter } from '../attemptLimits.js';
import type { AttemptRecord } from '../records.js';
import type { AttemptReservation, Store, StoreReads, StoreTransaction } from '../Store.js';
import { attemptKey, type Tables, type Views } from './tables.js';

type AttemptWrites = Pick<StoreTransaction, 'refundAttempt' | 'clearAttempts' | 'liftSuspension'>;

export function attemptReads(db: () => Views): Pick<StoreReads, 'listAttempts'> {
  return {
    async listAttempts(userId) {
      const attempts = db().attempts.of(userId);
      return attempts.sort((a, b) => (a.factor < b.factor ? -1 : 1));
    },
  };
}

export function reserveAttempt(
  { attempts }: Tables,
  { userId, factor, now }: Parameters<Store['reserveAttempt']>[0],
): AttemptReservation {
  const known = attempts.get(attemptKey({ userId, factor }));
  if (!known) {
    attempts.insert({ userId, factor, fails: 1, windowFails: 1, windowStartedAt: now, nextAt: 0, epoch: 0 });
    return { isReserved: true, fails: 1, epoch: 0 };
  }
  if (isSuspended(known) || known.nextAt > now) {
    return { isReserved: false, isSuspended: isSuspended(known), nextAt: Math.max(known.nextAt, now) };
  }
  const fails = known.fails + 1;
  const isOver = known.windowStartedAt <= now - attemptLimits.windowMs;
  attempts.put({
    ...known,
    fails,
    windowFails: isOver ? 1 : known.windowFails + 1,
    windowStartedAt: isOver ? now : known.windowStartedAt,
    // Where nobody waits, a clock that differs from this one must not make anybody wait.
    nextAt: fails < attemptLimits.free ? 0 : now + waitAfter(fails),
  });
  return { isReserved: true, fails, epoch: known.epoch };
}

export function attemptWrites(db: () => Tables): AttemptWrites {
  function change(
    key: Pick<AttemptRecord, 'userId' | 'factor'>,
    changesOf: (record: AttemptRecord) => Partial<AttemptRecord> | null,
  ): boolean {
    const { attempts } = db();
    const record = attempts.get(attemptKey(key));
    const changes = record && changesOf(record);
    if (!changes) return false;
    attempts.put({ ...record, ...changes });
    return true;
  }

  return {
    async refundAttempt({ userId, factor, epoch }) {
      change({ userId, factor }, (record) => {
        if (record.epoch !== epoch) return null;
        const fails = Math.max(record.fails - 1, 0);
        return {
          fails,
          windowFails: Math.max(record.windowFails - 1, 0),
          // Or a good code that raced past the fifth slot leaves its owner locked out.
          nextAt: fails < attemptLimits.free ? 0 : record.nextAt,
        };
      });
    },
    async clearAttempts(key) {
      change(key, ({ windowFails, epoch }) => ({
        fails: 0,
        nextAt: 0,
        windowFails: Math.max(windowFails - 1, 0),
        epoch: epoch + 1,
      }));
    },
    async liftSuspension(userId, factor) {
      return change({ userId, factor }, (record) =>
        isSuspended(record)
          ? { fails: 0, nextAt: 0, windowFails: 0, windowStartedAt: 0, epoch: record.epoch + 1 }
          : null,
      );
    },
  };
}
