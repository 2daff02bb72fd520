'use client';

import type { QueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MfaClient } from '../client/core.js';
import { buildClient, type MfaClientOptions } from '../client/createMfaClient.js';
import { createModalController } from '../controller/createModalController.js';
import type { OnMfaFlowEvent } from '../hooks/flowEvents.js';
import { MfaContext, type MfaContextValue } from '../hooks/MfaContext.js';
import { useProvider } from '../hooks/useProvider.js';
import { createAdapterEngine, type NativePrompter } from './createAdapterEngine.js';

/** An environment with its address and adapters, or a client of your own from `createClient`. */
export type MfaProviderSource =
  | ({ client: MfaClient } & { [Name in keyof NativeClientOptions]?: undefined })
  | ({ client?: undefined } & NativeClientOptions);

/** How the client is made. There is no page whose origin a path could mean, so `apiBaseUrl` is a whole address. */
export type NativeClientOptions = Pick<
  MfaClientOptions,
  'environmentId' | 'apiBaseUrl' | 'storage' | 'passkeys' | 'protectedOrigins'
>;

export type MfaProviderProps = MfaProviderSource & {
  children?: ReactNode;
  /** Your own interface: it is asked when a session waits for something, and when an action wants a proof. */
  prompter?: NativePrompter;
  /** The JWT of your own sign-in: signs in, follows its subject, signs out when it goes. */
  externalJwt?: string;
  /** Your own query client. Default: a private one. Secrets are in neither. */
  queryClient?: QueryClient;
  /** Hears every event of the flow, once each: those of `useDynamicEvents`. */
  onEvent?: OnMfaFlowEvent;
};

const ignore = () => {};

const clientOf = (props: MfaProviderSource): MfaClient => {
  if (props.client) return props.client;
  const { environmentId, apiBaseUrl, storage, passkeys, protectedOrigins } = props;
  return buildClient({ environmentId, apiBaseUrl, storage, passkeys, protectedOrigins });
};

const createContext = (props: MfaProviderProps): MfaContextValue => {
  const client = clientOf(props);
  // The only interface there is comes with the provider itself.
  const controller = createModalController(() => undefined);
  return { client, queries: { current: props.queryClient, isMounted: false }, controller };
};

/**
 * Gives a React Native application its second factor: sign-in state and prompts for the hooks of this door, which the
 * application draws itself. The source and `queryClient` are read once: give a `key` to change them.
 *
 * @example
 * <MfaProvider
 *   environmentId="5f0c7a6e-2f0f-4a6e-9d0c-0a4b5f6c7d8e"
 *   apiBaseUrl="https://app.example/api/v0"
 *   storage={secureStorage}
 *   prompter={(prompt, signal) => openApprovalSheet(prompt, signal)}
 * >
 *   <App />
 * </MfaProvider>
 */
export const MfaProvider = (props: MfaProviderProps) => {
  const { children, prompter, externalJwt, onEvent } = props;
  const [context] = useState(() => createContext(props));
  const { controller } = context;
  const latest = useRef(prompter);
  useEffect(() => {
    latest.current = prompter;
  }, [prompter]);
  const hasPrompter = prompter !== undefined;
  useEffect(
    () => (hasPrompter ? controller.attach((desk) => createAdapterEngine(desk, () => latest.current)) : undefined),
    [controller, hasPrompter],
  );
  useProvider(context, { externalJwt, onEvent, onPerson: ignore });
  return <MfaContext.Provider value={context}>{children}</MfaContext.Provider>;
};
