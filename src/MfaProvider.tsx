'use client';

import { QueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type MfaClient, registerClient } from './client/core.js';
import { buildClient } from './client/createMfaClient.js';
import { createModalController } from './controller/createModalController.js';
import { hideSecretsWithPage } from './hooks/hideSecretsWithPage.js';
import { MfaContext, type MfaContextValue } from './hooks/MfaContext.js';
import { listenToFlow, type OnMfaFlowEvent } from './hooks/useDynamicEvents.js';
import { useExternalJwt } from './hooks/useExternalJwt.js';
import { watchSession } from './hooks/watchSession.js';
import { createModalsLoader } from './loadModals.js';
import { secretClientOf } from './queries/secretClient.js';
import type { MfaModalsProps } from './ui/MfaModals.js';

/** Where the API is: an environment and an address, or a client of your own (storage, fetch) from `createMfaClient`. */
export type MfaProviderSource =
  | { client: MfaClient; environmentId?: undefined; apiBaseUrl?: undefined }
  | {
      client?: undefined;
      /** A UUID, as given to `createMfaServer`. */
      environmentId: string;
      /** Such as `https://app.example/api/v0`; a path alone means the page's own origin. Default `/api/v0`. */
      apiBaseUrl?: string;
    };

export type MfaProviderProps = MfaProviderSource &
  MfaModalsProps & {
    children?: ReactNode;
    /**
     * The JWT of your own sign-in. Signs in with it where nobody is signed in, changes the person when its subject
     * changes, and signs out when it goes. A JWT renewed for the same person changes nothing.
     */
    externalJwt?: string;
    /** `false` loads no interface at all: the hooks are all there is. Default true. */
    modals?: boolean;
    /** Your own query client. Default: a private one. Secrets are in neither. */
    queryClient?: QueryClient;
    /** Hears `mfaCompletionSuccess`, `mfaCompletionFailure`, `authFlowOpen`, `authFlowClose`, `authFlowCancelled`, `logout`. */
    onEvent?: OnMfaFlowEvent;
  };

const createHandles = ({ client: given, environmentId, apiBaseUrl, queryClient }: MfaProviderProps) => {
  const client = given ?? buildClient({ environmentId, apiBaseUrl: apiBaseUrl ?? '/api/v0' });
  const loader = createModalsLoader();
  const controller = createModalController({
    loadInterface: loader.load,
    isBusy: () => secretClientOf(client).isMutating() > 0,
  });
  const context: MfaContextValue = { client, queryClient: queryClient ?? new QueryClient(), controller };
  return { context, loader };
};

/** Runs something once the page has nothing better to do; the answer calls it off. */
const whenIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, 1);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run);
  return () => cancelIdleCallback(handle);
};

/**
 * Gives an application its second factor: sign-in state, prompts, and the modals, which open by themselves when a session
 * waits for a second factor or for recovery codes to be saved. The modals are loaded when they are needed or the page is
 * idle; import `mfa-kit/styles.css` for their look. The source and `queryClient` are read once: give a `key` to change them.
 *
 * @example
 * <MfaProvider environmentId="5f0c7a6e-2f0f-4a6e-9d0c-0a4b5f6c7d8e" apiBaseUrl="/api/v0">
 *   <App />
 * </MfaProvider>
 */
export const MfaProvider = (props: MfaProviderProps) => {
  const { children, externalJwt, modals = true, onEvent, locale, messages, theme, container, nonce } = props;
  const [{ context, loader }] = useState(() => createHandles(props));
  const { client, queryClient, controller } = context;
  const drawModals = useSyncExternalStore(loader.subscribe, loader.getSnapshot, () => null);
  const latestOnEvent = useRef(onEvent);
  const isMounted = useRef(false);

  useEffect(() => {
    latestOnEvent.current = onEvent;
  }, [onEvent]);

  useEffect(() => {
    loader.setWanted(modals);
  }, [loader, modals]);

  useEffect(() => {
    isMounted.current = true;
    let stopWaiting = () => {};
    // What the module fails to load for is told to whoever prompts.
    const loadSoon = () => void loader.load()?.catch(() => undefined);
    queryClient.mount();
    const stops = [
      registerClient(client),
      listenToFlow(client, controller, (name, payload) => latestOnEvent.current?.(name, payload)),
      watchSession(context, {
        isInterfaceUsed: loader.isWanted,
        onPerson: (isWaiting) => {
          stopWaiting();
          if (isWaiting) loadSoon();
          else stopWaiting = whenIdle(loadSoon);
        },
      }),
      hideSecretsWithPage(client),
      () => stopWaiting(),
      () => queryClient.unmount(),
    ];
    return () => {
      isMounted.current = false;
      for (const stop of stops) stop();
      // StrictMode mounts again in the same breath; only who is still gone afterwards has left.
      queueMicrotask(() => {
        if (!isMounted.current) controller.reset('unmounted');
      });
    };
  }, [context, client, queryClient, controller, loader]);

  useExternalJwt(client, externalJwt);

  return (
    <MfaContext.Provider value={context}>
      {children}
      {modals ? drawModals?.({ locale, messages, theme, container, nonce }) : null}
    </MfaContext.Provider>
  );
};
