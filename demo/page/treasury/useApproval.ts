import { MfaCancelledError } from 'mfa-kit';
import { useRef, useState } from 'react';
import { sentenceAbout } from './refusals.js';

export type Approval<T> =
  | { state: 'idle' }
  | { state: 'busy' }
  /** The prompt was closed: nothing happened, and what was typed is still there. */
  | { state: 'cancelled' }
  | { state: 'refused'; complaint: string }
  | { state: 'done'; value: T };

/** Runs what a button starts and somebody may have to approve: once at a time, with one of five outcomes. */
export const useApproval = <T>() => {
  const [approval, setApproval] = useState<Approval<T>>({ state: 'idle' });
  const isRunning = useRef(false);

  /** Whether it was done. */
  const run = async (act: () => Promise<T>): Promise<boolean> => {
    if (isRunning.current) return false;
    isRunning.current = true;
    setApproval({ state: 'busy' });
    try {
      setApproval({ state: 'done', value: await act() });
      return true;
    } catch (error) {
      const isCancelled = error instanceof MfaCancelledError;
      setApproval(isCancelled ? { state: 'cancelled' } : { state: 'refused', complaint: sentenceAbout(error) });
      return false;
    } finally {
      isRunning.current = false;
    }
  };

  return { approval, run, forget: () => setApproval({ state: 'idle' }), isBusy: approval.state === 'busy' };
};
