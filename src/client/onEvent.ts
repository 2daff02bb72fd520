// The plain function to listen with, under its published name.
import { clientOf, type MfaClient } from './core.js';
import type { MfaEventListener, MfaEventName } from './events.js';

/**
 * Listens to one kind of event, each happening once; gives the function that stops listening. The same as `client.on`.
 *
 * @throws `no_client` where no client is given and none, or more than one, is there.
 *
 * @example
 * const stop = onEvent({ event: 'mfaCompletionSuccess', listener: ({ mfaToken }) => continueWith(mfaToken) });
 */
export const onEvent = <Name extends MfaEventName>(
  { event, listener }: { event: Name; listener: MfaEventListener<Name> },
  client?: MfaClient,
): (() => void) => clientOf(client).on(event, listener);
