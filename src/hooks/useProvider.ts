'use client';

import { useEffect, useRef } from 'react';
import { registerClient } from '../client/core.js';
import { isMfaError } from '../client/errors.js';
import { tellAll } from '../client/events.js';
import { setPrompter } from '../client/setPrompter.js';
import { mountQueries } from '../queries/queryHandle.js';
import { everywhere } from './dynamicEvents.js';
import { failSignIn, listenToFlow, type OnMfaFlowEvent } from './flowEvents.js';
import { followExternalJwt } from './followExternalJwt.js';
import type { MfaContextValue } from './MfaContext.js';
import { watchSession } from './watchSession.js';

/** @internal */
export interface UseProviderParameters {
  externalJwt?: string;
  onEvent?: OnMfaFlowEvent;
  /** Hears of a session; `isWaiting` when the interface is needed at once. The same function as long as it is mounted. */
  onPerson: (isWaiting: boolean) => void;
}

/** @internal What a provider does for what is inside it while it is mounted, whichever interface it brings. */
export const useProvider = (
  context: MfaContextValue,
  { externalJwt, onEvent, onPerson }: UseProviderParameters,
): void => {
  const { client, queries, controller } = context;
  const latest = useRef(onEvent);
  const isMounted = useRef(false);

  useEffect(() => {
    latest.current = onEvent;
    void followExternalJwt(client, externalJwt);
  }, [client, onEvent, externalJwt]);

  useEffect(() => {
    isMounted.current = true;
    const stops = [
      mountQueries(queries),
      registerClient(client),
      setPrompter(
        ({ isReauthentication, ...prompt }, signal) =>
          isReauthentication
            ? controller.show('Reauthenticate', prompt, signal)
            : controller.prompt({ purpose: 'action', ...prompt }, signal),
        client,
      ),
      client.on('mfaCompletionFailure', ({ error }) => {
        if (isMfaError(error, 'mfa_challenge_expired')) controller.fail(error);
      }),
      listenToFlow(client, controller, (name, payload, reason) => {
        latest.current?.(name, payload, reason);
        tellAll(everywhere, (listener) => listener(name, payload, reason));
      }),
      client.on('logout', ({ reason }) => {
        if (reason.endsWith('cancelled')) failSignIn(client, 'user-cancelled');
      }),
      watchSession(context, onPerson),
    ];
    return () => {
      isMounted.current = false;
      for (const stop of stops) stop();
      // StrictMode mounts again in the same breath; only who is still gone afterwards has left.
      queueMicrotask(() => {
        if (!isMounted.current) controller.reset('unmounted');
      });
    };
  }, [context, client, queries, controller, onPerson]);
};
