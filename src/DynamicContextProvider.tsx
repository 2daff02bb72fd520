'use client';

import { type ReactNode, useEffect } from 'react';
import { type AuthCallbacks, type AuthHandlers, useAuthCallbacks } from './hooks/useAuthCallbacks.js';
import { warnInDevelopment } from './hooks/warnInDevelopment.js';
import { MfaProvider, type MfaProviderProps } from './MfaProvider.js';

/** Callbacks of wallets, social sign-in and the like. */
interface Others {
  [other: string]: unknown;
}

/** The published settings. Those beyond this list are taken and not used; in development a warning names them. */
export interface DynamicContextSettings {
  /** A UUID, as given to `createMfaServer`. */
  environmentId: string;
  /** Where your server is. Default `/api/v0`, on the page's own origin. */
  apiBaseUrl?: string;
  events?: AuthCallbacks | (AuthCallbacks & Others);
  handlers?: AuthHandlers | (AuthHandlers & Others);
  [other: string]: unknown;
}

/** What of {@link MfaProviderProps} stays as it is. */
type KeptProps = Pick<
  MfaProviderProps,
  | 'theme'
  | 'messages'
  | 'container'
  | 'nonce'
  | 'actions'
  | 'reauthenticate'
  | 'externalJwt'
  | 'modals'
  | 'queryClient'
  | 'onEvent'
>;

export interface DynamicContextProps extends KeptProps {
  children?: ReactNode;
  settings: DynamicContextSettings;
  /** `en`, `de` or `ar`. The published object of translations is not used: see `messages`. */
  locale?: MfaProviderProps['locale'] | Record<string, unknown>;
}

const used = new Set(['environmentId', 'apiBaseUrl', 'events', 'handlers']);
const usedEvents = new Set<string>([
  'onAuthSuccess',
  'onAuthFailure',
  'onAuthInit',
  'onAuthFlowOpen',
  'onAuthFlowClose',
  'onAuthFlowCancel',
  'onLogout',
  'onOtpVerificationResult',
  'onUserProfileUpdate',
] satisfies (keyof AuthCallbacks)[]);

const unusedOf = ({ events = {}, handlers = {}, ...settings }: DynamicContextSettings): string[] => [
  ...Object.keys(settings).filter((name) => !used.has(name)),
  ...Object.keys(events).flatMap((name) => (usedEvents.has(name) ? [] : `events.${name}`)),
  ...Object.keys(handlers).flatMap((name) => (name === 'handleAuthenticatedUser' ? [] : `handlers.${name}`)),
];

const Callbacks = ({ events, handlers }: Pick<DynamicContextSettings, 'events' | 'handlers'>) => {
  useAuthCallbacks(events, handlers);
  return null;
};

/**
 * `<MfaProvider>` under its published name and with the published settings, for code that moves over by its imports. Events and
 * handlers are called once for what happened.
 *
 * @example
 * <DynamicContextProvider
 *   settings={{
 *     environmentId: '5f0c7a6e-2f0f-4a6e-9d0c-0a4b5f6c7d8e',
 *     apiBaseUrl: 'https://app.example/api/v0',
 *     events: { onLogout: () => navigate('/') },
 *   }}
 * >
 *   <App />
 * </DynamicContextProvider>
 */
export const DynamicContextProvider = ({ children, settings, locale, ...props }: DynamicContextProps) => {
  const { environmentId, apiBaseUrl, events, handlers } = settings;
  const unused = unusedOf(settings).join(', ');
  const isTranslations = typeof locale === 'object';
  useEffect(() => {
    if (unused) warnInDevelopment(`DynamicContextProvider does not use these settings: ${unused}.`);
    if (isTranslations) warnInDevelopment('`locale` takes en, de or ar; sentences of your own go into `messages`.');
  }, [unused, isTranslations]);
  return (
    <MfaProvider
      {...props}
      environmentId={environmentId}
      apiBaseUrl={apiBaseUrl}
      locale={isTranslations ? undefined : locale}
    >
      <Callbacks events={events} handlers={handlers} />
      {children}
    </MfaProvider>
  );
};
