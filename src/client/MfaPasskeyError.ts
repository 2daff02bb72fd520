// What a passkey ceremony rejects with. Apart from the other errors, so that a page's start does not carry it.
import { MfaError, type PasskeyErrorCode } from './errors.js';

/**
 * A passkey ceremony could not begin, or did not come to a good end. Its `name` is that of the browser's error where
 * there is one, such as `NotAllowedError`, because published applications compare with it; `cause` is the error itself.
 */
export class MfaPasskeyError extends MfaError {
  constructor(
    /** The code of ours, also where `code` is a published one. */
    override readonly passkeyCode: PasskeyErrorCode,
    cause?: unknown,
  ) {
    super(passkeyCode, { cause });
    this.name = cause instanceof Error ? cause.name : 'MfaPasskeyError';
  }
}

/** This browser knows no passkeys (`passkey_not_supported`). */
export class NoWebAuthNSupportError extends MfaPasskeyError {
  override name = 'NoWebAuthNSupportError';
  override code = 'no_webauthn_support_error' as const;
  constructor() {
    super('passkey_not_supported');
  }
}

/** The person has no passkey to prove themselves with (`passkey_no_credentials`). */
export class NoPasskeyCredentialsFoundError extends MfaPasskeyError {
  override name = 'NoPasskeyCredentialsFoundError';
  override code = 'no_passkey_credentials_found_error' as const;
  constructor() {
    super('passkey_no_credentials');
  }
}
