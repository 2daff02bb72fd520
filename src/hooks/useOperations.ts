'use client';

import { useEffect } from 'react';
import { MfaNetworkError } from '../client/errors.js';

/** Not there is a network error like any other: the next call asks for it again. */
const load = () =>
  import('./operations.js').catch((cause: unknown) => {
    throw new MfaNetworkError('network_error', cause);
  });

/** @internal What the hooks do once somebody acts: fetched behind the page's first picture, so that nobody waits for it. */
export const useOperations = (): typeof load => {
  useEffect(() => {
    // Whoever calls an operation hears why it is not there.
    load().catch(() => undefined);
  }, []);
  return load;
};
