import { useState } from 'react';
import type { ScreenEvent } from '../../controller/screens.js';
import type { Failure } from '../messages/failure.js';

/** How the codes typed on a screen have fared. */
export interface Submission {
  status: 'idle' | 'pending' | 'done';
  failure: Failure | undefined;
  /** When the failure came, unix milliseconds of this device's clock. */
  failedAt: number;
  /** Codes refused so far. */
  refusals: number;
}

const fresh: Submission = { status: 'idle', failure: undefined, failedAt: 0, refusals: 0 };

const isRefusal = ({ kind }: Failure): boolean => kind === 'wrong' || kind === 'used';

/**
 * Sends a code and keeps what became of it. `tell` reads a failure and gives nothing back when it led to another screen.
 */
export function useCodeSubmission<T>(
  send: (code: string) => Promise<T>,
  succeed: (result: T) => ScreenEvent,
  tell: (error: unknown) => Failure | undefined,
  onEvent: (event: ScreenEvent) => void,
) {
  const [submission, setSubmission] = useState(fresh);
  const submit = async (code: string) => {
    if (submission.status !== 'idle') return;
    setSubmission((before) => ({ ...before, status: 'pending', failure: undefined }));
    let result: T;
    try {
      result = await send(code);
    } catch (error) {
      const failure = tell(error);
      setSubmission((before) => ({
        status: 'idle',
        failure,
        failedAt: Date.now(),
        refusals: before.refusals + (failure && isRefusal(failure) ? 1 : 0),
      }));
      return;
    }
    setSubmission((before) => ({ ...before, status: 'done' }));
    onEvent(succeed(result));
  };
  const isRefused = submission.failure !== undefined && isRefusal(submission.failure);
  return { ...submission, isRefused, submit, reset: () => setSubmission(fresh) };
}
