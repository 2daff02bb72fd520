/**
 * Every key starts with the user's id, so that all of a person's entries can be found and removed at sign-out, and none
 * is ever shown to the next person. No key carries a code, a secret or a token.
 */

/** Everything this kit keeps for a user. `nobody` while nobody is signed in; such queries are disabled. */
export const mfaKey = (userId = 'nobody') => [userId, 'mfa'] as const;

/** What a change of factors or a used code makes out of date. */
export const factorsKey = (userId?: string) => [...mfaKey(userId), 'factors'] as const;
