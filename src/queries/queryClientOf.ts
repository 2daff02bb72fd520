import { QueryClient } from '@tanstack/react-query';
import type { QueryHandle } from './queryHandle.js';

/** The provider's query client: the application's own, else a private one made now. */
export const queryClientOf = (handle: QueryHandle): QueryClient => {
  if (handle.current) return handle.current;
  const made = new QueryClient();
  handle.current = made;
  if (handle.isMounted) made.mount();
  return made;
};
