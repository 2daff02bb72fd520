// What a click on a passkey button needs at hand: the server's options, and what begins the ceremony.
import { beginPasskeyAuthentication, beginPasskeyRegistration, beginPasskeySignIn } from '../wire/passkeyRoutes.js';
import type { Route } from '../wire/Route.js';
import { coreOf, type MfaClient } from './core.js';
import { isMfaError } from './errors.js';
import { NoPasskeyCredentialsFoundError } from './MfaPasskeyError.js';
import type { PasskeyCeremonies } from './PasskeyAdapter.js';
import type { PreparedPasskeyAuthentication, PreparedPasskeyRegistration } from './PreparedPasskey.js';
import { prepareAuthentication, prepareRegistration } from './passkeyCeremony.js';
import { ceremoniesOf } from './passkeyPlatform.js';
import { noteAccount } from './passkeySignals.js';
import { send } from './transport.js';

/** For a site that shares its passkeys with others. */
export interface RelatedOriginOptions {
  /** The RP ID of the site the passkeys belong to, as the server's `passkeys.relatedRpIds` allows it. */
  relatedOriginRpId?: string;
}

const read = async <TOptions>(
  client: MfaClient | undefined,
  route: Route<void, TOptions>,
  call: { query?: string; mode?: 'open' } = {},
): Promise<[TOptions, PasskeyCeremonies]> => {
  const ceremonies = ceremoniesOf(client);
  return Promise.all([send(client, route, call), ceremonies]);
};

const queryOf = ({ relatedOriginRpId }: RelatedOriginOptions): string =>
  relatedOriginRpId ? `?${new URLSearchParams({ relatedOriginRpId })}` : '';

/**
 * Prepares the making of a passkey, so that nothing has to be waited for after the click.
 *
 * @throws `elevated_access_token_required` when a fresh proof is needed first; `mfa_method_disabled`;
 * {@link NoWebAuthNSupportError}, `insecure_context`, `passkey_in_frame`; `network_error`, `not_signed_in`.
 */
export const preparePasskeyRegistration = async (client?: MfaClient): Promise<PreparedPasskeyRegistration> => {
  const [options, ceremonies] = await read(client, beginPasskeyRegistration);
  noteAccount(coreOf(client), options);
  return prepareRegistration(options, ceremonies);
};

/**
 * Prepares a proof by passkey, so that nothing has to be waited for after the click.
 *
 * @throws {@link NoPasskeyCredentialsFoundError} when the person has none; {@link NoWebAuthNSupportError},
 * `insecure_context`, `passkey_in_frame`; `invalid_request`, `network_error`, `not_signed_in`.
 */
export const preparePasskeyAuthentication = async (
  related: RelatedOriginOptions = {},
  client?: MfaClient,
): Promise<PreparedPasskeyAuthentication> => {
  try {
    const [options, ceremonies] = await read(client, beginPasskeyAuthentication, {
      query: queryOf(related),
    });
    if (options.allowCredentials?.length) return prepareAuthentication(options, ceremonies);
  } catch (error) {
    if (!isMfaError(error, 'passkey_not_found')) throw error;
  }
  throw new NoPasskeyCredentialsFoundError();
};

/**
 * Prepares a sign-in by passkey, with nobody signed in: the person picks the passkey in the browser.
 *
 * @throws `mfa_method_disabled`; {@link NoWebAuthNSupportError}, `insecure_context`, `passkey_in_frame`; `network_error`.
 */
export const preparePasskeySignIn = async (
  related: RelatedOriginOptions = {},
  client?: MfaClient,
): Promise<PreparedPasskeyAuthentication> => {
  const [options, ceremonies] = await read(client, beginPasskeySignIn, {
    query: queryOf(related),
    mode: 'open',
  });
  return prepareAuthentication(options, ceremonies);
};
