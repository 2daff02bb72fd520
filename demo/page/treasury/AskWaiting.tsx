import { useWaitingActions } from 'mfa-kit';
import { useEffect, useRef } from 'react';
import { useTreasury } from './useTreasury.js';

/** Asks for the reshares that a change of delegates has left, as soon as somebody has signed in. */
export const AskWaiting = () => {
  const { data: waiting } = useWaitingActions();
  const { reshare } = useTreasury();
  const latest = useRef(reshare);
  useEffect(() => {
    latest.current = reshare;
  });
  const hasAsked = useRef(false);
  useEffect(() => {
    if (!waiting || hasAsked.current) return;
    // What is left from here on is asked for the next time; closing the prompt means "not now", and the card has it still.
    hasAsked.current = true;
    for (const { id, action } of waiting) {
      if (action === 'wallet.waas.reshare') latest.current(id).catch(() => undefined);
    }
  }, [waiting]);
  return null;
};
