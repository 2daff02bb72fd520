/**
 * Who waits for the interface: one promise per request, one request at a time, the others in turn. What is on screen is
 * the engine's business, which comes with the interface, so that hooks alone do not carry it.
 */
import { MfaCancelledError, MfaError } from '../client/errors.js';
import { createAsk, keyOf, MAX_COUNT } from './createAsk.js';
import { createPendingSession, type PendingSession } from './createPendingSession.js';
import type { Ask, ModalDesk, ModalEngine, ModalEvent, ModalState, Waiter } from './modalDesk.js';
import type { CloseReason, PromptRequest, Screen, ScreenEvent, ScreenName } from './screens.js';

export interface ModalController extends Omit<PendingSession, 'forget'> {
  getSnapshot: () => ModalState;
  /** Nothing is up while a page is rendered on the server. */
  getServerSnapshot: () => ModalState;
  subscribe: (listener: () => void) => () => void;
  /** Hears of openings and closings, once each. */
  on: (listener: (event: ModalEvent) => void) => () => void;
  /**
   * Asks for what `request` says. Resolves with the MFA token, if one was asked for; rejects when it is closed. `signal` says
   * that this caller does not wait any more.
   */
  prompt: (request: PromptRequest, signal?: AbortSignal) => Promise<string | undefined>;
  /** Opens a screen by name, or one with its data; a screen opened this way before gives way. */
  show: (
    screen: ScreenName | Screen,
    request?: Omit<PromptRequest, 'purpose'>,
    signal?: AbortSignal,
  ) => Promise<string | undefined>;
  send: (event: ScreenEvent) => void;
  back: () => void;
  /** Decides the first screen again, after it could not be decided. */
  retry: () => void;
  /** Closes what is up and rejects its promise; the next request opens. */
  close: (reason: CloseReason) => void;
  /** What is up cannot be proven any more: those who wait for it get this error. */
  fail: (error: unknown) => void;
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

/**
 * @internal Made once by the provider. `loadInterface` gives undefined where none is wanted; `takeTurn` keeps
 * tabs from asking at the same time, where there are tabs: it begins once it may, and its answer ends the turn.
 */
export const createModalController = (
  loadInterface: () => Promise<unknown> | undefined,
  takeTurn?: (begin: () => void) => () => void,
): ModalController => {
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

  /** Says how many wait, to who draws it and to who asks for as many tokens. */
  const count = (ask: Ask) => {
    const calls = ask.waiting.length;
    if (ask.request.purpose !== 'action' || calls === (ask.request.count ?? 1)) return;
    ask.request = { ...ask.request, count: calls > 1 ? calls : undefined };
    if (state.request && queue[0] === ask) set({ request: ask.request });
  };

  const reject = (ask: Ask, error: unknown) => {
    ask.isSettled = true;
    for (const waiter of ask.waiting.splice(0)) waiter.reject(error);
  };

  const settle = (ask: Ask) => {
    const { tokens, isTokenEach } = ask;
    ask.isSettled = true;
    const waiting = ask.waiting.splice(0);
    const isEnough = !isTokenEach || tokens.length === 0;
    for (const [index, waiter] of waiting.entries()) {
      if (isEnough || index < tokens.length) waiter.resolve(tokens[isEnough ? 0 : index]);
    }
    const rest = isEnough ? [] : waiting.slice(tokens.length);
    if (rest.length === 0) return;
    // A server that gave fewer tokens than there are calls: the others are asked for next.
    const next = createAsk(ask.request, ask.wanted);
    next.waiting = rest;
    count(next);
    queue.splice(Number(queue[0] === ask), 0, next);
  };

  const finish = (ask: Ask, error?: unknown) => {
    ask.endTurn();
    const isCancelled = error !== undefined && !ask.isSettled;
    if (isCancelled) reject(ask, error);
    else settle(ask);
    queue.shift();
    if (ask.isOpen) {
      tell('authFlowClose');
      if (isCancelled) tell('authFlowCancelled');
    }
    if (queue[0]) start(queue[0]);
    else set(idle);
  };

  const start = (ask: Ask) => {
    if (!takeTurn || ask.request.purpose !== 'action') return open(ask);
    ask.endTurn = takeTurn(() => open(ask));
    if (!ask.hasTurn) set(idle);
  };

  const open = (ask: Ask) => {
    ask.hasTurn = true;
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

  /** Gives up for one who waits; the last one takes the request along. */
  const leave = (ask: Ask, waiter: Waiter) => {
    if (!ask.waiting.includes(waiter)) return;
    ask.waiting = ask.waiting.filter((one) => one !== waiter);
    const error = new MfaCancelledError('aborted');
    waiter.reject(error);
    if (ask.waiting.length > 0) count(ask);
    else if (queue[0] === ask) finish(ask, error);
    else queue.splice(queue.indexOf(ask), 1);
  };

  /** One proof serves all who ask for the same, with one token that lasts or a token each; what is bound is for one alone. */
  const canJoin = (ask: Ask, { createMfaToken, payload, challengeId }: PromptRequest): boolean => {
    if (ask.isSettled || payload || challengeId) return false;
    if (!createMfaToken?.singleUse) return true;
    // How many tokens it asks for is said when it is sent.
    const isSent = ask.isProven || (ask === queue[0] && engine?.isBusy());
    return !isSent && ask.waiting.length < MAX_COUNT;
  };

  const enqueue = (
    request: PromptRequest,
    wanted?: ScreenName | Screen,
    signal?: AbortSignal,
  ): Promise<string | undefined> => {
    const key = keyOf(request, wanted);
    const [current] = queue;
    // A screen opened by name gives way to another opened by name.
    if (request.purpose === 'screen' && current?.request.purpose === 'screen' && current.key !== key) close('replaced');
    const known = queue.find((one) => one.key === key && canJoin(one, request));
    const ask = known ?? createAsk(request, wanted);
    const promise = new Promise<string | undefined>((resolve, reject) => {
      const waiter = { resolve, reject };
      ask.waiting.push(waiter);
      if (signal?.aborted) queueMicrotask(() => leave(ask, waiter));
      signal?.addEventListener('abort', () => leave(ask, waiter));
    });
    if (known) count(ask);
    else if (queue.push(ask) === 1) start(ask);
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
    prompt: (request, signal) => enqueue(request, undefined, signal),
    show: (screen, request, signal) => enqueue({ ...request, purpose: 'screen' }, screen, signal),
    send: (event) => engine?.send(event),
    back: () => engine?.back(),
    retry: () => engine?.retry(),
    close,
    fail: (error) => {
      if (queue[0]?.hasTurn) finish(queue[0], error);
    },
    reset: (reason) => {
      forget();
      const others = queue.splice(1);
      close(reason);
      for (const ask of others) reject(ask, new MfaCancelledError(reason));
    },
    attach: (createEngine) => {
      engine ??= createEngine({ current: () => queue[0], get: () => state, set, tell, settle, finish });
      interfaces++;
      if (queue[0]?.hasTurn && !state.screen) engine.start(queue[0]);
      return () => {
        interfaces--;
      };
    },
  };
};
