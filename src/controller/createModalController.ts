/**
 * Which screen is up and who waits for it: one promise per request, one request at a time, the others in turn.
 * No React and no requests; what decides about screens comes with the interface (`attach`).
 */
import { MfaCancelledError, MfaError } from '../client/errors.js';
import { createPendingSession, type PendingSession } from './createPendingSession.js';
import type {
  CloseReason,
  FactSource,
  PromptRequest,
  Screen,
  ScreenEvent,
  ScreenFacts,
  ScreenName,
  ScreenRules,
} from './screens.js';

export interface ModalState {
  /** What the interface is up for; null while it is not. */
  readonly request: PromptRequest | null;
  /** Null while the first screen is being decided. */
  readonly screen: Screen | null;
  readonly direction: 'forward' | 'back';
  readonly canGoBack: boolean;
  /** What the screen was decided from; null until then. */
  readonly facts: ScreenFacts | null;
  /** Why the first screen could not be decided, such as an `MfaNetworkError`; `retry` tries again. */
  readonly error: unknown;
}

export type ModalEvent = 'authFlowOpen' | 'authFlowClose' | 'authFlowCancelled';

export interface ModalController extends Omit<PendingSession, 'forget'> {
  getSnapshot: () => ModalState;
  subscribe: (listener: () => void) => () => void;
  /** Asks for what `request` says. Resolves with the MFA token, if one was asked for; rejects when it is closed. */
  prompt: (request: PromptRequest) => Promise<string | undefined>;
  /** Opens a screen by name, or one with its data; a screen opened this way before gives way. */
  show: (screen: ScreenName | Screen, request?: Omit<PromptRequest, 'purpose'>) => Promise<string | undefined>;
  send: (event: ScreenEvent) => void;
  back: () => void;
  /** Closes what is up and rejects its promise; the next request opens. */
  close: (reason: CloseReason) => void;
  /** Closes all, those who wait their turn too: the session is gone, or the page is left. */
  reset: (reason: CloseReason) => void;
  retry: () => void;
  /** An interface is there and brings what decides about screens; the answer takes it away. */
  attach: (rules: ScreenRules, facts: FactSource) => () => void;
  /** Hears of openings and closings, once each. */
  on: (listener: (event: ModalEvent) => void) => () => void;
}

export interface ModalControllerOptions {
  /** Brings the interface, which then attaches. Undefined: only one that is already there is used. */
  loadInterface: () => Promise<unknown> | undefined;
  /** Whether a change is on its way whose screen will say itself how it went. */
  isBusy: () => boolean;
}

interface Entry {
  request: PromptRequest;
  wanted?: ScreenName | Screen;
  key: string;
  promise: Promise<string | undefined>;
  resolve: (token: string | undefined) => void;
  reject: (error: unknown) => void;
  isSettled: boolean;
  /** Something of it was on screen. */
  isOpen: boolean;
  token?: string;
}

const idle: ModalState = {
  request: null,
  screen: null,
  direction: 'forward',
  canGoBack: false,
  facts: null,
  error: undefined,
};

const noInterface = () =>
  new MfaError('not_supported', {
    message: '<MfaProvider modals={false}> loads no interface that could ask: use the hooks.',
  });

