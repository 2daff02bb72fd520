import { QueryClient } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';

const clients = new WeakMap<MfaClient, QueryClient>();

/**
 * The query client in which secrets live while they are on screen: the authenticator's secret, recovery codes, and the
 * codes people type (variables of mutations). It is nobody else's: an application that persists, dehydrates or inspects
 * its own query client meets none of them.
 */
export const secretClientOf = (client: MfaClient): QueryClient => {
  const known = clients.get(client);
  if (known) return known;
  const made = new QueryClient();
  clients.set(client, made);
  return made;
};
