import { useRef, useState } from 'react';
import { complaintAbout, isCalm } from './complaints.js';

/**
 * Runs what a button starts: once at a time, and with a sentence when it fails. `run` gives undefined then.
 */
export const useAttempt = () => {
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ error: unknown }>();

  const run = async <T>(act: () => Promise<T>): Promise<{ value: T } | undefined> => {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      return { value: await act() };
    } catch (error) {
      setFailure({ error });
      return undefined;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };

  return {
    run,
    isBusy,
    complaint: failure ? complaintAbout(failure.error) : '',
    isCalm: failure !== undefined && isCalm(failure.error),
  };
};
