'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { getPasskeyCapabilities, getPasskeySupport, type PasskeySupport } from '../client/passkeySupport.js';

export interface UsePasskeyCapabilitiesReturnType {
  /**
   * Whether passkeys work in this browser and on this page, or what keeps them from it. `unsupported` while a page is
   * rendered on a server and for the first moment in the browser, so that both draw the same.
   */
  support: PasskeySupport;
  /** The browser has been asked for the next two. */
  isKnown: boolean;
  /** Fingerprint, face or screen lock of this device. Undefined where the browser does not say. */
  hasPlatformAuthenticator: boolean | undefined;
  /** A phone beside this device. Undefined where the browser does not say. */
  hasHybrid: boolean | undefined;
}

const unknown = { isKnown: false, hasPlatformAuthenticator: undefined, hasHybrid: undefined };

/** What a page may do with passkeys does not change while it is open. */
const neverChanges = () => () => {};
const supportOnServer = (): PasskeySupport => 'unsupported';

/**
 * What this browser can do with passkeys, to word and order the ways one offers. Asks nobody but the browser.
 *
 * @example
 * const { support, hasPlatformAuthenticator } = usePasskeyCapabilities();
 * if (support === 'supported') return <button>{hasPlatformAuthenticator ? 'Use fingerprint or face' : 'Use your phone'}</button>;
 */
export const usePasskeyCapabilities = (): UsePasskeyCapabilitiesReturnType => {
  const support = useSyncExternalStore(neverChanges, getPasskeySupport, supportOnServer);
  const [known, setKnown] = useState<Omit<UsePasskeyCapabilitiesReturnType, 'support'>>(unknown);
  useEffect(() => {
    let isGone = false;
    void getPasskeyCapabilities().then(({ hasPlatformAuthenticator, hasHybrid }) => {
      if (!isGone) setKnown({ isKnown: true, hasPlatformAuthenticator, hasHybrid });
    });
    return () => {
      isGone = true;
    };
  }, []);
  return { support, ...known };
};
