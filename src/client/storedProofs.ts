// Which stored proof fits a call, and the headers it goes along in.
import { canonicalJson } from '../wire/canonicalJson.js';
import { MFA_TOKEN_HEADER } from '../wire/headers.js';
import { scopeOfAction } from './actionScopes.js';
import type { ClientCore } from './core.js';
import { sendElevatedToken } from './elevatedTokens.js';
import { findToken, isLive, type ProofTokens, type StoredToken, spendOnce, toMfaHeader } from './mfaTokens.js';

/** A proof on its way to the server: the MFA token, and the headers to send. Both are empty where none is needed so far. */
export interface MfaProof {
  readonly token?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The newest token for this action and nothing but this payload. */
export const findBoundToken = (
  { tokens }: ClientCore,
  action: string,
  payload: Record<string, unknown>,
): StoredToken | undefined => {
  const wanted = canonicalJson(payload);
  return tokens.find(
    (one) => isLive(one) && one.action === action && one.payload && canonicalJson(JSON.parse(one.payload)) === wanted,
  );
};

/** A token that a call is given. One for a single use is the store's no longer, whatever becomes of the call. */
export const spendNamedToken = (core: ClientCore, value: string): ProofTokens => {
  spendOnce(
    core,
    core.tokens.find((one) => one.value === value),
  );
  return toMfaHeader(value);
};

/** The stored proof that fits, and is then spent if it is for a single use. */
export const spendStoredProof = (
  core: ClientCore,
  { action, payload }: { action: string; payload?: Record<string, unknown> },
): ProofTokens => {
  const found = payload ? findBoundToken(core, action, payload) : findToken(core, action);
  if (found) return spendNamedToken(core, found.value);
  const scope = payload ? undefined : scopeOfAction(core, action);
  return scope ? sendElevatedToken(core, scope) : {};
};

export const toProof = (headers: ProofTokens): MfaProof => ({ token: headers[MFA_TOKEN_HEADER], headers });
