// Passkeys as proofs: make one, prove oneself with one, sign in with one.

import {
  authenticatePasskey,
  registerPasskey as registerRoute,
  signInWithPasskey as signInRoute,
} from '../wire/passkeyRoutes.js';
import type { RegisterPasskeyResponse } from '../wire/passkeys.js';
import { accept } from './accept.js';
import { clientOf, coreOf, type MfaClient, waitFor } from './core.js';
import { isMfaError, MfaCancelledError, MfaError } from './errors.js';
import { emit } from './events.js';
import { tokensToLink } from './factorTokens.js';
import { join } from './flights.js';
import { keyOf } from './idempotency.js';
import { MfaPasskeyError } from './MfaPasskeyError.js';
import type { PasskeyAssertion, PasskeyAttestation, StartPasskeyOptions } from './PreparedPasskey.js';
import { abandon } from './passkeyCeremony.js';
import { notePasskeys, signalRefused } from './passkeySignals.js';
import {
  preparePasskeyAuthentication,
  preparePasskeyRegistration,
  preparePasskeySignIn,
  type RelatedOriginOptions,
} from './preparedPasskeys.js';
import {
  type ProofOptions,
  type ProofResponse,
  prove,
  sendAndAccept,
  tokenAskOf,
  type WithoutTokens,
} from './proof.js';
import { withSignal } from './withSignal.js';

/** Options of {@link registerPasskey}. */
export interface RegisterPasskeyOptions extends ProofOptions {
  /** What `start()` of a prepared registration gave. Without it one is prepared and begun now. */
  credential?: Promise<PasskeyAttestation>;
}

/** Options of {@link authenticatePasskeyMFA}. */
export interface AuthenticatePasskeyOptions extends ProofOptions, RelatedOriginOptions {
  /** What `start()` of a prepared authentication gave. Without it one is prepared and begun now. */
  credential?: Promise<PasskeyAssertion>;
}

/** Options of {@link signInWithPasskey}. */
export interface SignInWithPasskeyOptions extends RelatedOriginOptions {
  /** What `start()` of a prepared sign-in gave. Without it one is prepared and begun now. */
  credential?: Promise<PasskeyAssertion>;
}

/** Longer than any ceremony and its requests, which have ends of their own. */
const LONGEST_MS = 900_000;

let lastNumber = 0;
const numbers = new WeakMap<object, number>();

/** Tells one ceremony from another. */
const numberOf = (credential: object | undefined): number | undefined => {
  if (!credential) return undefined;
  const number = numbers.get(credential) ?? ++lastNumber;
  numbers.set(credential, number);
  return number;
};

