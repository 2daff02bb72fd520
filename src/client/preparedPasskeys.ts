// What a click on a passkey button needs at hand: the server's options, and the library loaded.
import { beginPasskeyAuthentication, beginPasskeyRegistration, beginPasskeySignIn } from '../wire/passkeyRoutes.js';
import type { Route } from '../wire/Route.js';
import { coreOf, type MfaClient } from './core.js';
import { isMfaError, MfaNetworkError } from './errors.js';
import { MfaPasskeyError, NoPasskeyCredentialsFoundError, NoWebAuthNSupportError } from './MfaPasskeyError.js';
import type { PreparedPasskeyAuthentication, PreparedPasskeyRegistration } from './PreparedPasskey.js';
import { prepareAuthentication, prepareRegistration, type WebauthnLibrary } from './passkeyCeremony.js';
import { noteAccount } from './passkeySignals.js';
import { getPasskeySupport } from './passkeySupport.js';
import { send } from './transport.js';

/** For a site that shares its passkeys with others. */
export interface RelatedOriginOptions {
  /** The RP ID of the site the passkeys belong to, as the server's `passkeys.relatedRpIds` allows it. */
  relatedOriginRpId?: string;
}

const loadLibrary = async (): Promise<WebauthnLibrary> => {
  try {
    return await import('@simplewebauthn/browser');
  } catch (cause) {
    throw new MfaNetworkError('network_error', cause);
  }
};

/** Before anything is sent or loaded. */
const demandSupport = (): void => {
  const support = getPasskeySupport();
  switch (support) {
    case 'supported':
      return;
    case 'unsupported':
      throw new NoWebAuthNSupportError();
    case 'insecure_context':
      throw new MfaPasskeyError('insecure_context');
    case 'cross_origin_frame':
      throw new MfaPasskeyError('passkey_in_frame');
    default:
      throw new MfaPasskeyError('passkey_unknown_error', support satisfies never);
  }
};

const read = async <TOptions>(
  client: MfaClient | undefined,
  route: Route<void, TOptions>,
  call: { query?: string; mode?: 'open' } = {},
): Promise<[TOptions, WebauthnLibrary]> => {
  demandSupport();
  return Promise.all([send(client, route, call), loadLibrary()]);
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
  const [options, library] = await read(client, beginPasskeyRegistration);
  noteAccount(coreOf(client), options);
  return prepareRegistration(options, library);
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
    const [options, library] = await read(client, beginPasskeyAuthentication, {
      query: queryOf(related),
    });
    if (options.allowCredentials?.length) return prepareAuthentication(options, library);
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
  const [options, library] = await read(client, beginPasskeySignIn, {
    query: queryOf(related),
    mode: 'open',
  });
  return prepareAuthentication(options, library);
};
