// The tokens that go along with a change of factors.
import { TokenScope } from '../wire/scopes.js';
import { spendElevatedToken } from './elevatedTokens.js';
import { type TokenState, takeToken } from './mfaTokens.js';
import type { ProofTokens } from './request.js';

/** With adding a factor. */
export const tokensToLink = (state: TokenState): ProofTokens => ({
  elevated: spendElevatedToken(state, TokenScope.Credentiallink),
});

/** With renaming one. */
export const tokensToRename = (state: TokenState): ProofTokens => ({
  elevated: spendElevatedToken(state, TokenScope.Credentialunlink),
});

/** With removing one: the MFA token named, else an elevated access token, else a stored MFA token. */
export const tokensToUnlink = (state: TokenState, named?: string): ProofTokens => {
  const elevated = named ? undefined : spendElevatedToken(state, TokenScope.Credentialunlink);
  return elevated ? { elevated } : { mfa: takeToken(state, named) };
};
