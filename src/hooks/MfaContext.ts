'use client';

import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { MfaClient } from '../client/core.js';
import type { ModalController } from '../controller/createModalController.js';

/** Three handles, made once by the provider; never state. */
export interface MfaContextValue {
  readonly client: MfaClient;
  readonly queryClient: QueryClient;
  readonly controller: ModalController;
}

export const MfaContext = createContext<MfaContextValue | null>(null);

/** @internal The handles of the nearest `<MfaProvider>`. Throws outside one. */
export const useMfaContext = (): MfaContextValue => {
  const value = useContext(MfaContext);
  if (!value) throw new Error('This hook needs <MfaProvider> above it: wrap your application in one.');
  return value;
};
