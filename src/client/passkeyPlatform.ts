// Where a client's passkeys are made and used, and whether that is possible at all.
import { browserPasskeys } from './browserPasskeys.js';
import { coreOf, type MfaClient } from './core.js';
import { MfaPasskeyError, NoWebAuthNSupportError } from './MfaPasskeyError.js';
import type { PasskeyCeremonies } from './PasskeyAdapter.js';
import type { PasskeySupport } from './passkeySupport.js';

/** Whether passkeys can be asked for where this client runs. */
const supportOf = (client?: MfaClient): PasskeySupport => {
  const { passkeys } = coreOf(client);
  if (!passkeys) return browserPasskeys.getSupport();
  return passkeys.isSupported() ? 'supported' : 'unsupported';
};

/** What begins ceremonies, ready before the click. Where there can be none it throws before anything is sent or loaded. */
export const ceremoniesOf = (client?: MfaClient): PasskeyCeremonies | Promise<PasskeyCeremonies> => {
  const support = supportOf(client);
  switch (support) {
    case 'supported':
      return coreOf(client).passkeys ?? browserPasskeys.load();
    case 'unsupported':
      throw new NoWebAuthNSupportError();
    case 'insecure_context':
      throw new MfaPasskeyError('insecure_context');
    case 'cross_origin_frame':
      throw new MfaPasskeyError('passkey_in_frame');
    default:
      throw new MfaPasskeyError('passkey_unknown_error', support satisfies never);
  }
};
