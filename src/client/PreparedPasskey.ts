// A ceremony that only waits for a click, and what comes of it.
import type { TokenBinding } from '../wire/actions.js';
import type {
  AuthenticatePasskeyRequest,
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyRequest,
} from '../wire/passkeys.js';

/** What a proof may ask for besides is not the browser's. */
type Asked = 'createMfaToken' | 'requestedScopes' | keyof TokenBinding;

/** What the browser made. */
export type PasskeyAttestation = Omit<RegisterPasskeyRequest, Asked>;

/** What the browser signed. */
export type PasskeyAssertion = Omit<AuthenticatePasskeyRequest, Asked>;

/** How a ceremony is to be begun. */
export interface StartPasskeyOptions {
  /** Asks for a security key instead of this device or a phone. Default false. */
  isSecurityKey?: boolean;
  /** Ends the ceremony, with `passkey_aborted`. */
  signal?: AbortSignal;
}

/** A ceremony that only waits for a click. */
export interface PreparedPasskey<TOptions, TAnswer> {
  /** What the server asks of the browser. */
  readonly options: TOptions;
  /** When to prepare anew, unix milliseconds of this device's clock: four minutes after it was prepared. */
  readonly expiresAt: number;
  /**
   * Opens the browser's own sheet, before the call returns: call it first thing in the click, and hand its promise on as
   * `credential`. While it is under way, and once it was answered, the same call gives the same promise; with another
   * `isSecurityKey`, or from another preparation, it ends the one under way. After a failure it can be called again as it
   * is.
   *
   * Rejects with {@link MfaPasskeyError}: `passkey_cancelled`, `passkey_already_registered`, `passkey_not_supported`,
   * `insecure_context`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
   * `passkey_challenge_expired`, `passkey_unknown_error`.
   */
  start(options?: StartPasskeyOptions): Promise<TAnswer>;
}

/** A passkey waits to be made. */
export type PreparedPasskeyRegistration = PreparedPasskey<PasskeyRegistrationOptions, PasskeyAttestation>;

/** A passkey waits to be used. */
export type PreparedPasskeyAuthentication = PreparedPasskey<PasskeyAuthenticationOptions, PasskeyAssertion>;
