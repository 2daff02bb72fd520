// Elevated access tokens waiting to be used: in memory only, one per set of scopes, gone once spent, expired or refused.
import { parseScope } from '../wire/scopes.js';
import { InvalidParamError } from './errors.js';
import { readJwt } from './readJwt.js';

export interface StoredElevatedToken {
  value: string;
  /** Sorted. */
  scopes: readonly string[];
  isSingleUse: boolean;
  /** Unix milliseconds of this device's clock. */
  endsAt: number;
}

/** The elevated access tokens' part of a client, newest first. */
export interface ElevatedState {
  elevated: StoredElevatedToken[];
}

/** What a token says of itself. @throws {@link InvalidParamError} for what is none. */
export const readElevatedToken = (value: string): StoredElevatedToken => {
  const { scope, exp, iat, singleUse } = readJwt(value) ?? {};
  if (typeof scope !== 'string' || typeof exp !== 'number') throw new InvalidParamError('Invalid JWT format');
  // This device's clock need not agree with the server's about when that is.
  const endsAt = typeof iat === 'number' ? Date.now() + (exp - iat) * 1000 : exp * 1000;
  return { value, scopes: [...parseScope(scope)].sort(), isSingleUse: singleUse === true, endsAt };
};

export const addElevatedToken = (state: ElevatedState, token: StoredElevatedToken): void => {
  const others = state.elevated.filter(({ scopes }) => scopes.join() !== token.scopes.join());
  state.elevated = [token, ...others];
};

export const findElevatedToken = ({ elevated }: ElevatedState, scope: string): StoredElevatedToken | undefined =>
  elevated.find(({ scopes, endsAt }) => endsAt > Date.now() && scopes.includes(scope));

export const dropElevatedToken = (state: ElevatedState, value: string): void => {
  state.elevated = state.elevated.filter((one) => one.value !== value);
};

/** The value of a token to send, which spends a single-use one whatever becomes of the request. */
export const spendElevatedToken = (state: ElevatedState, scope: string): string | undefined => {
  const found = findElevatedToken(state, scope);
  if (found?.isSingleUse) dropElevatedToken(state, found.value);
  return found?.value;
};
