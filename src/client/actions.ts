// Protected actions: is a proof asked for, and is one at hand.
import type { ActionName } from '../wire/actions.js';
import { coreOf, type MfaClient } from './core.js';
import { getMfaMethods } from './devices.js';
import { MfaError, ValueMustBeDefinedError } from './errors.js';
import { dropToken, findToken } from './mfaTokens.js';
import { getProjectSettings } from './settings.js';

/** Options of {@link getMfaToken}. */
export interface GetMfaTokenOptions {
  /** The action it is for. */
  mfaAction?: ActionName;
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
 * The stored MFA token that fits, without spending it. With an action that needs none: undefined.
 *
 * @throws `mfa_token_required` when the named action needs a proof and none is stored: prompt the person.
 */
export const getMfaToken = async (
  { mfaAction, consume }: GetMfaTokenOptions = {},
  client?: MfaClient,
): Promise<string | undefined> => {
  const core = coreOf(client);
  if (mfaAction && !(await isMfaRequiredForAction({ mfaAction }, client))) return undefined;
  const token = findToken(core, mfaAction)?.value;
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