/** @internal Made once by the provider. */
export const createModalController = ({ loadInterface, isBusy }: ModalControllerOptions): ModalController => {
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: ModalEvent) => void>();
  let state = idle;
  let stack: readonly Screen[] = [];
  let queue: Entry[] = [];
  let rules: ScreenRules | undefined;
  let source: FactSource | undefined;
  let interfaces = 0;

  const tell = (event: ModalEvent) => {
    for (const listener of eventListeners) listener(event);
  };

  const set = (change: Partial<ModalState>) => {
    state = { ...state, ...change, canGoBack: stack.length > 0 };
    for (const listener of listeners) listener();
  };

  const settle = (entry: Entry) => {
    entry.isSettled = true;
    entry.resolve(entry.token);
  };

  /** Takes the current request away. Without an error it was fulfilled. */
  const finish = (entry: Entry, error?: unknown) => {
    queue = queue.filter((other) => other !== entry);
    stack = [];
    state = idle;
    const isCancelled = error !== undefined && !entry.isSettled;
    if (isCancelled) {
      entry.isSettled = true;
      entry.reject(error);
    } else settle(entry);
    if (entry.isOpen) tell('authFlowClose');
    if (entry.isOpen && isCancelled) tell('authFlowCancelled');
    if (queue[0]) start(queue[0]);
    else set(idle);
  };

  const tellOpen = (entry: Entry) => {
    if (entry.isOpen) return;
    entry.isOpen = true;
    tell('authFlowOpen');
  };

  const goTo = (entry: Entry, screen: Screen | 'done', facts: ScreenFacts) => {
    if (screen === 'done') return finish(entry);
    set({ screen, facts, direction: 'forward', error: undefined });
    tellOpen(entry);
    // The proof is given: who waits for it need not wait until the person has read what follows.
    if (screen.name === 'Success' || screen.name === 'RecoveryUsed') settle(entry);
  };

  const decide = (entry: Entry) => {
    const open = (facts: ScreenFacts) => {
      if (queue[0] === entry && rules && !state.screen) goTo(entry, rules.first(facts, entry.wanted), facts);
    };
    const known = source?.peek(entry.request);
    if (known) return open(known);
    source?.load(entry.request).then(open, (error: unknown) => {
      if (queue[0] !== entry || state.screen) return;
      set({ error });
      tellOpen(entry);
    });
  };

  const start = (entry: Entry) => {
    set({ ...idle, request: entry.request });
    if (interfaces > 0) return decide(entry);
    const loading = loadInterface() ?? Promise.reject(noInterface());
    loading.catch((error: unknown) => {
      if (queue[0] === entry && interfaces === 0) finish(entry, error);
    });
  };

  const enqueue = (request: PromptRequest, wanted?: ScreenName | Screen): Promise<string | undefined> => {
    const key = JSON.stringify([request, wanted]);
    const [current] = queue;
    // A screen opened by name gives way to another opened by name.
    if (request.purpose === 'screen' && current?.request.purpose === 'screen' && current.key !== key) close('replaced');
    // One proof serves all who ask for the same, but a single-use token serves one of them alone.
    const same = queue.find((entry) => entry.key === key && !entry.isSettled);
    if (same && !request.createMfaToken?.singleUse) return same.promise;
    let resolve: Entry['resolve'] = () => undefined;
    let reject: Entry['reject'] = () => undefined;
    const promise = new Promise<string | undefined>((onResolved, onRejected) => {
      resolve = onResolved;
      reject = onRejected;
    });
    const entry: Entry = { request, wanted, key, promise, resolve, reject, isSettled: false, isOpen: false };
    queue.push(entry);
    if (queue[0] === entry) start(entry);
    return promise;
  };

  const close = (reason: CloseReason) => {
    if (queue[0]) finish(queue[0], new MfaCancelledError(reason));
  };

  const back = () => {
    const screen = stack.at(-1);
    if (!screen) return;
    stack = stack.slice(0, -1);
    set({ screen, direction: 'back' });
  };

  const closeSession = () => {
    const current = queue[0];
    // A flow that has told its success is left to close itself.
    if (current?.request.purpose === 'session' && !current.isSettled && !isBusy()) finish(current);
  };

  const pending = createPendingSession({
    // Nobody waits for it, and closing it is no failure.
    openInterface: () => void enqueue({ purpose: 'session' }).catch(() => undefined),
    closeInterface: closeSession,
  });

  return {
    getSnapshot: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    on: (listener) => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    prompt: (request) => enqueue(request),
    show: (screen, request) => enqueue({ ...request, purpose: 'screen' }, screen),
    send: (event) => {
      const [entry] = queue;
      const { screen, facts } = state;
      if (event.type === 'wentBack') return back();
      if (!entry || !screen || !facts || !rules) return;
      if ('mfaToken' in event && event.mfaToken) entry.token = event.mfaToken;
      const latest = source?.peek(entry.request) ?? facts;
      const following = rules.next(screen, event, latest);
      if (following === screen) return;
      if (following !== 'done') stack = rules.history(stack, screen, event, following);
      goTo(entry, following, latest);
    },
    back,
    close,
    reset: (reason) => {
      pending.forget();
      const waiting = queue.slice(1);
      queue = queue.slice(0, 1);
      close(reason);
      for (const entry of waiting) entry.reject(new MfaCancelledError(reason));
    },
    retry: () => {
      if (!queue[0] || state.screen) return;
      set({ error: undefined });
      decide(queue[0]);
    },
    attach: (attachedRules, attachedSource) => {
      rules = attachedRules;
      source = attachedSource;
      interfaces += 1;
      const [entry] = queue;
      if (entry && !state.screen) decide(entry);
      return () => {
        interfaces -= 1;
      };
    },
    setPending: pending.setPending,
    handle: pending.handle,
  };
};
