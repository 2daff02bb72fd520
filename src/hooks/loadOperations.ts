import { MfaNetworkError } from '../client/errors.js';

/** @internal What the hooks do once somebody acts. Not there is a network error like any other: the next call asks again. */
export const loadOperations = () =>
  import('./operations.js').catch((cause: unknown) => {
    throw new MfaNetworkError('network_error', cause);
  });
