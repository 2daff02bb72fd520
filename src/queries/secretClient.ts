import { QueryClient } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import { refreshUser } from '../client/user.js';

const clients = new WeakMap<MfaClient, QueryClient>();

/** When the person goes, so does what was on their screen. */
const forgetWithPerson = (client: MfaClient, secrets: QueryClient): void => {
  let userId = client.user?.id;
  client.session.subscribe(() => {
    if (client.user?.id === userId) return;
    userId = client.user?.id;
    secrets.clear();
  });
};

/** A page put into the back-forward cache keeps no secret; when it comes back, what is on screen is read again. */
const forgetWithPage = (client: MfaClient, secrets: QueryClient): void => {
  globalThis.addEventListener?.('pagehide', () => {
    for (const query of secrets.getQueryCache().getAll()) query.reset();
    secrets.getMutationCache().clear();
  });
  globalThis.addEventListener?.('pageshow', ({ persisted }: PageTransitionEvent) => {
    if (!persisted || !client.user) return;
    void secrets.refetchQueries({ type: 'active' });
    refreshUser(client).catch(() => undefined);
  });
};

/**
 * The query client in which secrets live while they are on screen: the authenticator's secret, recovery codes, and the
 * codes people type (variables of mutations). It is nobody else's: an application that persists, dehydrates or inspects
 * its own query client meets none of them. Made when the first screen needs it, then as long as the client.
 */
export const secretClientOf = (client: MfaClient): QueryClient => {
  const known = clients.get(client);
  if (known) return known;
  const made = new QueryClient();
  clients.set(client, made);
  if (typeof window !== 'undefined') {
    forgetWithPerson(client, made);
    forgetWithPage(client, made);
  }
  return made;
};
