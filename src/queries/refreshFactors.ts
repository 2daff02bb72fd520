import type { MfaClient } from '../client/core.js';
import { factorsKey } from './keys.js';
import type { QueryHandle } from './queryHandle.js';

/**
 * Reads again what a change of factors or a used code made out of date, whether or not it is on screen. Not awaited by
 * who made the change: the person goes on while the lists catch up.
 */
export const refreshFactors = (client: MfaClient, queries: QueryHandle): void =>
  void queries.current?.invalidateQueries({ queryKey: factorsKey(client.user?.id), refetchType: 'all' });
