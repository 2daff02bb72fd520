import type { MfaFlowEventName, MfaFlowListener, OnMfaFlowEvent } from './flowEvents.js';

/** @internal Everybody who listens from outside of React. Every mounted provider tells them. */
export const everywhere = new Set<OnMfaFlowEvent>();

/** By the listener they were made for, so that it can be taken away again. */
const added = new Map<MfaFlowEventName, Map<unknown, OnMfaFlowEvent>>();

/** Listens from anywhere, without a component: see {@link dynamicEvents}. */
export interface DynamicEvents {
  /** Calls back whenever it happens. The same listener a second time changes nothing. */
  on<TName extends MfaFlowEventName>(name: TName, listener: MfaFlowListener<TName>): void;
  /** Calls back the next time it happens. */
  once<TName extends MfaFlowEventName>(name: TName, listener: MfaFlowListener<TName>): void;
  /** Stops calling this one back. */
  off<TName extends MfaFlowEventName>(name: TName, listener: MfaFlowListener<TName>): void;
}

const on: DynamicEvents['on'] = (name, listener) => {
  const known = added.get(name) ?? new Map<unknown, OnMfaFlowEvent>();
  added.set(name, known);
  if (known.has(listener)) return;
  const one: OnMfaFlowEvent = (happened, payload, reason) => {
    if ((happened as string) === name) listener(payload as never, reason as never);
  };
  known.set(listener, one);
  everywhere.add(one);
};

const off: DynamicEvents['off'] = (name, listener) => {
  const one = added.get(name)?.get(listener);
  if (one) everywhere.delete(one);
  added.get(name)?.delete(listener);
};

/**
 * The events of {@link useDynamicEvents} for code outside of components: analytics, a log. Tells what happens in every mounted
 * `<MfaProvider>`.
 *
 * @example
 * dynamicEvents.on('logout', ({ reason }) => log(`signed out: ${reason}`));
 */
export const dynamicEvents: DynamicEvents = {
  on,
  off,
  once: (name, listener) => {
    const first: typeof listener = (payload, reason) => {
      off(name, first);
      listener(payload, reason);
    };
    on(name, first);
  },
};
