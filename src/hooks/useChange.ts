'use client';

import { type MutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import type { ChangeContext } from '../queries/change.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';
import { useStay } from './useStay.js';

/** @internal A change that ends when who asked for it leaves the screen, so that no token arrives for nobody. */
export const useChange = <TResult, TVariables>(
  optionsFor: (context: ChangeContext) => MutationOptions<TResult, Error, TVariables>,
): UseMutationResult<TResult, Error, TVariables> => {
  const { client, queries } = useMfaContext();
  const signal = useStay();
  return useMutation(optionsFor({ client, queries, signal }), secretClientOf(client));
};
