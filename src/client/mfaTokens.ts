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
const SINGLE_USE_SECONDS = 120;
const PERSISTENT_SECONDS = 3600;

/** The token to use for this action: bound to it, else bound to none. Without an action, the newest. */
export const findToken = ({ tokens }: TokenState, action?: string): StoredMfaToken | undefined => {
  const live = tokens.filter(({ endsAt }) => endsAt > Date.now());
  return action ? (live.find((one) => one.action === action) ?? live.find((one) => !one.action)) : live[0];
};

const replaceTokens = (state: TokenState, tokens: StoredMfaToken[]): void => {
  const before = state.tokens[0];
  state.tokens = tokens;
  if (before !== tokens[0]) emit(state, 'mfaTokenChanged', { mfaToken: tokens[0]?.value ?? null });
};

/** Takes a token out of the store; all of them when none is named. */
export const dropToken = (state: TokenState, value?: string): void =>
  replaceTokens(state, value ? state.tokens.filter((one) => one.value !== value) : []);

export const addToken = (
  state: TokenState,
  value: string,
  { createMfaToken, action }: TokenAsk = {},
  lifetimeSeconds?: number,
): void => {
  // Not knowing is single-use: a token thrown away too early costs a prompt, one kept too long an error.
  const isSingleUse = createMfaToken?.singleUse ?? true;
  const seconds = lifetimeSeconds ?? (isSingleUse ? SINGLE_USE_SECONDS : PERSISTENT_SECONDS);
  replaceTokens(state, [{ value, isSingleUse, action, endsAt: Date.now() + seconds * 1000 }, ...state.tokens]);
};
