import { useWaitingActions } from 'mfa-kit';
import { useEffect, useRef } from 'react';
import { useTreasuryCalls } from './useTreasuryCalls.js';

/** Asks for the reshares that a change of delegates has left, one after another, as soon as somebody has signed in. */
export const AskWaiting = () => {
  const { data: waiting } = useWaitingActions();
  const { reshare } = useTreasuryCalls();
  const hasAsked = useRef(false);
  useEffect(() => {
    if (!waiting || hasAsked.current) return;
    hasAsked.current = true;
    const ids = waiting.filter(({ action }) => action === 'wallet.waas.reshare').map(({ id }) => id);
    const askInTurn = async (): Promise<void> => {
      for (const id of ids) await reshare(id);
    };
    // Closing one prompt means "not now" for all of them. The treasury still lists what is left.
    askInTurn().catch(() => undefined);
  }, [waiting, reshare]);
  return null;
};
