// The tokens that go along with a change of factors.
import type { TokenScope } from '../wire/scopes.js';
import { findElevatedToken, sendElevatedToken } from './elevatedTokens.js';
import { type ProofTokens, type TokenState, takeToken } from './mfaTokens.js';

const LINK: TokenScope = 'credential:link';
const UNLINK: TokenScope = 'credential:unlink';

/** With adding a factor. */
export const tokensToLink = (state: TokenState): ProofTokens => sendElevatedToken(state, LINK);

/** With renaming one. */
export const tokensToRename = (state: TokenState): ProofTokens => sendElevatedToken(state, UNLINK);

/** With removing one: the MFA token named, else an elevated access token, else a stored MFA token. */
export const tokensToUnlink = (state: TokenState, named?: string): ProofTokens =>
  !named && findElevatedToken(state, UNLINK) ? tokensToRename(state) : takeToken(state, named);
