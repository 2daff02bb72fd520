import { mfaKey } from '../queries/keys.js';
import { mfaMethodsQueryOptions, settingsQueryOptions } from '../queries/queries.js';
import { secretClientOf } from '../queries/secretClient.js';
import type { MfaContextValue } from './MfaContext.js';

export interface WatchSessionOptions {
  /** Whether the interface may be needed: then what decides its first screen is read ahead. */
  isInterfaceUsed: () => boolean;
  /** Somebody is signed in; `isWaiting` when the interface is needed at once. */
  onPerson: (isWaiting: boolean) => void;
}

/**
 * @internal Follows the session for the provider: what a session waits for goes to the controller, what is known of a
 * person goes when the person does.
 */
export const watchSession = (
  { client, queryClient, controller }: MfaContextValue,
  { isInterfaceUsed, onPerson }: WatchSessionOptions,
): (() => void) => {
  let userId: string | undefined;
  const look = () => {
    const { user, status } = client.session.getSnapshot();
    const isWaiting = status === 'waitingForMfa' || status === 'codesUnsaved';
    if (user?.id !== userId) {
      if (userId !== undefined) {
        controller.reset('loggedOut');
        queryClient.removeQueries({ queryKey: mfaKey(userId) });
        secretClientOf(client).clear();
      }
      userId = user?.id;
      if (userId !== undefined && isInterfaceUsed()) {
        // So that from opening to verified there is one request, the code's own.
        void queryClient.prefetchQuery(settingsQueryOptions(client));
        void queryClient.prefetchQuery(mfaMethodsQueryOptions(client));
      }
    }
    if (user && isInterfaceUsed()) onPerson(isWaiting);
    controller.setPending(isWaiting);
  };
  const stop = client.session.subscribe(look);
  look();
  return stop;
};
