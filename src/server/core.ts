/** What the parts of a running server share: made once at start, handed to every handler. */
import type { AccessTokens } from './accessTokens.js';
import type { ElevatedTokens } from './elevatedTokens.js';
import type { ExternalVerifier } from './externalJwt.js';
import type { FailureLimits } from './failureLimits.js';
import type { MfaNotification, MfaServerOptions } from './options.js';
import type { Pepper } from './pepper.js';
import type { MfaPolicy } from './policy.js';
import type { SigningKeys } from './signingKeys.js';
import type { Store } from './store/Store.js';
import type { Vault } from './vault.js';

export interface Core {
  readonly options: MfaServerOptions;
  readonly environmentId: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly isCookieMode: boolean;
  /** The domain passkeys are made for unless a request names a related one. */
  readonly rpId: string;
  readonly store: Store;
  readonly clock: () => number;
  readonly vault: Vault;
  readonly pepper: Pepper;
  readonly signing: SigningKeys;
  readonly accessTokens: AccessTokens;
  readonly elevatedTokens: ElevatedTokens;
  readonly externalVerifier: ExternalVerifier | null;
  readonly failures: FailureLimits;
  /** The policy in force, read anew each time so that a change holds at once in every process. */
  policy(): Promise<MfaPolicy>;
  /** Tells the application; never fails. */
  notify(notification: MfaNotification): void;
  reportError(error: unknown, requestId: string): void;
}
