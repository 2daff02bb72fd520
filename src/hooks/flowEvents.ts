import type { MfaClient } from '../client/core.js';
import { type MfaEvents, tellAll } from '../client/events.js';
import type { ModalController } from '../controller/createModalController.js';

/** How somebody signs in. `option` repeats what is special about it, as published. */
export type AuthMethod =
  | { type: 'email'; email: string; option: string }
  | { type: 'passkey'; option: 'passkey' }
  | { type: 'externalAuth'; option: 'externalAuth' };

/** Why a sign-in came to nothing. */
export type AuthFailureReason = 'user-cancelled' | { error: unknown };

/** What can be listened to, with what it carries. Each happening is told once. */
export interface MfaFlowEvents extends Pick<MfaEvents, 'mfaCompletionSuccess' | 'mfaCompletionFailure' | 'logout'> {
  /** A sign-in by one of the hooks began. */
  authInit: AuthMethod;
  /** It failed, or the person gave up before their second factor. Listeners get the reason as a second argument. */
  authFailure: AuthMethod | undefined;
  /** Whether the code from an e-mail was the right one. */
  emailVerificationResult: boolean;
  /** An interface came up. */
  authFlowOpen: undefined;
  /** It went away, for whatever reason. */
  authFlowClose: undefined;
  /** It went away before its task was done; follows `authFlowClose`. */
  authFlowCancelled: undefined;
}

export type MfaFlowEventName = keyof MfaFlowEvents;

/** Receives one kind of event. */
export type MfaFlowListener<TName extends MfaFlowEventName> = (
  payload: MfaFlowEvents[TName],
  reason: TName extends 'authFailure' ? AuthFailureReason : undefined,
) => void;

/** Receives every event: its name and what it carries; the reason comes with `authFailure`. */
export type OnMfaFlowEvent = <TName extends MfaFlowEventName>(
  name: TName,
  payload: MfaFlowEvents[TName],
  reason: AuthFailureReason | undefined,
) => void;

/** What is known of a client's sign-ins; the form that begins one and the one that ends it may be two components. */
interface SignIns {
  listeners: Set<OnMfaFlowEvent>;
  method?: AuthMethod;
}

const signIns = new WeakMap<MfaClient, SignIns>();

const signInsOf = (client: MfaClient): SignIns => {
  const known = signIns.get(client) ?? { listeners: new Set() };
  signIns.set(client, known);
  return known;
};

/** @internal */
export const tellFlow = <TName extends MfaFlowEventName>(
  client: MfaClient,
  name: TName,
  payload: MfaFlowEvents[TName],
  reason?: AuthFailureReason,
): void => tellAll(signInsOf(client).listeners, (listener) => listener(name, payload, reason));

/** @internal A sign-in began. */
export const beginSignIn = (client: MfaClient, method: AuthMethod): void => {
  signInsOf(client).method = method;
  tellFlow(client, 'authInit', method);
};

/** @internal The sign-in that began last failed. */
export const failSignIn = (client: MfaClient, reason: AuthFailureReason): void =>
  tellFlow(client, 'authFailure', signInsOf(client).method, reason);

/** @internal A sign-in in one step, with what is told of it. */
export const signInBy = async <T>(client: MfaClient, method: AuthMethod, run: () => Promise<T>): Promise<T> => {
  beginSignIn(client, method);
  try {
    return await run();
  } catch (error) {
    failSignIn(client, { error });
    throw error;
  }
};

/** @internal Tells one listener everything; the answer stops it. */
export const listenToFlow = (
  client: MfaClient,
  controller: ModalController,
  listener: OnMfaFlowEvent,
): (() => void) => {
  const { listeners } = signInsOf(client);
  // An object of its own: the same function may listen twice.
  const one: OnMfaFlowEvent = (name, payload, reason) => listener(name, payload, reason);
  listeners.add(one);
  const stops = [
    client.on('mfaCompletionSuccess', (payload) => listener('mfaCompletionSuccess', payload, undefined)),
    client.on('mfaCompletionFailure', (payload) => listener('mfaCompletionFailure', payload, undefined)),
    client.on('logout', (payload) => listener('logout', payload, undefined)),
    controller.on((name) => listener(name, undefined, undefined)),
    () => listeners.delete(one),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
