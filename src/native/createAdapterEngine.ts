/**
 * Stands in for the screens: hands each request to the application's own interface, and what that gives to who waits for it.
 */
import type { Ask, ModalDesk, ModalEngine } from '../controller/modalDesk.js';
import type { PromptRequest, ScreenName } from '../controller/screens.js';

/** What the application's interface is asked to do. */
export interface NativePrompt extends PromptRequest {
  /** The screen that was asked for by name, with the purpose `screen`. */
  screen?: ScreenName;
}

/**
 * The application's own interface. Take the person through what is asked, with the hooks and functions of this door, and resolve
 * with the MFA token if one was to be made. Reject with `MfaCancelledError` when they do not want to. `signal` says that nobody
 * waits for it any more: close what is up.
 */
export type NativePrompter = (prompt: NativePrompt, signal: AbortSignal) => Promise<string | undefined>;

/** @internal `prompterOf` gives the one rendered last. */
export const createAdapterEngine = (desk: ModalDesk, prompterOf: () => NativePrompter | undefined): ModalEngine => {
  const start = (ask: Ask) => {
    const controller = new AbortController();
    const { endTurn } = ask;
    ask.endTurn = () => {
      endTurn();
      controller.abort();
    };
    ask.isOpen = true;
    desk.tell('authFlowOpen');
    const { wanted, request } = ask;
    const screen = typeof wanted === 'object' ? wanted.name : wanted;
    const isUp = () => desk.current() === ask && !ask.isSettled;
    const answer = prompterOf()?.({ ...request, ...(screen && { screen }) }, controller.signal);
    (answer ?? Promise.resolve(undefined)).then(
      (token) => {
        if (!isUp()) return;
        ask.tokens = token === undefined ? [] : [token];
        ask.isTokenEach = ask.request.createMfaToken?.singleUse ?? false;
        desk.finish(ask);
      },
      (error: unknown) => {
        if (isUp()) desk.finish(ask, error);
      },
    );
  };
  return {
    start,
    send: () => {},
    back: () => {},
    retry: () => {},
    // What was asked already says how many tokens it is to make, so nobody may join; a session is done once it moves on.
    isBusy: () => desk.current()?.request.purpose === 'action',
  };
};
