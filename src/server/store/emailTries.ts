/** How many codes may be tried against one e-mail verification (security.md D16). */
export const emailTries = 5;
