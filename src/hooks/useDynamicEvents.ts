'use client';

import { useEffect, useRef } from 'react';
import type { MfaClient } from '../client/core.js';
import type { MfaEvents } from '../client/events.js';
import type { ModalController } from '../controller/createModalController.js';
import { useMfaContext } from './MfaContext.js';

/** What can be listened to, with what it carries. Each happening is told once. */
export interface MfaFlowEvents extends Pick<MfaEvents, 'mfaCompletionSuccess' | 'mfaCompletionFailure' | 'logout'> {
  /** An interface came up. */
  authFlowOpen: undefined;
  /** It went away, for whatever reason. */
  authFlowClose: undefined;
  /** It went away before its task was done; follows `authFlowClose`. */
  authFlowCancelled: undefined;
}

export type MfaFlowEventName = keyof MfaFlowEvents;

export type OnMfaFlowEvent = <TName extends MfaFlowEventName>(name: TName, payload: MfaFlowEvents[TName]) => void;

/** @internal Tells one listener everything; the answer stops it. */
export const listenToFlow = (
  client: MfaClient,
  controller: ModalController,
  listener: OnMfaFlowEvent,
): (() => void) => {
  const stops = [
    client.on('mfaCompletionSuccess', (payload) => listener('mfaCompletionSuccess', payload)),
    client.on('mfaCompletionFailure', (payload) => listener('mfaCompletionFailure', payload)),
    client.on('logout', (payload) => listener('logout', payload)),
    controller.on((name) => listener(name, undefined)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

/**
 * Calls back whenever something happened: `mfaCompletionSuccess`, `mfaCompletionFailure`, `authFlowOpen`,
 * `authFlowClose`, `authFlowCancelled`, `logout`.
 *
 * @example
 * useDynamicEvents('mfaCompletionFailure', ({ error }) => report(error.code));
 */
export const useDynamicEvents = <TName extends MfaFlowEventName>(
  name: TName,
  listener: (payload: MfaFlowEvents[TName]) => void,
): void => {
  const { client, controller } = useMfaContext();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  }, [listener]);
  useEffect(
    () =>
      listenToFlow(client, controller, (happened, payload) => {
        if ((happened as string) === name) latest.current(payload as unknown as MfaFlowEvents[TName]);
      }),
    [client, controller, name],
  );
};
