// Which stored proof fits a call, and the headers it goes along in.
import { canonicalJson } from '../wire/canonicalJson.js';
import { ELEVATED_TOKEN_HEADER, MFA_TOKEN_HEADER } from '../wire/headers.js';
import { scopeOfAction } from './actionScopes.js';
import type { ClientCore } from './core.js';
import { dropElevatedToken, spendElevatedToken } from './elevatedTokens.js';
import { dropToken, findToken, isLive, type StoredMfaToken } from './mfaTokens.js';
import type { ProofTokens } from './request.js';

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
): StoredMfaToken | undefined => {
  const wanted = canonicalJson(payload);
  return tokens.find(
    (one) => isLive(one) && one.action === action && one.payload && canonicalJson(JSON.parse(one.payload)) === wanted,
  );
};

/** A token that a call is given. One for a single use is the store's no longer, whatever becomes of the call. */
export const spendNamedToken = (core: ClientCore, value: string): ProofTokens => {
  if (core.tokens.find((one) => one.value === value)?.isSingleUse) dropToken(core, value);
  return { mfa: value };
};

/** The stored proof that fits, and is then spent if it is for a single use. */
export const spendStoredProof = (
  core: ClientCore,
  { action, payload }: { action: string; payload?: Record<string, unknown> },
): ProofTokens => {
  const found = payload ? findBoundToken(core, action, payload) : findToken(core, action);
  if (found) return spendNamedToken(core, found.value);
  const scope = payload ? undefined : scopeOfAction(core, action);
  return scope ? { elevated: spendElevatedToken(core, scope) } : {};
};

/** The server did not take them. */
export const dropRefused = (core: ClientCore, { mfa, elevated }: ProofTokens): void => {
  if (mfa) dropToken(core, mfa);
  if (elevated) dropElevatedToken(core, elevated);
};

export const toProof = ({ mfa, elevated }: ProofTokens): MfaProof => ({
  token: mfa,
  headers: { ...(mfa && { [MFA_TOKEN_HEADER]: mfa }), ...(elevated && { [ELEVATED_TOKEN_HEADER]: elevated }) },
});