/** A ceremony with the requests around it. Who asks for the same meanwhile waits for the same. */
const undertake = <T>(
  client: MfaClient | undefined,
  intent: readonly unknown[],
  run: (client: MfaClient, signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  waitFor(client, () => {
    const core = coreOf(client);
    const name = JSON.stringify([core.snapshot.user?.id, ...intent]);
    return join(core, name, (signal) => run(withSignal(clientOf(client), signal), signal), LONGEST_MS);
  });

/** What the browser gives: of the ceremony begun in the click, or of one begun now. It ends when nobody waits for it. */
const conclude = async <TAnswer>(
  credential: Promise<TAnswer> | undefined,
  signal: AbortSignal,
  prepare: () => Promise<{ start(options: StartPasskeyOptions): Promise<TAnswer> }>,
): Promise<TAnswer> => {
  try {
    if (!credential) return await (await prepare()).start({ signal });
    signal.addEventListener('abort', () => abandon(credential));
    return await credential;
  } catch (error) {
    throw error instanceof MfaError ? error : new MfaPasskeyError('passkey_unknown_error', error);
  }
};

/** Whoever gave up knows it already. */
const isGivenUp = (error: unknown): boolean =>
  error instanceof MfaCancelledError || isMfaError(error, 'passkey_aborted');

/** Sends an assertion. A passkey that was removed elsewhere need not be offered again. */
const submit = async <T>(assertion: PasskeyAssertion, send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (error) {
    if (isMfaError(error, 'passkey_not_found')) void signalRefused(assertion);
    throw error;
  }
};

const register = async (
  { credential, requestedScopes, ...options }: RegisterPasskeyOptions,
  client: MfaClient | undefined,
  tell: (answer: RegisterPasskeyResponse) => void = () => undefined,
): Promise<WithoutTokens<RegisterPasskeyResponse>> => {
  const core = coreOf(client);
  const ask = tokenAskOf(options);
  return undertake(client, ['registerPasskey', numberOf(credential), ask, requestedScopes], async (target, signal) => {
    const attestation = await conclude(credential, signal, () => preparePasskeyRegistration(target));
    const { response } = attestation;
    // Under its published name as well, the only one that other servers read here.
    const spelled = { ...response, clientDataJson: response.clientDataJSON };
    return sendAndAccept(target, registerRoute, {
      body: { ...attestation, response: spelled, ...ask, requestedScopes },
      keyOf,
      tokens: () => tokensToLink(core),
      onAnswer(answer) {
        accept(core, answer, ask);
        if (answer.passkey) notePasskeys(core, [answer.passkey]);
        tell(answer);
      },
    });
  });
};

/**
 * Makes a passkey and proves the person with it: a session that waits for its second factor moves on. The first factor of
 * all brings recovery codes, and an MFA token asked for then comes with {@link acknowledgeRecoveryCodes}.
 *
 * Safari wants the browser's sheet opened by the click itself: prepare with {@link preparePasskeyRegistration}, and give
 * `start()` as `credential`.
 *
 * @throws {@link MfaPasskeyError}, its code `passkey_cancelled`, `passkey_already_registered`, `passkey_not_supported`,
 * `insecure_context`, `passkey_in_frame`, `passkey_user_verification_required`, `passkey_no_answer`, `passkey_aborted`,
 * `passkey_challenge_expired`, `passkey_unknown_error`; `elevated_access_token_required`, `max_passkeys_per_user`,
 * `passkey_invalid`, `network_error`, `not_signed_in`.
 */
export const registerPasskey = async (
  options: RegisterPasskeyOptions = {},
  client?: MfaClient,
): Promise<WithoutTokens<RegisterPasskeyResponse>> => register(options, client);

/** @internal The same for React, where the published hook tells of it as of any proof. */
export const registerPasskeyAndTell = async (
  options: RegisterPasskeyOptions,
  client: MfaClient,
): Promise<WithoutTokens<RegisterPasskeyResponse>> =>
  register(options, client, ({ mfaToken }) => emit(coreOf(client), 'mfaCompletionSuccess', { mfaToken }));

/**
 * Proves the person with one of their passkeys. For Safari see {@link registerPasskey}; here the ceremony is prepared with
 * {@link preparePasskeyAuthentication}.
 *
 * @throws as {@link registerPasskey}, and `passkey_no_credentials` ({@link NoPasskeyCredentialsFoundError}) when the person
 * has no passkey; `passkey_not_found` when the one used was removed; `passkey_clone_suspected`.
 */
export const authenticatePasskeyMFA = async (
  { credential, ...options }: AuthenticatePasskeyOptions = {},
  client?: MfaClient,
): Promise<ProofResponse> => {
  const core = coreOf(client);
  const { relatedOriginRpId, requestedScopes } = options;
  const intent = [numberOf(credential), tokenAskOf(options), requestedScopes, relatedOriginRpId];
  return undertake(client, ['authenticatePasskey', ...intent], async (target, signal) => {
    let assertion: PasskeyAssertion;
    try {
      assertion = await conclude(credential, signal, () => preparePasskeyAuthentication({ relatedOriginRpId }, target));
    } catch (error) {
      if (error instanceof MfaError && !isGivenUp(error)) emit(core, 'mfaCompletionFailure', { error });
      throw error;
    }
    return submit(assertion, () => prove(target, authenticatePasskey, assertion, options));
  });
};

/**
 * Signs in with a passkey, which names its owner by itself; with nobody signed in. Where the policy lets it count for both
 * factors the session waits for nothing more. For Safari see {@link registerPasskey}; here the ceremony is prepared with
 * {@link preparePasskeySignIn}.
 *
 * @throws as {@link authenticatePasskeyMFA}.
 */
export const signInWithPasskey = async (
  { credential, relatedOriginRpId }: SignInWithPasskeyOptions = {},
  client?: MfaClient,
): Promise<ProofResponse> =>
  undertake(client, ['signInWithPasskey', numberOf(credential), relatedOriginRpId], async (target, signal) => {
    const assertion = await conclude(credential, signal, () => preparePasskeySignIn({ relatedOriginRpId }, target));
    return submit(assertion, () => sendAndAccept(target, signInRoute, { body: assertion, mode: 'open', keyOf }));
  });
