'use client';

import { useEffect } from 'react';
import { loadOperations } from './loadOperations.js';

/** @internal Fetches the operations behind the page's first picture, so that nobody waits for them. */
export const useOperations = (): typeof loadOperations => {
  useEffect(() => {
    // Whoever calls an operation hears why it is not there.
    loadOperations().catch(() => undefined);
  }, []);
  return loadOperations;
};
