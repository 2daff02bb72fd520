// Stands in for `browserPasskeys.ts` where there is no browser: without an adapter there are no passkeys.

import type { BrowserPasskeys } from './browserPasskeys.js';
import { NoWebAuthNSupportError } from './MfaPasskeyError.js';

export const browserPasskeys: BrowserPasskeys = {
  getSupport: () => 'unsupported',
  load: () => Promise.reject(new NoWebAuthNSupportError()),
};
