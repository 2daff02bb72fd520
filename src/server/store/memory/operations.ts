/** All operations of the memory store, gathered from their nouns. `db` gives the tables, or throws when it is too late. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { attemptReads, attemptWrites } from './attempts.js';
import { auditReads, auditWrites } from './audit.js';
import { deviceReads, deviceWrites } from './devices.js';
import { emailReads, emailWrites } from './emailVerifications.js';
import { idempotencyReads, idempotencyWrites } from './idempotency.js';
import { tokenReads, tokenWrites } from './mfaTokens.js';
import { purgeWrites } from './purge.js';
import { recoveryReads, recoveryWrites } from './recoveryCodes.js';
import { sessionReads, sessionWrites } from './sessions.js';
import type { Tables, Views } from './tables.js';
import { userReads, userWrites } from './users.js';

export function readsOf(db: () => Views): StoreReads {
  return {
    ...userReads(db),
    ...sessionReads(db),
    ...deviceReads(db),
    ...recoveryReads(db),
    ...attemptReads(db),
    ...tokenReads(db),
    ...emailReads(db),
    ...idempotencyReads(db),
    ...auditReads(db),
  };
}

export function operationsOf(db: () => Tables): StoreTransaction {
  return {
    ...readsOf(db),
    ...userWrites(db),
    ...sessionWrites(db),
    ...deviceWrites(db),
    ...recoveryWrites(db),
    ...attemptWrites(db),
    ...tokenWrites(db),
    ...emailWrites(db),
    ...idempotencyWrites(db),
    ...auditWrites(db),
    ...purgeWrites(db),
  };
}
