/**
 * Every key starts with the user's id, so that all of a person's entries can be found and removed at sign-out, and none
 * is ever shown to the next person. No key carries a code, a secret or a token.
 */

/** Stands for a user's id while nobody is signed in; such queries are disabled. */
const NOBODY = 'nobody';

/** Everything this kit keeps for a user. */
export const mfaKey = (userId: string = NOBODY) => [userId, 'mfa'] as const;

/** What a change of factors or a used code makes out of date. */
export const factorsKey = (userId?: string) => [...mfaKey(userId), 'factors'] as const;

export const mfaDevicesKey = (userId?: string) => [...factorsKey(userId), 'devices'] as const;
export const mfaMethodsKey = (userId?: string) => [...factorsKey(userId), 'methods'] as const;
export const settingsKey = (userId?: string) => [...mfaKey(userId), 'settings'] as const;
export const totpRegistrationKey = (isReplacement: boolean, userId?: string) =>
  [...mfaKey(userId), 'totpRegistration', isReplacement] as const;
export const recoveryCodesKey = (isNewSet: boolean, userId?: string) =>
  [...mfaKey(userId), 'recoveryCodes', isNewSet] as const;
