// MFA tokens waiting to be used: in memory only, gone once spent, expired or refused.
import type { CreateMfaToken, TokenBinding } from '../wire/actions.js';
import type { ProjectSettings } from '../wire/settings.js';
import type { ElevatedState } from './elevatedTokens.js';
import { type Emitter, emit } from './events.js';

export interface StoredMfaToken {
  value: string;
  isSingleUse: boolean;
  /** Bound to this action; without one it is good for any. */
  action?: string;
  /** Bound to this payload, as JSON; null where only the server knows which. */
  payload?: string | null;
  /** Unix milliseconds of this device's clock. */
  endsAt: number;
}

/** The tokens' part of a client, newest first. */
export interface TokenState extends Emitter, ElevatedState {
  tokens: StoredMfaToken[];
  settings?: ProjectSettings;
}

/** What an MFA token was asked for; kept while an enrolment waits for its codes to be saved. */
export interface TokenAsk extends TokenBinding {
  createMfaToken?: CreateMfaToken;
}

/** How long tokens live unless the policy says otherwise of their action. Where that is shorter, its refusal drops them. */
const SINGLE_USE_S = 120;
const TIME_BOUND_S = 600;
const PERSISTENT_S = 3_600;

/** What a token that changes factors may be bound to. */
export const FACTOR_CHANGE = 'mfa.factors';

export const isLive = ({ endsAt }: { endsAt: number }): boolean => endsAt > Date.now();

/** The newest token that is good for this action whatever its payload; without one, the newest. */
export const findToken = ({ tokens }: TokenState, action?: string): StoredMfaToken | undefined =>
  tokens.find(
    (one) => isLive(one) && (!action || (one.payload === undefined && (!one.action || one.action === action))),
  );

/** The value of a token to send with a request, which spends a single-use one whatever becomes of the request. */
export const spendToken = (state: TokenState, action?: string): string | undefined => {
  const found = findToken(state, action);
  if (found?.isSingleUse) dropToken(state, found.value);
  return found?.value;
};

/** The token that goes with a removal: the one named, else the stored one. Whoever names a token holds it, so the store forgets it. */
export const takeToken = (state: TokenState, named?: string): string | undefined => {
  if (named) dropToken(state, named);
  return named || spendToken(state, FACTOR_CHANGE);
};

const replaceTokens = (state: TokenState, tokens: StoredMfaToken[]): void => {
  const before = state.tokens[0];
  state.tokens = tokens;
  if (before !== tokens[0]) emit(state, 'mfaTokenChanged', { mfaToken: tokens[0]?.value ?? null });
};

/** Takes a token out of the store. */
export const dropToken = (state: TokenState, value: string): void =>
  replaceTokens(
    state,
    state.tokens.filter((one) => one.value !== value),
  );

/** Forgets every token of both kinds. */
export const dropTokens = (state: TokenState): void => {
  state.elevated = [];
  replaceTokens(state, []);
};

export const addTokens = (state: TokenState, values: readonly string[], ask: TokenAsk = {}): void => {
  const { createMfaToken, action, payload, challengeId } = ask;
  // Not knowing is single-use: a token thrown away too early costs a prompt, one kept too long an error.
  const isSingleUse = createMfaToken?.singleUse ?? true;
  const said = state.settings?.security.mfa.actions.find((one) => action && one.action === action)?.tokenExpirySeconds;
  const usual = action ? TIME_BOUND_S : PERSISTENT_S;
  const seconds = isSingleUse ? Math.min(said ?? SINGLE_USE_S, SINGLE_USE_S) : (said ?? usual);
  const bound = { action, payload: payload ? JSON.stringify(payload) : challengeId && null };
  const endsAt = Date.now() + seconds * 1000;
  replaceTokens(state, [...values.map((value) => ({ value, isSingleUse, ...bound, endsAt })), ...state.tokens]);
};
