import { queryOptions } from '@tanstack/react-query';
import type { MfaClient } from '../client/core.js';
import { getWaitingActions } from '../client/waitingActions.js';
import { mfaKey } from './keys.js';
import { abortable, readable } from './policy.js';

/**
 * What the application left for the person to do, for `useQuery`, `prefetchQuery` and their like.
 *
 * @example
 * await queryClient.prefetchQuery(waitingActionsQueryOptions(client));
 */
export const waitingActionsQueryOptions = (client: MfaClient, userId = client.user?.id) =>
  queryOptions({
    ...readable,
    queryKey: [...mfaKey(userId), 'waitingActions'],
    queryFn: abortable(client, getWaitingActions),
    enabled: userId !== undefined,
  });
