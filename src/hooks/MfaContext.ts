'use client';

import { createContext, useContext } from 'react';
import type { MfaClient } from '../client/core.js';
import type { ModalController } from '../controller/createModalController.js';
import type { QueryHandle } from '../queries/queryHandle.js';

/** Three handles, made once by the provider; never state. */
export interface MfaContextValue {
  readonly client: MfaClient;
  readonly queries: QueryHandle;
  readonly controller: ModalController;
}

export const MfaContext = createContext<MfaContextValue | null>(null);

/** @internal The handles of the nearest `<MfaProvider>`. Throws outside one. */
export const useMfaContext = (): MfaContextValue => {
  const value = useContext(MfaContext);
  if (!value) throw new Error('This hook needs <MfaProvider> above it: wrap your application in one.');
  return value;
};
