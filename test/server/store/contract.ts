/** What every store must do, whatever it is built on: one suite, run on each of them. */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../../src/server/store/Store.js';
import { approvalContract } from './contract/approvals.js';
import { attemptContract } from './contract/attempts.js';
import { challengeContract } from './contract/challenges.js';
import { deviceContract } from './contract/devices.js';
import { elevatedTokenContract } from './contract/elevatedTokens.js';
import { passkeyContract } from './contract/passkeys.js';
import { purgeContract } from './contract/purge.js';
import { recoveryCodeContract } from './contract/recoveryCodes.js';
import { sessionContract } from './contract/sessions.js';
import { tokenContract } from './contract/tokens.js';
import { transactionContract } from './contract/transactions.js';
import { userContract } from './contract/users.js';
import { waitingActionContract } from './contract/waitingActions.js';

/** A store that has not been started, and what to do when it is no longer needed. */
export interface StoreUnderTest {
  store: Store;
  drop(): Promise<void>;
}

export function storeContract(create: () => Promise<StoreUnderTest>) {
  const parts = {
    transactions: transactionContract,
    users: userContract,
    sessions: sessionContract,
    'authenticator apps': deviceContract,
    passkeys: passkeyContract,
    challenges: challengeContract,
    'recovery codes': recoveryCodeContract,
    attempts: attemptContract,
    'tokens and keys': tokenContract,
    'elevated access tokens': elevatedTokenContract,
    approvals: approvalContract,
    'waiting actions': waitingActionContract,
    purge: purgeContract,
  };
  for (const [name, contract] of Object.entries(parts)) {
    describe(name, () => {
      let opened: StoreUnderTest;
      beforeAll(async () => {
        opened = await create();
        await opened.store.start();
      });
      afterAll(async () => {
        await opened.store.close();
        await opened.drop();
      });
      contract(() => opened.store);
    });
  }
}
