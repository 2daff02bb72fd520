// MFA tokens waiting to be used: in memory only, gone once spent, expired or refused.
import type { CreateMfaToken } from '../wire/actions.js';
import { type Emitter, emit } from './events.js';

export interface StoredMfaToken {
  value: string;
  isSingleUse: boolean;
  /** Bound to this action; without one it is good for any. */
  action?: string;
  /** Unix milliseconds of this device's clock. */
  endsAt: number;
}

/** The tokens' part of a client, newest first. */
export interface TokenState extends Emitter {
  tokens: StoredMfaToken[];
}

/** What an MFA token was asked for; kept while an enrolment waits for its codes to be saved. */
export interface TokenAsk {
  createMfaToken?: CreateMfaToken;
  action?: string;
}

/** How long tokens live at most. The server's policy may be shorter; then its refusal drops them. */
const SINGLE_USE_MS = 120_000;
const PERSISTENT_MS = 3_600_000;

/** The newest token that is good for this action; without one, the newest. */
export const findToken = ({ tokens }: TokenState, action?: string): StoredMfaToken | undefined =>
  tokens.find((one) => one.endsAt > Date.now() && (!action || !one.action || one.action === action));

/** The value of a token to send with a request, which spends a single-use one whatever becomes of the request. */
export const spendToken = (state: TokenState, action?: string): string | undefined => {
  const found = findToken(state, action);
  if (found?.isSingleUse) dropToken(state, found.value);
  return found?.value;
};

const replaceTokens = (state: TokenState, tokens: StoredMfaToken[]): void => {
  const before = state.tokens[0];
  state.tokens = tokens;
  if (before !== tokens[0]) emit(state, 'mfaTokenChanged', { mfaToken: tokens[0]?.value ?? null });
};

/** Takes a token out of the store; all of them when none is named. */
export const dropToken = (state: TokenState, value?: string): void =>
  replaceTokens(state, value ? state.tokens.filter((one) => one.value !== value) : []);

export const addToken = (state: TokenState, value: string, { createMfaToken, action }: TokenAsk = {}): void => {
  // Not knowing is single-use: a token thrown away too early costs a prompt, one kept too long an error.
  const isSingleUse = createMfaToken?.singleUse ?? true;
  const endsAt = Date.now() + (isSingleUse ? SINGLE_USE_MS : PERSISTENT_MS);
  replaceTokens(state, [{ value, isSingleUse, action, endsAt }, ...state.tokens]);
};
