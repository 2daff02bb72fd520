/** What is answered when something was thrown: a refusal as it is, anything else as our own trouble. */
import type { Core } from './core.js';
import { Refusal, refuse } from './refusals.js';
import { StoreBusyError } from './store/Store.js';
import { SecretUnreadableError } from './vault.js';

const RETRY_AFTER_SECONDS = 2;

/** Our own trouble is told to the operator in full, to the caller by number. */
export const toRefusal = (core: Core, error: unknown, requestId: string): Refusal => {
  if (error instanceof Refusal) return error;
  core.reportError(error, requestId);
  const isPassing = error instanceof StoreBusyError || error instanceof SecretUnreadableError;
  if (isPassing) return refuse('temporarily_unavailable', { retryAfter: RETRY_AFTER_SECONDS, payload: { requestId } });
  return refuse('server_error', { payload: { requestId } });
};
