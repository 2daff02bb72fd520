'use client';

import { useEffect, useRef } from 'react';
import { listenToFlow, type MfaFlowEventName, type MfaFlowListener } from './flowEvents.js';
import { useMfaContext } from './MfaContext.js';

/**
 * Calls back whenever something happened, once each: `mfaCompletionSuccess`, `mfaCompletionFailure`, `authInit`,
 * `authFailure`, `emailVerificationResult`, `authFlowOpen`, `authFlowClose`, `authFlowCancelled`, `logout`.
 *
 * @example
 * useDynamicEvents('mfaCompletionFailure', ({ error }) => report(error.code));
 */
export const useDynamicEvents = <TName extends MfaFlowEventName>(
  name: TName,
  listener: MfaFlowListener<TName>,
): void => {
  const { client, controller } = useMfaContext();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  }, [listener]);
  useEffect(
    () =>
      listenToFlow(client, controller, (happened, payload, reason) => {
        if ((happened as string) === name) latest.current(payload as never, reason as never);
      }),
    [client, controller, name],
  );
};
