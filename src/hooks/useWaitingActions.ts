'use client';

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { queryClientOf } from '../queries/queryClientOf.js';
import { waitingActionsQueryOptions } from '../queries/waitingActions.js';
import type { WaitingAction } from '../wire/stepUp.js';
import { useMfaContext } from './MfaContext.js';
import { useSession } from './useSession.js';

export type UseWaitingActionsReturnType = UseQueryResult<WaitingAction[]>;

/**
 * What the application left for the person to do, oldest first, such as a reshare after a delegate was approved. Carry each
 * out with {@link useMfaAction}, then `refetch`.
 *
 * @example
 * const { data: waiting = [], refetch } = useWaitingActions();
 * return waiting.map(({ id, summary }) => <Todo key={id} text={summary} onDone={refetch} />);
 */
export const useWaitingActions = (): UseWaitingActionsReturnType => {
  const { client, queries } = useMfaContext();
  const { user, status } = useSession();
  // A session that still waits for something is not told.
  const userId = status === 'signedIn' || status === 'codesUnsaved' ? user?.id : undefined;
  return useQuery(
    { ...waitingActionsQueryOptions(client, userId), enabled: userId !== undefined },
    queryClientOf(queries),
  );
};
