/**
 * The browser as the place where passkeys are made and used. React Native puts `noBrowserPasskeys.ts` in its place, by the
 * field "react-native" of package.json.
 */
import { MfaNetworkError } from './errors.js';
import type { PasskeyCeremonies } from './PasskeyAdapter.js';
import { getPasskeySupport, type PasskeySupport } from './passkeySupport.js';

/** Says why not, and loads what speaks to the browser before the click. */
export interface BrowserPasskeys {
  getSupport(): PasskeySupport;
  load(): Promise<PasskeyCeremonies>;
}

export const browserPasskeys: BrowserPasskeys = {
  getSupport: getPasskeySupport,
  async load() {
    try {
      const { startRegistration, startAuthentication, WebAuthnAbortService } = await import('@simplewebauthn/browser');
      return {
        create: (optionsJSON) => startRegistration({ optionsJSON }),
        get: (optionsJSON) => startAuthentication({ optionsJSON }),
        cancel: () => WebAuthnAbortService.cancelCeremony(),
      };
    } catch (cause) {
      throw new MfaNetworkError('network_error', cause);
    }
  },
};
