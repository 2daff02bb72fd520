'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
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
  const [, rerender] = useState(0);
  const latest = useRef(handler);
  const isDue = useRef(false);
  const hasHandler = handler !== undefined;
  useEffect(() => {
    latest.current = handler;
    runIfDue(isDue, latest);
  });
  useEffect(() => {
    if (!hasHandler) return undefined;
    // Run after the next render: the handler reads the session that waits, not the one before.
    const stop = controller.handle(() => {
      isDue.current = true;
      rerender((count) => count + 1);
    });
    return () => {
      stop();
      runIfDue(isDue, latest);
    };
  }, [controller, hasHandler]);
};

/** Also when the component leaves in the render that was waited for: no modal opens in the handler's place. */
const runIfDue = (isDue: RefObject<boolean>, latest: RefObject<UseSyncMfaFlowParameters['handler']>): void => {
  if (!isDue.current) return;
  isDue.current = false;
  void latest.current?.();
};
