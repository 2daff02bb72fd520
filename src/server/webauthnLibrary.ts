/** Loads @simplewebauthn/server, an optional peer, when the first passkey wants it. */
import { importPeer } from './store/importPeer.js';

const peer = { usedBy: 'A passkey', install: '@simplewebauthn/server' };

export type WebauthnLibrary = typeof import('@simplewebauthn/server') & typeof import('@simplewebauthn/server/helpers');

const load = async (): Promise<WebauthnLibrary> => {
  // Written out one by one, so that bundlers see each of them.
  const server = await importPeer({ ...peer, load: () => import('@simplewebauthn/server') });
  const helpers = await importPeer({ ...peer, load: () => import('@simplewebauthn/server/helpers') });
  return { ...server, ...helpers };
};

let loading: Promise<WebauthnLibrary> | undefined;

/**
 * Loads it once. It takes 200 ms, which a server whose people have no passkeys need not pay at its start. The routes that
 * begin a ceremony await this too, so that a missing package is told before anybody has touched a sensor for nothing.
 */
export const loadWebauthn = (): Promise<WebauthnLibrary> => {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
};
