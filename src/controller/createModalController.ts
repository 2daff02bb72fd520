/**
 * Who waits for the interface: one promise per request, one request at a time, the others in turn. What is on screen is
 * the engine's business, which comes with the interface, so that hooks alone do not carry it.
 */
import { MfaCancelledError, MfaError } from '../client/errors.js';
import { createPendingSession, type PendingSession } from './createPendingSession.js';
import type { Ask, ModalDesk, ModalEngine, ModalEvent, ModalState } from './modalDesk.js';
import type { CloseReason, PromptRequest, Screen, ScreenEvent, ScreenName } from './screens.js';

export interface ModalController extends Omit<PendingSession, 'forget'> {
  getSnapshot: () => ModalState;
  /** Nothing is up while a page is rendered on the server. */
  getServerSnapshot: () => ModalState;
  subscribe: (listener: () => void) => () => void;
  /** Hears of openings and closings, once each. */
  on: (listener: (event: ModalEvent) => void) => () => void;
  /** Asks for what `request` says. Resolves with the MFA token, if one was asked for; rejects when it is closed. */
  prompt: (request: PromptRequest) => Promise<string | undefined>;
  /** Opens a screen by name, or one with its data; a screen opened this way before gives way. */
  show: (screen: ScreenName | Screen, request?: Omit<PromptRequest, 'purpose'>) => Promise<string | undefined>;
  send: (event: ScreenEvent) => void;
  back: () => void;
  /** Decides the first screen again, after it could not be decided. */
  retry: () => void;
  /** Closes what is up and rejects its promise; the next request opens. */
  close: (reason: CloseReason) => void;
  /** Closes all, those who wait their turn too: the session is gone, or the page is left. */
  reset: (reason: CloseReason) => void;
  /** An interface is there and brings the engine; the answer takes it away. */
  attach: (createEngine: (desk: ModalDesk) => ModalEngine) => () => void;
}

const idle: ModalState = {
  request: null,
  screen: null,
  direction: 'forward',
  canGoBack: false,
  facts: null,
  error: undefined,
};

/** @internal Made once by the provider. `loadInterface` gives undefined where none is wanted. */
export const createModalController = (loadInterface: () => Promise<unknown> | undefined): ModalController => {
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: ModalEvent) => void>();
  const queue: Ask[] = [];
  let state = idle;
  let engine: ModalEngine | undefined;
  let interfaces = 0;

  const tell = (event: ModalEvent) => {
    for (const listener of eventListeners) listener(event);
  };

  const set = (change: Partial<ModalState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const settle = (ask: Ask) => {
    ask.isSettled = true;
    ask.resolve(ask.token);
  };

  const finish = (ask: Ask, error?: unknown) => {
    queue.shift();
    const isCancelled = error !== undefined && !ask.isSettled;
    if (isCancelled) {
      ask.isSettled = true;
      ask.reject(error);
    } else settle(ask);
    if (ask.isOpen) {
      tell('authFlowClose');
      if (isCancelled) tell('authFlowCancelled');
    }
    if (queue[0]) start(queue[0]);
    else set(idle);
  };

  const start = (ask: Ask) => {
    set({ ...idle, request: ask.request });
    if (engine && interfaces > 0) return engine.start(ask);
    const refusal = new MfaError('not_supported', { message: 'modals={false} loads no interface that could ask' });
    (loadInterface() ?? Promise.reject(refusal)).catch((error: unknown) => {
      if (queue[0] === ask && interfaces === 0) finish(ask, error);
    });
  };

  const close = (reason: CloseReason) => {
    if (queue[0]) finish(queue[0], new MfaCancelledError(reason));
  };

  const enqueue = (request: PromptRequest, wanted?: ScreenName | Screen): Promise<string | undefined> => {
    const key = JSON.stringify([request, wanted]);
    const [current] = queue;
    // A screen opened by name gives way to another opened by name.
    if (request.purpose === 'screen' && current?.request.purpose === 'screen' && current.key !== key) close('replaced');
    // One proof serves all who ask for the same, but a single-use token serves one of them alone.
    const same = queue.find((ask) => ask.key === key && !ask.isSettled);
    if (same && !request.createMfaToken?.singleUse) return same.promise;
    let resolve: Ask['resolve'] = () => {};
    let reject: Ask['reject'] = () => {};
    const promise = new Promise<string | undefined>((onResolved, onRejected) => {
      resolve = onResolved;
      reject = onRejected;
    });
    const ask: Ask = { request, wanted, key, promise, resolve, reject, isSettled: false, isOpen: false };
    queue.push(ask);
    if (queue[0] === ask) start(ask);
    return promise;
  };

  const { forget, ...pending } = createPendingSession({
    // Nobody waits for it, and closing it is no failure.
    openInterface: () => void enqueue({ purpose: 'session' }).catch(() => {}),
    closeInterface: () => {
      const [current] = queue;
      // A flow that has told its success is left to close itself.
      if (current?.request.purpose === 'session' && !current.isSettled && !engine?.isBusy()) finish(current);
    },
  });

  return {
    ...pending,
    getSnapshot: () => state,
    getServerSnapshot: () => idle,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    on: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    prompt: enqueue,
    show: (screen, request) => enqueue({ ...request, purpose: 'screen' }, screen),
    send: (event) => engine?.send(event),
    back: () => engine?.back(),
    retry: () => engine?.retry(),
    close,
    reset: (reason) => {
      forget();
      const waiting = queue.splice(1);
      close(reason);
      for (const ask of waiting) ask.reject(new MfaCancelledError(reason));
    },
    attach: (createEngine) => {
      engine ??= createEngine({ current: () => queue[0], get: () => state, set, tell, settle, finish });
      interfaces++;
      if (queue[0] && !state.screen) engine.start(queue[0]);
      return () => {
        interfaces--;
      };
    },
  };
};
