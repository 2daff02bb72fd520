// What the application left for the person to do.
import { listWaitingActions } from '../wire/routes.js';
import type { WaitingAction } from '../wire/stepUp.js';
import type { MfaClient } from './core.js';
import { send } from './transport.js';

/** What waits for the person, oldest first. @throws `not_signed_in`, `insufficient_scope`, `network_error`. */
export const getWaitingActions = async (client?: MfaClient): Promise<WaitingAction[]> =>
  (await send(client, listWaitingActions)).waiting;
