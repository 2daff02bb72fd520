/** All operations of the memory store, gathered from their nouns. `db` gives the tables, or throws when it is too late. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { approvalReads, approvalWrites } from './approvals.js';
import { attemptReads, attemptWrites } from './attempts.js';
import { auditReads, auditWrites } from './audit.js';
import { challengeWrites } from './challenges.js';
import { deviceReads, deviceWrites } from './devices.js';
import { elevatedReads, elevatedWrites } from './elevatedTokens.js';
import { emailReads, emailWrites } from './emailVerifications.js';
import { idempotencyReads, idempotencyWrites } from './idempotency.js';
import { tokenReads, tokenWrites } from './mfaTokens.js';
import { passkeyReads, passkeyWrites } from './passkeys.js';
import { purgeWrites } from './purge.js';
import { recoveryReads, recoveryWrites } from './recoveryCodes.js';
import { sessionReads, sessionWrites } from './sessions.js';
import type { Tables, Views } from './tables.js';
import { userReads, userWrites } from './users.js';
import { waitingReads, waitingWrites } from './waitingActions.js';

export function readsOf(db: () => Views): StoreReads {
  return {
    ...userReads(db),
    ...sessionReads(db),
    ...deviceReads(db),
    ...passkeyReads(db),
    ...recoveryReads(db),
    ...attemptReads(db),
    ...tokenReads(db),
    ...elevatedReads(db),
    ...approvalReads(db),
    ...waitingReads(db),
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
    ...passkeyWrites(db),
    ...challengeWrites(db),
    ...recoveryWrites(db),
    ...attemptWrites(db),
    ...tokenWrites(db),
    ...elevatedWrites(db),
    ...approvalWrites(db),
    ...waitingWrites(db),
    ...emailWrites(db),
    ...idempotencyWrites(db),
    ...auditWrites(db),
    ...purgeWrites(db),
  };
}
