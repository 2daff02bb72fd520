// Which elevated access token is as good as an MFA token for an action.
import type { TokenScope } from '../wire/scopes.js';
import type { TokenState } from './mfaTokens.js';

/**
 * The scope of an elevated access token that stands for an action; published settings leave out what is usual. In plain
 * strings: one member of a `const` object takes all of them into a bundle.
 */
const usualScopes: Readonly<Record<string, TokenScope>> = {
  'user.update': 'user:update',
  'wallet.waas.export': 'wallet:export',
  'wallet.waas.refresh': 'wallet:delegate',
  'wallet.waas.reshare': 'wallet:delegate',
  'wallet.waas.sign': 'wallet:sign',
};

export const scopeOfAction = (state: Pick<TokenState, 'settingOf'>, action: string): string | undefined =>
  state.settingOf?.(action)?.scope ?? usualScopes[action];
