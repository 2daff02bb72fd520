/** All operations of the SQL stores over one connection, gathered from their nouns. */
import type { StoreReads, StoreTransaction } from '../Store.js';
import { approvalReads, approvalWrites } from './approvals.js';
import { attemptReads, attemptWrites } from './attempts.js';
import { auditReads, auditWrites } from './audit.js';
import { challengeWrites } from './challenges.js';
import type { SqlConnection } from './connection.js';
import { deviceReads, deviceWrites } from './devices.js';
import { elevatedReads, elevatedWrites } from './elevatedTokens.js';
import { emailReads, emailWrites } from './emailVerifications.js';
import { idempotencyReads, idempotencyWrites } from './idempotency.js';
import { tokenReads, tokenWrites } from './mfaTokens.js';
import { passkeyReads, passkeyWrites } from './passkeys.js';
import { policyReads, policyWrites } from './policy.js';
import { purgeWrites } from './purge.js';
import { recoveryReads, recoveryWrites } from './recoveryCodes.js';
import { sessionReads, sessionWrites } from './sessions.js';
import { userReads, userWrites } from './users.js';
import { waitingReads, waitingWrites } from './waitingActions.js';

export function readsOf(db: SqlConnection): StoreReads {
  return {
    ...policyReads(db),
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

export function operationsOf(db: SqlConnection): StoreTransaction {
  return {
    ...readsOf(db),
    ...policyWrites(db),
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
