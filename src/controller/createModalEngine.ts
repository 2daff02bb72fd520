/**
 * Which screen is up for the current request, and the way that led there. Loaded with the interface.
 */
import type { Ask, ModalDesk, ModalEngine } from './modalDesk.js';
import type { FactSource, Screen, ScreenFacts, ScreenRules } from './screens.js';

export interface ModalEngineParts {
  rules: ScreenRules;
  facts: FactSource;
  isBusy: () => boolean;
}

/** The proof is given: who waits for it need not wait until the person has read what follows. */
const isAfterwards = (screen: Screen): boolean =>
  screen.name === 'Success' ||
  screen.name === 'RecoveryUsed' ||
  (screen.name === 'PasskeySaved' && screen.then.name === 'Success');

/** @internal */
export const createModalEngine = (desk: ModalDesk, { rules, facts: source, isBusy }: ModalEngineParts): ModalEngine => {
  let stack: readonly Screen[] = [];

  const tellOpen = (ask: Ask) => {
    if (ask.isOpen) return;
    ask.isOpen = true;
    desk.tell('authFlowOpen');
  };

  const goTo = (ask: Ask, screen: Screen | 'done', facts: ScreenFacts) => {
    if (screen === 'done') return desk.finish(ask);
    desk.set({ screen, facts, direction: 'forward', canGoBack: stack.length > 0, error: undefined });
    tellOpen(ask);
    if (isAfterwards(screen)) desk.settle(ask);
  };

  const isDeciding = (ask: Ask) => desk.current() === ask && !desk.get().screen;

  const start = (ask: Ask) => {
    stack = [];
    const open = (facts: ScreenFacts) => {
      if (isDeciding(ask)) goTo(ask, rules.first(facts, ask.wanted), facts);
    };
    const known = source.peek(ask.request);
    if (known) return open(known);
    source.load(ask.request).then(open, (error: unknown) => {
      if (!isDeciding(ask)) return;
      desk.set({ error });
      tellOpen(ask);
    });
  };

  const back = () => {
    const screen = stack.at(-1);
    if (!screen) return;
    stack = stack.slice(0, -1);
    desk.set({ screen, direction: 'back', canGoBack: stack.length > 0 });
  };

  return {
    start,
    back,
    isBusy,
    send: (event) => {
      const ask = desk.current();
      const { screen, facts } = desk.get();
      if (event.type === 'wentBack') return back();
      if (!ask || !screen || !facts) return;
      if (event.type === 'verified') {
        ask.isProven = true;
        ask.isTokenEach = ask.request.createMfaToken?.singleUse || event.method === 'recovery';
      }
      if ('mfaToken' in event && event.mfaToken) ask.tokens = event.mfaTokens ?? [event.mfaToken];
      if (event.type === 'proofTooWeak') ask.request = { ...ask.request, minLevel: event.minLevel };
      const latest = source.peek(ask.request) ?? facts;
      if (event.type === 'proofTooWeak') return desk.set({ request: ask.request, facts: latest });
      const following = rules.next(screen, event, latest);
      if (following === screen) return;
      if (following !== 'done') stack = rules.history(stack, screen, event, following);
      goTo(ask, following, latest);
    },
    retry: () => {
      const ask = desk.current();
      if (!ask || desk.get().screen) return;
      desk.set({ error: undefined });
      start(ask);
    },
  };
};
