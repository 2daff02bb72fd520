import { mfaKey } from '../queries/keys.js';
import type { MfaContextValue } from './MfaContext.js';

/**
 * @internal Follows the session for the provider: what a session waits for goes to the controller, what is known of a
 * person goes when the person does. `onPerson` hears of a session; `isWaiting` when the interface is needed at once.
 */
export const watchSession = (
  { client, queryClient, controller }: MfaContextValue,
  onPerson: (isWaiting: boolean) => void,
): (() => void) => {
  let userId: string | undefined;
  let wasWaiting = false;
  const look = () => {
    const { user, status } = client.session.getSnapshot();
    const isWaiting = status === 'waitingForMfa' || status === 'codesUnsaved';
    const isSamePerson = user?.id === userId;
    if (!isSamePerson && userId !== undefined) {
      controller.reset('loggedOut');
      queryClient.removeQueries({ queryKey: mfaKey(userId) });
    }
    userId = user?.id;
    if (user && (!isSamePerson || isWaiting !== wasWaiting)) onPerson(isWaiting);
    wasWaiting = isWaiting;
    controller.setPending(isWaiting);
  };
  const stop = client.session.subscribe(look);
  look();
  return stop;
};
