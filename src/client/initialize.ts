// Makes a client ready: reads the session and the settings.
import { coreOf, type MfaClient } from './core.js';
import { MfaError } from './errors.js';
import type { InitStatus } from './events.js';
import { getProjectSettings } from './settings.js';

/**
 * Reads the session and the settings. Calling it twice does it once; after a failure it tries again.
 *
 * @throws `network_error`, `invalid_response`, `unknown_environment`.
 */
export const initializeClient = async (client?: MfaClient): Promise<void> => {
  const core = coreOf(client);
  const move = (initStatus: InitStatus, error?: MfaError): void => {
    core.initStatus = initStatus;
    core.initError = error;
    core.tell();
  };
  const run = async (): Promise<void> => {
    move('in-progress');
    try {
      await Promise.all([core.start(), getProjectSettings(client)]);
      move('finished');
    } catch (error) {
      core.initializing = undefined;
      move('failed', error instanceof MfaError ? error : new MfaError('unknown_error', { cause: error }));
      throw core.initError;
    }
  };
  core.initializing ??= run();
  return core.initializing;
};

/** Waits until the client is ready, and begins if nobody did. @throws as {@link initializeClient}. */
export const waitForClientInitialized = async (client?: MfaClient): Promise<void> => initializeClient(client);
