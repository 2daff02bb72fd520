'use client';

import { useEffect, useRef } from 'react';
import { useMfaContext } from './MfaContext.js';

export interface UseSyncMfaFlowParameters {
  /** Runs in place of the modal. Its promise is not awaited. */
  handler?: () => Promise<void> | void;
}

/**
 * Takes on a session that waits for a second factor or for recovery codes to be saved: your handler runs once per time
 * it waits, after sign-in or after a reload, and no modal opens by itself while it is mounted. With several handlers
 * mounted the last one runs. Without a handler nothing is to be done: `<MfaProvider>` opens the modal by itself.
 *
 * @example
 * useSyncMfaFlow({
 *   handler: async () => {
 *     if (userWithMissingInfo?.scope?.includes('requiresAdditionalAuth')) router.push('/verify');
 *     else router.push('/backup-codes');
 *   },
 * });
 */
export const useSyncMfaFlow = ({ handler }: UseSyncMfaFlowParameters = {}): void => {
  const { controller } = useMfaContext();
  const latest = useRef(handler);
  const hasHandler = handler !== undefined;
  useEffect(() => {
    latest.current = handler;
  }, [handler]);
  useEffect(
    () => (hasHandler ? controller.handle(() => void latest.current?.()) : undefined),
    [controller, hasHandler],
  );
};
