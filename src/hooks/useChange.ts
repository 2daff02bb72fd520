'use client';

import { type MutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ChangeContext } from '../queries/mutations.js';
import { secretClientOf } from '../queries/secretClient.js';
import { useMfaContext } from './MfaContext.js';

/** The time a component is on screen, as a signal; another one when StrictMode mounts it again. */
const createStay = () => {
  let controller: AbortController | undefined;
  return {
    signal: (): AbortSignal => {
      controller ??= new AbortController();
      return controller.signal;
    },
    end: () => {
      controller?.abort();
      controller = undefined;
    },
  };
};

/** @internal A change that ends when who asked for it leaves the screen, so that no token arrives for nobody. */
export const useChange = <TResult, TVariables>(
  optionsFor: (context: ChangeContext) => MutationOptions<TResult, Error, TVariables>,
): UseMutationResult<TResult, Error, TVariables> => {
  const { client, queries } = useMfaContext();
  const [stay] = useState(createStay);
  useEffect(() => stay.end, [stay]);
  return useMutation(optionsFor({ client, queries, signal: stay.signal }), secretClientOf(client));
};
