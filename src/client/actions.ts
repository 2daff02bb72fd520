// Protected actions: is a proof asked for, and is one at hand.
import type { ActionName } from '../wire/actions.js';
import { scopeOfAction } from './actionScopes.js';
import { coreOf, type MfaClient } from './core.js';
import { getMfaMethods } from './devices.js';
import { findElevatedToken } from './elevatedTokens.js';
import { MfaError, ValueMustBeDefinedError } from './errors.js';
import { dropToken, dropTokens, findToken } from './mfaTokens.js';
import { getProjectSettings } from './settings.js';

/** Options of {@link getMfaToken}. */
export interface GetMfaTokenOptions {
  /** The action it is for. */
  mfaAction?: ActionName;
  /** What exactly is to be done: then only a token given for this very payload counts. Together with `mfaAction`. */
  payload?: Record<string, unknown>;
  /** Takes the token out of the store, for who sends it himself. Default false: it looks. */
  consume?: boolean;
}

/**
 * Whether this action needs a fresh proof from this person: the settings say so and either enrolment is forced or the
 * person has a verified method.
 */
export const isMfaRequiredForAction = async (
  { mfaAction }: { mfaAction: ActionName },
  client?: MfaClient,
): Promise<boolean> => {
  const { mfa } = (await getProjectSettings(client)).security;
  if (!mfa.actions.some(({ action, required }) => required && action === mfaAction)) return false;
  return mfa.enrollment !== 'none' || (await getMfaMethods(client)).userHasVerifiedMfaMethods;
};

/**
 * The stored MFA token that fits, without spending it. With an action that needs none, or that a stored elevated access
 * token covers: undefined.
 *
 * @throws `mfa_token_required` when the named action needs a proof and none is stored: prompt the person.
 */
export const getMfaToken = async (
  { mfaAction, payload, consume }: GetMfaTokenOptions = {},
  client?: MfaClient,
): Promise<string | undefined> => {
  const core = coreOf(client);
  // They say which scope stands for the action.
  if (mfaAction) await getProjectSettings(client);
  const scope = mfaAction && !payload && scopeOfAction(core, mfaAction);
  if (scope && findElevatedToken(core, scope)) return undefined;
  if (mfaAction && !(await isMfaRequiredForAction({ mfaAction }, client))) return undefined;
  const found =
    mfaAction && payload
      ? (await import('./storedProofs.js')).findBoundToken(core, mfaAction, payload)
      : findToken(core, mfaAction);
  const token = found?.value;
  if (!token && mfaAction) throw new MfaError('mfa_token_required');
  if (token && consume) dropToken(core, token);
  return token;
};

/**
 * Takes the newest MFA token out of the store.
 *
 * @throws {@link ValueMustBeDefinedError} when none is stored.
 */
export const consumeMfaToken = (client?: MfaClient): string => {
  const core = coreOf(client);
  const token = findToken(core)?.value;
  if (!token) throw new ValueMustBeDefinedError('No MFA token found');
  dropToken(core, token);
  return token;
};

/** Forgets every stored MFA token and elevated access token. The session goes on. */
export const clearMfaTokens = (client?: MfaClient): void => dropTokens(coreOf(client));
