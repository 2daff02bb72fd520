/** Protected actions: what the policy says of each, said or not, and which proof is strong enough (security.md D3, D10). */
import type { ActionLevel, TokenBehavior } from '../wire/actions.js';
import { MFAAction } from '../wire/actions.js';
import { TokenScope } from '../wire/scopes.js';
import type { MfaPolicy } from './policy.js';
import type { Acr } from './store/records.js';

/** Everything the policy says of an action, with what it leaves out filled in. */
export interface ActionSetting {
  action: string;
  required: boolean;
  tokenBehavior: TokenBehavior;
  /** How long an MFA token for it is good. */
  tokenExpirySeconds: number;
  minLevel: ActionLevel;
  binding: 'strict' | 'open';
  /** Of the elevated access tokens that are as good. */
  scope?: string;
}

/** What a token that changes factors must not be bound to anything else than. */
export const FACTOR_CHANGE = 'mfa.factors';

const SINGLE_USE_S = 120;
const TIME_BOUND_S = 600;
/** Elevated access tokens of both kinds live as published (contract §1.8). */
const ELEVATED_SINGLE_USE_S = 300;

/** Where a recovery code is not enough unless the policy says so. */
const factorActions: readonly string[] = [MFAAction.WalletWaasExport, MFAAction.WalletWaasReshare, FACTOR_CHANGE];

const defaultScopes: Readonly<Record<string, string>> = {
  [MFAAction.UserUpdate]: TokenScope.Userupdate,
  [MFAAction.WalletWaasExport]: TokenScope.Walletexport,
  [MFAAction.WalletWaasRefresh]: TokenScope.Walletdelegate,
  [MFAAction.WalletWaasReshare]: TokenScope.Walletdelegate,
  [MFAAction.WalletWaasSign]: TokenScope.Walletsign,
};

/** Never for a recovery code, whatever their actions say. */
const factorScopes: readonly string[] = [
  TokenScope.Credentiallink,
  TokenScope.Credentialupdate,
  TokenScope.Credentialunlink,
  TokenScope.Walletexport,
  TokenScope.Walletreshare,
  TokenScope.Walletdelegate,
];

const findSetting = (policy: MfaPolicy, action: string) => policy.actions.find((setting) => setting.action === action);

const scopeOf = (policy: MfaPolicy, action: string): string | undefined =>
  findSetting(policy, action)?.scope ?? (Object.hasOwn(defaultScopes, action) ? defaultScopes[action] : undefined);

/** An action that the policy does not list is asked for by a route of the application: a slip of the pen opens no door. */
export const settingOf = (policy: MfaPolicy, action: string): ActionSetting => {
  const said = findSetting(policy, action);
  const isSingleUse = action.startsWith('wallet.') || action === FACTOR_CHANGE;
  const tokenBehavior = said?.tokenBehavior ?? (isSingleUse ? 'single_use' : 'time_bound');
  const scope = scopeOf(policy, action);
  return {
    action,
    required: said?.required ?? true,
    tokenBehavior,
    tokenExpirySeconds:
      tokenBehavior === 'single_use'
        ? Math.min(said?.tokenExpirySeconds ?? SINGLE_USE_S, SINGLE_USE_S)
        : (said?.tokenExpirySeconds ?? TIME_BOUND_S),
    minLevel: said?.minLevel ?? (factorActions.includes(action) ? 'factor' : 'recovery'),
    binding: said?.binding ?? 'open',
    ...(scope !== undefined && { scope }),
  };
};

const levels: readonly ActionLevel[] = ['phr', 'factor', 'recovery'];

/** The proofs that are enough, strongest first. */
export const levelsFrom = (minLevel: ActionLevel): readonly ActionLevel[] =>
  levels.slice(0, levels.indexOf(minLevel) + 1);

export const reaches = (acr: Acr, minLevel: ActionLevel): boolean =>
  levelsFrom(minLevel).some((level) => level === acr);

/** What an elevated access token of one scope is like; null for a scope that stands for nothing here. */
export interface ScopeSetting {
  minLevel: ActionLevel;
  isSingleUse: boolean;
  lifetimeMs: number;
}

/** A scope is as demanding as the most demanding of the actions it stands for. */
export const scopeSettingOf = (policy: MfaPolicy, scope: string): ScopeSetting | null => {
  const known = new Set([...policy.actions.map(({ action }) => action), ...Object.keys(defaultScopes)]);
  const actions = [...known].filter((action) => scopeOf(policy, action) === scope);
  const isOurs = Object.values<string>(TokenScope).includes(scope);
  if (actions.length === 0 && !isOurs) return null;
  const settings = actions.map((action) => settingOf(policy, action));
  const floor: ActionLevel = actions.length === 0 || factorScopes.includes(scope) ? 'factor' : 'recovery';
  const minLevel = levels.find((level) => level === floor || settings.some((setting) => setting.minLevel === level));
  const isSingleUse =
    settings.length === 0
      ? scope.startsWith('wallet:')
      : settings.some(({ tokenBehavior }) => tokenBehavior === 'single_use');
  const longest = isSingleUse ? ELEVATED_SINGLE_USE_S : TIME_BOUND_S;
  const said = actions.map((action) => findSetting(policy, action)?.tokenExpirySeconds ?? longest);
  return {
    minLevel: minLevel ?? floor,
    isSingleUse,
    lifetimeMs: (said.length === 0 ? longest : Math.min(...said)) * 1000,
  };
};

/** Whether the policy lists an action of this scope and asks for a proof of it. */
export const isScopeDemanded = (policy: MfaPolicy, scope: string): boolean =>
  policy.actions.some(({ action, required }) => required && scopeOf(policy, action) === scope);
