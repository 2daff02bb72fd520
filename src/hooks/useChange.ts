'use client';

import { type MutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { ChangeContext } from '../queries/mutations.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';

/** @internal A change that ends when who asked for it leaves the screen, so that no token arrives for nobody. */
export const useChange = <TResult, TVariables>(
  optionsFor: (context: ChangeContext) => MutationOptions<TResult, Error, TVariables>,
): UseMutationResult<TResult, Error, TVariables> => {
  const { client, queryClient } = useMfaContext();
  const controller = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      controller.current?.abort();
      controller.current = null;
    },
    [],
  );
  const signal = useCallback(() => {
    controller.current ??= new AbortController();
    return controller.current.signal;
  }, []);
  return useMutation(optionsFor({ client, queryClient, signal }), secretClientOf(client));
};
