// Which elevated access token is as good as an MFA token for an action.
import { TokenScope } from '../wire/scopes.js';
import type { TokenState } from './mfaTokens.js';

/** The scope of an elevated access token that stands for an action; published settings leave out what is usual. */
const usualScopes: Readonly<Record<string, string>> = {
  'user.update': TokenScope.Userupdate,
  'wallet.waas.export': TokenScope.Walletexport,
  'wallet.waas.refresh': TokenScope.Walletdelegate,
  'wallet.waas.reshare': TokenScope.Walletdelegate,
  'wallet.waas.sign': TokenScope.Walletsign,
};

export const scopeOfAction = ({ settings }: Pick<TokenState, 'settings'>, action: string): string | undefined =>
  settings?.security.mfa.actions.find((one) => one.action === action)?.scope ?? usualScopes[action];
