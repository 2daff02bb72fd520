import { initializeClient } from 'mfa-kit/client';
import { useSyncExternalStore } from 'react';
import { client } from '../client.js';

const subscribe = (onChange: () => void): (() => void) => client.on('initStatusChanged', onChange);
const status = () => client.initStatus;

/** Whether the session and the settings were read, and a way to try again when they could not be. */
export const useStart = () => {
  const initStatus = useSyncExternalStore(subscribe, status);
  return {
    isReady: initStatus === 'finished',
    hasFailed: initStatus === 'failed',
    retry: () => {
      // Its failure is in `initStatus` again.
      initializeClient(client).catch(() => undefined);
    },
  };
};
