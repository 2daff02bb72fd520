import type { MfaClient } from '../client/core.js';
import { refreshUser } from '../client/user.js';
import { secretClientOf } from '../queries/secretClient.js';

/**
 * @internal A page put into the back-forward cache keeps no secret; when it comes back, what is on screen is read again.
 */
export const hideSecretsWithPage = (client: MfaClient): (() => void) => {
  const secrets = secretClientOf(client);
  const onHide = () => {
    for (const query of secrets.getQueryCache().getAll()) query.reset();
    secrets.getMutationCache().clear();
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted || !client.user) return;
    void secrets.refetchQueries({ type: 'active' });
    refreshUser(client).catch(() => undefined);
  };
  window.addEventListener('pagehide', onHide);
  window.addEventListener('pageshow', onShow);
  return () => {
    window.removeEventListener('pagehide', onHide);
    window.removeEventListener('pageshow', onShow);
  };
};
