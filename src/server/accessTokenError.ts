/** Why an access token was not accepted. */

const statuses = { invalid_token: 401, token_expired: 401, insufficient_scope: 403, keys_unavailable: 503 } as const;

/** Why an access token was not accepted, with the HTTP status to answer. Nobody is signed in, whatever the code. */
export class AccessTokenError extends Error {
  override name = 'AccessTokenError';
  readonly status: 401 | 403 | 503;

  constructor(
    /**
     * `invalid_token`: not an access token of this server, or not for this audience. `token_expired`: the client should
     * refresh. `insufficient_scope`: the second factor has not been passed. `keys_unavailable`: the public keys could not
     * be had, so nothing is known of the token.
     */
    readonly code: keyof typeof statuses,
    options?: ErrorOptions,
  ) {
    super(`mfa-kit/server: the access token was not accepted (${code})`, options);
    this.status = statuses[code];
  }
}
