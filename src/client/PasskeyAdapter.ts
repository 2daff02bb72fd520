// Where passkeys are made and used: the browser, or what an application brings in its place.
import type { PasskeyAuthenticationOptions, PasskeyDescriptor, PasskeyRegistrationOptions } from '../wire/passkeys.js';
import type { PasskeyAssertion, PasskeyAttestation } from './PreparedPasskey.js';

/** As every system wants it named, also where the server leaves the type out. */
export type NamedPasskey = PasskeyDescriptor & { type: 'public-key' };

/** What a passkey is to be made by (PublicKeyCredentialCreationOptionsJSON). */
export interface PasskeyCreation extends PasskeyRegistrationOptions {
  excludeCredentials: NamedPasskey[];
}

/** What a passkey is to be used by (PublicKeyCredentialRequestOptionsJSON). */
export interface PasskeyRequest extends PasskeyAuthenticationOptions {
  allowCredentials?: NamedPasskey[];
}

/** What begins a ceremony. */
export interface PasskeyCeremonies {
  /** Opens the system's sheet to make a passkey. */
  create(options: PasskeyCreation): Promise<PasskeyAttestation>;
  /** Opens the system's sheet to use one. */
  get(options: PasskeyRequest): Promise<PasskeyAssertion>;
  /** Closes the sheet that is open, where the system lets an application do so. */
  cancel?(): void;
}

/**
 * Makes and uses passkeys where there is no browser, for the option `passkeys` of a client. Binary values are base64url
 * in both directions. Reject with an {@link MfaPasskeyError}, or with an error that has a browser's `name`
 * (`NotAllowedError` when the person closes the sheet); anything else becomes `passkey_unknown_error`.
 */
export interface PasskeyAdapter extends PasskeyCeremonies {
  /** Whether this device can. Asked often, so it answers at once. */
  isSupported(): boolean;
}
