/** Every operation of the published client that concerns this kit. */
import type { DrivenOperations } from './DrivenOperation.js';
import { firstFactorOperations } from './firstFactor.js';
import { mfaOperations } from './mfa.js';
import { openOperations } from './open.js';
import { passkeyOperations } from './passkeys.js';
import { sessionOperations } from './session.js';

export const operations: DrivenOperations = {
  ...openOperations,
  ...firstFactorOperations,
  ...sessionOperations,
  ...mfaOperations,
  ...passkeyOperations,
};
