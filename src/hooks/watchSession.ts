import { mfaKey } from '../queries/keys.js';
import { refreshFactors } from '../queries/refreshFactors.js';
import type { MfaContextValue } from './MfaContext.js';

/**
 * @internal Follows the session for the provider: what a session waits for goes to the controller, what is known of a
 * person goes when the person does. `onPerson` hears of a session; `isWaiting` when the interface is needed at once.
 */
export const watchSession = (
  { client, queries, controller }: MfaContextValue,
  onPerson: (isWaiting: boolean) => void,
): (() => void) => {
  let userId: string | undefined;
  let lastStatus: string | undefined;
  const look = () => {
    const { user, status } = client.session.getSnapshot();
    const isWaiting = status === 'waitingForMfa' || status === 'codesUnsaved';
    const isSamePerson = user?.id === userId;
    if (!isSamePerson && userId !== undefined) {
      controller.reset('loggedOut');
      queries.current?.removeQueries({ queryKey: mfaKey(userId) });
    }
    userId = user?.id;
    // Whatever moved the session on, a hook, a function or another tab, may have changed the factors.
    if (isSamePerson && status !== lastStatus) refreshFactors(client, queries);
    if (user && !(isSamePerson && status === lastStatus)) onPerson(isWaiting);
    lastStatus = status;
    controller.setPending(isWaiting);
  };
  const stops = [
    client.session.subscribe(look),
    client.on('mfaCompletionSuccess', () => refreshFactors(client, queries)),
  ];
  look();
  return () => {
    for (const stop of stops) stop();
  };
};
