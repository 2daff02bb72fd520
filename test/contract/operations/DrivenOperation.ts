import type { ErrorCode } from '../../../src/wire/errorCodes.js';
import type { PublishedPerson } from '../../support/publishedPerson.js';

/** One call by one person on a server of their own, with all that has to come before it. */
export type Attempt = (ada: PublishedPerson) => Promise<unknown>;

/** How an operation of the published client is brought to succeed, and to be refused. */
export interface DrivenOperation {
  /** 200 with JSON or 204 with nothing; null for what this kit always refuses. */
  status: 200 | 204 | null;
  succeed?: Attempt;
  refusals?: Partial<Record<ErrorCode, Attempt>>;
}

export type DrivenOperations = Readonly<Record<string, DrivenOperation>>;
