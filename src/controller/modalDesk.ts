/**
 * What controller and engine share: the state they show, and the desk at which requests are taken and settled.
 */
import type { PromptRequest, Screen, ScreenEvent, ScreenFacts, ScreenName } from './screens.js';

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

/** Somebody who waits for a request, and for a token of their own. */
export interface Waiter {
  readonly resolve: (token: string | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** A request and who waits for it. */
export interface Ask {
  /** Another one when the number of those who wait changes. */
  request: PromptRequest;
  readonly wanted?: ScreenName | Screen;
  readonly key: string;
  waiting: Waiter[];
  isSettled: boolean;
  /** Its turn has come, among this tab's requests and among the tabs. */
  hasTurn: boolean;
  /** Something of it was on screen. */
  isOpen: boolean;
  /** A proof was accepted: what it earns is settled, also where that comes later. */
  isProven: boolean;
  /** What the proof earned. */
  tokens: readonly string[];
  /** Each token is good for one of those who wait. */
  isTokenEach: boolean;
  endTurn: () => void;
}

/** What the engine works at. */
export interface ModalDesk {
  current: () => Ask | undefined;
  get: () => ModalState;
  set: (change: Partial<ModalState>) => void;
  tell: (event: ModalEvent) => void;
  settle: (ask: Ask) => void;
  /** Takes the current request away. Without an error it was fulfilled. */
  finish: (ask: Ask, error?: unknown) => void;
}

/** Decides screens for the desk's current request. */
export interface ModalEngine {
  start: (ask: Ask) => void;
  send: (event: ScreenEvent) => void;
  back: () => void;
  retry: () => void;
  /** Whether a change is on its way whose screen will say itself how it went. */
  isBusy: () => boolean;
}
