// Elevated access tokens waiting to be used: one per set of scopes.
import { ELEVATED_TOKEN_HEADER } from '../wire/headers.js';
import { parseScope } from '../wire/scopes.js';
import { InvalidParamError } from './errors.js';
import { isLive, type ProofTokens, type StoredToken, spendOnce, type TokenState } from './mfaTokens.js';
import { readJwt } from './readJwt.js';

/** What a token says of itself. @throws {@link InvalidParamError} for what is none. */
export const readElevatedToken = (value: string): StoredToken => {
  const { scope, exp, iat, singleUse } = readJwt(value) ?? {};
  if (typeof scope !== 'string' || typeof exp !== 'number') throw new InvalidParamError('Invalid JWT format');
  // This device's clock need not agree with the server's about when that is.
  const endsAt = typeof iat === 'number' ? Date.now() + (exp - iat) * 1000 : exp * 1000;
  return { value, scopes: [...parseScope(scope)].sort(), isSingleUse: singleUse === true, endsAt };
};

/** Stores a token in the place of the one that had its scopes. */
export const addElevatedToken = (state: TokenState, token: StoredToken): void => {
  state.tokens = [token, ...state.tokens.filter(({ scopes }) => scopes?.join() !== token.scopes?.join())];
};

export const findElevatedToken = ({ tokens }: TokenState, scope: string): StoredToken | undefined =>
  tokens.find((one) => isLive(one) && one.scopes?.includes(scope));

/** The value of a token to send, which spends a single-use one whatever becomes of the request. */
export const spendElevatedToken = (state: TokenState, scope: string): string | undefined =>
  spendOnce(state, findElevatedToken(state, scope));

/** The same in the header it goes along in. */
export const sendElevatedToken = (state: TokenState, scope: string): ProofTokens => {
  const value = spendElevatedToken(state, scope);
  return value ? { [ELEVATED_TOKEN_HEADER]: value } : {};
};
