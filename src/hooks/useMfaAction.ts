'use client';

import { useEffect, useMemo, useRef } from 'react';
import { isChallenge, type Outcome, readChallenge, withProof } from '../client/challenges.js';
import type { MfaProof } from '../client/storedProofs.js';
import type { ActionName } from '../wire/actions.js';
import { useMfaContext } from './MfaContext.js';

export interface UseMfaActionParameters<TArgs extends unknown[]> {
  /** The action, as the server's `requireMfa` names it. */
  action: ActionName;
  /** What exactly is done, as the server names it: shown, and the proof is good for nothing else. Or how it follows from the arguments. */
  payload?: Record<string, unknown> | ((...args: TArgs) => Record<string, unknown>);
  /** The same in words, where the server has none. Or how they follow from the arguments. */
  summary?: string | ((...args: TArgs) => string);
}

/** Carries out the action: `proof` comes after the arguments, and its `headers` belong on the request. */
export type MfaActionFunction<TArgs extends unknown[], TResult> = (
  ...args: [...TArgs, proof: MfaProof]
) => TResult | Promise<TResult>;

/** What a call came to. A challenge thrown by the call, or given as its response, is one and not a failure. */
const outcomeOf = async <TResult>(call: () => TResult | Promise<TResult>): Promise<Outcome<TResult>> => {
  try {
    const value = await call();
    const challenge = value instanceof Response ? await readChallenge(value) : undefined;
    return challenge ? { challenge } : { value };
  } catch (error) {
    if (isChallenge(error)) return { challenge: error };
    throw error;
  }
};

/**
 * Wraps a call that the server may answer with a demand for a proof. Then the person is prompted once, the same call made
 * once more with the same arguments, and its result is yours: also through enrolling, a recovery code, or a second try. Where
 * nothing is demanded nobody is prompted.
 *
 * Rejects with what the call rejects with; `MfaCancelledError` when the person closes the prompt; the server's demand
 * (`insufficient_user_authentication`, `mfa_enrollment_required`) when it is made again after the proof, or when nobody can
 * be asked.
 *
 * @example
 * const send = useMfaAction(
 *   (transfer: Transfer, { headers }: MfaProof) =>
 *     fetch('/api/transfers', { method: 'POST', body: JSON.stringify(transfer), headers }),
 *   { action: 'transfer.send', payload: (transfer) => ({ amount: transfer.amount, to: transfer.to }) },
 * );
 * const response = await send(transfer);
 */
export const useMfaAction = <TArgs extends unknown[], TResult>(
  run: MfaActionFunction<TArgs, TResult>,
  parameters: UseMfaActionParameters<TArgs>,
): ((...args: TArgs) => Promise<TResult>) => {
  const { client } = useMfaContext();
  const latest = useRef({ run, parameters });
  useEffect(() => {
    latest.current = { run, parameters };
  });
  return useMemo(
    () =>
      async (...args: TArgs) => {
        // The call repeated is the one that was made, whatever was rendered meanwhile.
        const { run, parameters } = latest.current;
        const { action, payload, summary } = parameters;
        const call = {
          action,
          payload: typeof payload === 'function' ? payload(...args) : payload,
          summary: typeof summary === 'function' ? summary(...args) : summary,
        };
        return withProof<TResult>(client, call, (proof) => outcomeOf(() => run(...args, proof)));
      },
    [client],
  );
};
