import type { QueryClient } from '@tanstack/react-query';

/**
 * Where a provider's query client is, once there is one. Only what reads queries makes it, so that an application that
 * does not read any at its start does not load TanStack Query with it.
 */
export interface QueryHandle {
  current?: QueryClient;
  /** The provider is on the page: the query client hears of focus and connection. */
  isMounted: boolean;
}

/** The provider is on the page; the answer says that it has left. */
export const mountQueries = (handle: QueryHandle): (() => void) => {
  handle.isMounted = true;
  handle.current?.mount();
  return () => {
    handle.isMounted = false;
    handle.current?.unmount();
  };
};
