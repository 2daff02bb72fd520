'use client';

import type { QueryClient } from '@tanstack/react-query';
import { type ComponentType, createElement, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import type { MfaClient } from './client/core.js';
import { buildClient } from './client/createMfaClient.js';
import { createModalController } from './controller/createModalController.js';
import { takeTurn } from './controller/takeTurn.js';
import type { OnMfaFlowEvent } from './hooks/flowEvents.js';
import { MfaContext, type MfaContextValue } from './hooks/MfaContext.js';
import { useProvider } from './hooks/useProvider.js';
import type { MfaModalsProps } from './ui/MfaModals.js';

/** Where the API is: an environment and an address, or a client of your own (storage, fetch) from `createMfaClient`. */
export type MfaProviderSource =
  | { client: MfaClient; environmentId?: undefined; apiBaseUrl?: undefined; protectedOrigins?: undefined }
  | {
      client?: undefined;
      /** A UUID, as given to `createMfaServer`. */
      environmentId: string;
      /** Such as `https://app.example/api/v0`; a path alone means the page's own origin. Default `/api/v0`. */
      apiBaseUrl?: string;
      /** Origins beside the API's that `useMfaFetch` may send tokens to. Default: none. */
      protectedOrigins?: readonly string[];
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
    /** Hears every event of the flow, once each: those of `useDynamicEvents`. */
    onEvent?: OnMfaFlowEvent;
  };

/** Runs something once the page has nothing better to do. */
const whenIdle = (run: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run);
  else setTimeout(run, 1);
};

/**
 * Made once. The modals are not behind `React.lazy`: with Suspense the way to the first field takes several times as
 * long, even with the module already there; a component in a store renders at once.
 */
const createHandles = ({ client: given, queryClient, ...source }: MfaProviderProps) => {
  const { environmentId = '', apiBaseUrl = '/api/v0', protectedOrigins } = source;
  const client = given ?? buildClient({ environmentId, apiBaseUrl, protectedOrigins });
  const listeners = new Set<() => void>();
  let isWanted = true;
  let Modals: ComponentType<MfaModalsProps> | undefined;
  const loadModals = async () => {
    // Named here so that each is a piece of its own, fetched side by side and kept when the others change.
    const [{ MfaModals }] = await Promise.all([
      import('./ui/MfaModals.js'),
      import('./hooks/useModal.js'),
      import('./ui/parts/Dialog.js'),
      import('./ui/messages/en.js'),
      import('./queries/queryClientOf.js'),
    ]);
    Modals = MfaModals;
    for (const listener of listeners) listener();
  };
  const load = () => (isWanted ? loadModals() : undefined);
  const modals = {
    want: (nowWanted: boolean) => {
      isWanted = nowWanted;
    },
    /** Called with a session: at once when it waits for something. That loading fails is told to whoever prompts. */
    prepare: (isWaiting: boolean) => {
      const begin = () => void load()?.catch(() => {});
      if (isWaiting) begin();
      else whenIdle(begin);
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => Modals,
  };
  const controller = createModalController(load, (begin) => takeTurn(`mfa-kit:prompt:${client.environmentId}`, begin));
  const context: MfaContextValue = { client, queries: { current: queryClient, isMounted: false }, controller };
  return { context, modals };
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
  const { children, externalJwt, modals: isWanted = true, onEvent } = props;
  const { locale, messages, theme, container, nonce, actions, reauthenticate } = props;
  const [{ context, modals }] = useState(() => createHandles(props));
  const Modals = useSyncExternalStore(modals.subscribe, modals.get, () => undefined);
  useEffect(() => modals.want(isWanted), [modals, isWanted]);
  useProvider(context, { externalJwt, onEvent, onPerson: modals.prepare });

  return (
    <MfaContext.Provider value={context}>
      {children}
      {isWanted && Modals
        ? createElement(Modals, { locale, messages, theme, container, nonce, actions, reauthenticate })
        : null}
    </MfaContext.Provider>
  );
};
