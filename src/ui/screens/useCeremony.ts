import { useEffect, useRef, useState } from 'react';
import type { Screen, ScreenEvent } from '../../controller/screens.js';
import type { Failure } from '../messages/failure.js';
import { follow } from './detour.js';
import type { PasskeyReach } from './views/PasskeyPromptView.js';

/** What a ceremony needs to begin: options that are there already. */
interface Prepared<TCredential> {
  start: (how: { isSecurityKey: boolean; signal: AbortSignal }) => Promise<TCredential>;
}

export interface CeremonyParameters<TCredential> {
  screen: Screen;
  /** Undefined while a click would come to nothing. */
  prepared: Prepared<TCredential> | undefined;
  /** Sends what the browser gives, once it does. */
  send: (
    credential: Promise<TCredential>,
  ) => Promise<Omit<Extract<ScreenEvent, { type: 'verified' }>, 'type' | 'method'>>;
  onEvent: (event: ScreenEvent) => void;
  /** Begins by itself, once, where the browser allows it. */
  isAutomatic: boolean;
  /** Fingerprint, face or PIN is demanded. */
  requiresVerification: boolean;
}

interface CeremonyState {
  status: 'idle' | 'running' | 'checking' | 'done';
  failure: Failure | undefined;
  /** It was tried in vain. */
  isRetry: boolean;
}

/** Screens that have begun by themselves: a person who comes back to one has seen it. */
const begun = new WeakSet<Screen>();

/** Safari and others want a gesture that has just been made; who does not say whether there is one gets a click. */
const mayBeginByItself = (): boolean =>
  document.hasFocus() &&
  document.visibilityState === 'visible' &&
  (navigator as Partial<Navigator>).userActivation?.isActive === true;

/**
 * Runs a passkey ceremony and keeps what became of it. A failure changes nothing but the line that tells of it: the
 * person tries again with another click, or chooses another way.
 */
export function useCeremony<TCredential>({
  screen,
  prepared,
  send,
  onEvent,
  isAutomatic,
  requiresVerification,
}: CeremonyParameters<TCredential>) {
  const [state, setState] = useState<CeremonyState>({ status: 'idle', failure: undefined, isRetry: false });
  const running = useRef<AbortController>(undefined);

  /** Synchronous up to the browser's own question: whatever were awaited before would cost the click (Safari). */
  const begin = (reach: PasskeyReach) => {
    if (!prepared || state.status !== 'idle') return;
    const stop = new AbortController();
    running.current = stop;
    const credential = prepared.start({ isSecurityKey: reach === 'key', signal: stop.signal });
    setState((before) => ({ ...before, status: 'running', failure: undefined }));
    credential.then(
      () => setState((before) => ({ ...before, status: 'checking' })),
      // Told below, where the change that waits for it fails.
      () => undefined,
    );
    send(credential).then(
      (result) => {
        setState((before) => ({ ...before, status: 'done' }));
        onEvent({ type: 'verified', method: 'passkey', ...result });
      },
      (error: unknown) => {
        const failure = follow(error, screen, 'passkey', onEvent);
        const isUnfit = failure?.kind === 'passkeyCancelled' && reach === 'key' && requiresVerification;
        // A key without PIN and fingerprint is passed over by browsers, which say no more of it than of a cancelled one.
        setState({ status: 'idle', failure: isUnfit ? { kind: 'passkeyKeyCancelled' } : failure, isRetry: true });
      },
    );
  };

  useEffect(() => {
    let isGone = false;
    // After StrictMode has unmounted and mounted again, which would end the ceremony at once.
    queueMicrotask(() => {
      if (isGone || !isAutomatic || !prepared || begun.has(screen)) return;
      begun.add(screen);
      if (mayBeginByItself()) begin('platform');
    });
    return () => {
      isGone = true;
    };
  });

  return { ...state, begin, stop: () => running.current?.abort() };
}
