/** The one error that stops a server from starting. */

/**
 * The server was not started: an option, key or package is missing or wrong. The message says which, and what to set.
 */
export class MfaStartError extends Error {
  override name = 'MfaStartError';

  constructor(
    /** The option at fault, or the package that is missing. */
    readonly option: string,
    message: string,
  ) {
    super(`mfa-kit/server: ${message}`);
  }
}
