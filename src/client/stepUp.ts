// Scopes that may ask for a fresh proof: is one asked for, and what could give it.
import { stepUpCheck } from '../wire/routes.js';
import type { TokenScope } from '../wire/scopes.js';
import type { StepUpCheckResponse } from '../wire/stepUp.js';
import { coreOf, type MfaClient } from './core.js';
import { findElevatedToken, spendElevatedToken } from './elevatedTokens.js';
import { send } from './transport.js';

/**
 * Whether something of this scope asks for a fresh proof, and what this person can give it with. A stored elevated access
 * token that is still good answers without a request. Never rejects: not being able to find out counts as yes.
 */
export const checkStepUpAuth = async (
  { scope }: { scope: TokenScope | (string & {}) },
  client?: MfaClient,
): Promise<StepUpCheckResponse> => {
  if (findElevatedToken(coreOf(client), scope)) return { isRequired: false, credentials: [] };
  try {
    return await send(client, stepUpCheck, { body: { scope } });
  } catch {
    return { isRequired: true, credentials: [] };
  }
};

/**
 * A stored elevated access token of this scope, as a proof with `requestedScopes` gave it; undefined when there is none
 * that is still good. Send it as `x-dyn-elevated-access-token`.
 *
 * @param options.consume Takes a single-use token out of the store. Default true.
 */
export const getElevatedAccessToken = (
  { scope, consume = true }: { scope: TokenScope | (string & {}); consume?: boolean },
  client?: MfaClient,
): string | undefined => {
  const core = coreOf(client);
  return consume ? spendElevatedToken(core, scope) : findElevatedToken(core, scope)?.value;
};
