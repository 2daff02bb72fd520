// Tokens waiting to be used, of both kinds: in memory only, gone once spent, expired or refused.
import type { CreateMfaToken, TokenBinding } from '../wire/actions.js';
import { MFA_TOKEN_HEADER } from '../wire/headers.js';
import type { MfaActionSetting } from '../wire/settings.js';

export interface StoredToken {
  value: string;
  isSingleUse: boolean;
  /** Unix milliseconds of this device's clock. */
  endsAt: number;
  /** Of an elevated access token, sorted. An MFA token has none. */
  scopes?: readonly string[];
  /** Bound to this action; without one it is good for any. */
  action?: string;
  /** Bound to this payload, as JSON; null where only the server knows which. */
  payload?: string | null;
}

/** The tokens' part of a client. */
export interface TokenState {
  /** Newest first. */
  tokens: readonly StoredToken[];
  /** What the settings say of an action; there once they were read. */
  settingOf?(action: string | undefined): MfaActionSetting | undefined;
  /** Tells of the change. */
  tell(): void;
}

/** Tokens that stand for a proof, each in the header it goes along in. */
export type ProofTokens = Readonly<Record<string, string>>;

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

export const isLive = ({ endsAt }: StoredToken): boolean => endsAt > Date.now();

/** The newest token that is good for this action whatever its payload; without one, the newest. */
export const findToken = ({ tokens }: TokenState, action?: string): StoredToken | undefined =>
  tokens.find(
    (one) =>
      isLive(one) && !one.scopes && (!action || (one.payload === undefined && (!one.action || one.action === action))),
  );

/** As an MFA token goes along. */
export const toMfaHeader = (value: string | undefined): ProofTokens => (value ? { [MFA_TOKEN_HEADER]: value } : {});

/** Takes a token out of the store if it is good for one use: whatever becomes of the request, it is spent. */
export const spendOnce = (state: TokenState, found: StoredToken | undefined): string | undefined => {
  if (found?.isSingleUse) dropToken(state, found.value);
  return found?.value;
};

/** A token to send with a request. */
export const spendToken = (state: TokenState, action?: string): ProofTokens =>
  toMfaHeader(spendOnce(state, findToken(state, action)));

/** The token that goes with a removal: the one named, else the stored one. Whoever names a token holds it, so the store forgets it. */
export const takeToken = (state: TokenState, named?: string): ProofTokens => {
  if (!named) return spendToken(state, FACTOR_CHANGE);
  dropToken(state, named);
  return toMfaHeader(named);
};

/** Takes a token out of the store. */
export const dropToken = (state: TokenState, value: string): void => {
  state.tokens = state.tokens.filter((one) => one.value !== value);
  state.tell();
};

/** The server did not take them. */
export const dropRefused = (state: TokenState, tokens: ProofTokens = {}): void => {
  for (const value of Object.values(tokens)) dropToken(state, value);
};

/** Forgets every token of both kinds. */
export const dropTokens = (state: TokenState): void => {
  state.tokens = [];
  state.tell();
};

/** Stores what a proof earned. */
export const addTokens = (
  state: TokenState,
  values: readonly string[],
  { createMfaToken, action, payload, challengeId }: TokenAsk = {},
): void => {
  // Not knowing is single-use: a token thrown away too early costs a prompt, one kept too long an error.
  const isSingleUse = createMfaToken?.singleUse ?? true;
  const said = state.settingOf?.(action)?.tokenExpirySeconds;
  const usual = action ? TIME_BOUND_S : PERSISTENT_S;
  const seconds = isSingleUse ? Math.min(said ?? SINGLE_USE_S, SINGLE_USE_S) : (said ?? usual);
  const bound = { action, payload: payload ? JSON.stringify(payload) : challengeId && null };
  const endsAt = Date.now() + seconds * 1000;
  state.tokens = [...values.map((value) => ({ value, isSingleUse, ...bound, endsAt })), ...state.tokens];
};
