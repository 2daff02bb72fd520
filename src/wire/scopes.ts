/**
 * What a session may do, and the one rule that decides it.
 */

/** Scopes of a session token. A `const` object rather than an `enum`, so that the plain strings fit too. */
export const JwtScope = {
  Userbasic: 'user:basic',
  RequiresAdditionalAuth: 'requiresAdditionalAuth',
  UserDataForm: 'userDataForm',
  WaasBackupToken: 'waasBackupToken',
  Deviceregister: 'device:register',
} as const;
export type JwtScope = (typeof JwtScope)[keyof typeof JwtScope];

/** Scopes of an elevated access token that concern this kit's own routes; an application may name others. */
export const TokenScope = {
  Credentiallink: 'credential:link',
  Credentialupdate: 'credential:update',
  Credentialunlink: 'credential:unlink',
  Userupdate: 'user:update',
  Userdelete: 'user:delete',
  Walletexport: 'wallet:export',
  Walletdelete: 'wallet:delete',
  Walletrefresh: 'wallet:refresh',
  Walletreshare: 'wallet:reshare',
  Walletdelegate: 'wallet:delegate',
  Walletsign: 'wallet:sign',
  Walletrestore: 'wallet:restore',
} as const;
export type TokenScope = (typeof TokenScope)[keyof typeof TokenScope];

/** The members of a scope string (RFC 6749 §3.3: space-separated, case-sensitive). Anything but a string has none. */
export const parseScope = (scope: unknown): ReadonlySet<string> =>
  new Set(typeof scope === 'string' ? scope.split(' ').filter(Boolean) : []);

/**
 * Whether a session has passed everything asked of it: it has `user:basic` as an exact member and does not have
 * `requiresAdditionalAuth`. A missing scope, or one of another type, is refused.
 */
export const isFullyAuthenticatedScope = (scope: unknown): boolean => {
  const members = parseScope(scope);
  return members.has('user:basic') && !members.has('requiresAdditionalAuth');
};

/** Whether a session waits for its second factor. */
export const isWaitingForMfaScope = (scope: unknown): boolean => parseScope(scope).has('requiresAdditionalAuth');
