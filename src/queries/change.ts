import type { MutationOptions } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import { isMfaError } from '../client/errors.js';
import { withSignal } from '../client/withSignal.js';
import { mfaKey } from './keys.js';
import type { QueryHandle } from './queryHandle.js';
import { refreshFactors } from './refreshFactors.js';

/** What `useMutation` takes. Named, so that declarations name it and not the package behind TanStack's. */
export interface Change<TVariables, TResult> extends MutationOptions<TResult, Error, TVariables> {}

/** Who makes a change, until when, and where what it makes out of date is kept. */
export interface ChangeContext {
  client: MfaClient;
  queries: QueryHandle;
  /** Ends the change when nobody waits for it any more. */
  signal: () => AbortSignal;
}

/** What a change does, with a client that ends it when nobody waits for it. */
type Run<TVariables, TResult> = (variables: TVariables, client: MfaClient) => Promise<TResult>;

const underWay = new WeakMap<MfaClient, Map<string, Promise<unknown>>>();

/** One request per intent: the same change asked for again while it is under way is that change. */
const once = <T>(client: MfaClient, intent: string, run: () => Promise<T>): Promise<T> => {
  const all = underWay.get(client) ?? new Map<string, Promise<unknown>>();
  underWay.set(client, all);
  const known = all.get(intent) as Promise<T> | undefined;
  if (known) return known;
  const started = run().finally(() => all.delete(intent));
  all.set(intent, started);
  return started;
};

/** A wrong code that comes with a wait has begun one. */
const isLocked = (error: unknown): boolean =>
  isMfaError(error, 'mfa_factor_suspended') ||
  isMfaError(error, 'mfa_rate_limited') ||
  (isMfaError(error, 'mfa_invalid_code') && 'retryAfter' in error && error.retryAfter !== undefined);

/** Nothing is kept once a change is done: its variables may be codes, its result a token. */
const policyOf = ({ client }: ChangeContext, name: string) => ({
  mutationKey: [...mfaKey(client.user?.id), name],
  gcTime: 0,
  retry: false,
  networkMode: 'always' as const,
});

const perform = async <TVariables, TResult>(
  { client, queries, signal }: ChangeContext,
  run: Run<TVariables, TResult>,
  variables: TVariables,
): Promise<TResult> => {
  try {
    const result = await run(variables, withSignal(client, signal()));
    refreshFactors(client, queries);
    return result;
  } catch (error) {
    if (isLocked(error)) refreshFactors(client, queries);
    throw error;
  }
};

/** A change that its variables tell from any other. */
export const change = <TVariables, TResult>(
  context: ChangeContext,
  name: string,
  run: Run<TVariables, TResult>,
): Change<TVariables, TResult> => ({
  ...policyOf(context, name),
  mutationFn: (variables) =>
    once(context.client, JSON.stringify([name, variables]), () => perform(context, run, variables)),
});

/** A change with a browser's ceremony in it, which the client itself tells from any other. */
export const ceremony = <TVariables, TResult>(
  context: ChangeContext,
  name: string,
  run: Run<TVariables, TResult>,
): Change<TVariables, TResult> => ({
  ...policyOf(context, name),
  mutationFn: (variables) => perform(context, run, variables),
});
