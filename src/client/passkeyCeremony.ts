// One ceremony at a time, from the click to its answer.
import type { PasskeyAuthenticationOptions, PasskeyDescriptor, PasskeyRegistrationOptions } from '../wire/passkeys.js';
import type { PasskeyErrorCode } from './errors.js';
import { MfaPasskeyError } from './MfaPasskeyError.js';
import type { NamedPasskey, PasskeyCeremonies } from './PasskeyAdapter.js';
import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PreparedPasskey,
  PreparedPasskeyAuthentication,
  PreparedPasskeyRegistration,
} from './PreparedPasskey.js';
import { type PasskeyCircumstances, toPasskeyError } from './passkeyErrors.js';
import { noteAssertion } from './passkeySignals.js';

/** A challenge lives this long on the server; where its options do not say how long the browser may take, two minutes. */
const CHALLENGE_MS = 300_000;
const TIMEOUT_MS = 110_000;
/** Options are begun with until this long before their challenge ends, so that there is time to answer. */
const TIME_TO_ANSWER_MS = 60_000;
/** A browser that keeps to its own timeout says so itself. An extension in its place may never say anything. */
const GRACE_MS = 10_000;

interface Ceremony {
  promise: Promise<unknown>;
  stop(code: PasskeyErrorCode): void;
}

let current: Ceremony | undefined;

/** Ends the ceremony behind this promise, if it is the one under way. */
export const abandon = (promise: Promise<unknown>): void => {
  if (current?.promise === promise) current.stop('passkey_aborted');
};

/** Asks the browser, in this very task: Safari forgets the click with the first wait. */
const conduct = <T>(
  passkeys: PasskeyCeremonies,
  ask: () => Promise<T>,
  circumstances: PasskeyCircumstances,
  timeout: number,
  signal?: AbortSignal,
): Promise<T> => {
  if (signal?.aborted) return Promise.reject(new MfaPasskeyError('passkey_aborted'));
  current?.stop('passkey_aborted');
  const over = new AbortController();
  let stop: Ceremony['stop'] = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    const end = (): void => {
      over.abort();
      clearTimeout(timer);
      if (current?.stop === stop) current = undefined;
    };
    stop = (code) => {
      // React Native's listeners do not end with a signal.
      if (over.signal.aborted) return;
      end();
      reject(new MfaPasskeyError(code));
      passkeys.cancel?.();
    };
    const abort = (): void => stop('passkey_aborted');
    const timer = setTimeout(stop, timeout + GRACE_MS, 'passkey_no_answer');
    signal?.addEventListener('abort', abort, { signal: over.signal });
    globalThis.addEventListener?.('pagehide', abort, { signal: over.signal });
    ask().then(
      (answer) => {
        end();
        resolve(answer);
      },
      (error) => {
        end();
        reject(toPasskeyError(error, circumstances));
      },
    );
  });
  current = { promise, stop };
  return promise;
};

const prepare = <TOptions extends { timeout?: number }, TAnswer>(
  passkeys: PasskeyCeremonies,
  options: TOptions,
  circumstances: PasskeyCircumstances,
  ask: (timeout: number, isSecurityKey: boolean) => Promise<TAnswer>,
): PreparedPasskey<TOptions, TAnswer> => {
  const endsAt = Date.now() + CHALLENGE_MS;
  const expiresAt = endsAt - TIME_TO_ANSWER_MS;
  /** Kept once it was answered: a click that comes while the answer is sent belongs to it. */
  let begun: { promise: Promise<TAnswer>; isSecurityKey: boolean } | undefined;
  let isUsed = false;
  return {
    options,
    expiresAt,
    start({ isSecurityKey = false, signal } = {}) {
      if (begun?.isSecurityKey === isSecurityKey) return begun.promise;
      // A passkey made now would be one that no server knows.
      if (isUsed || Date.now() >= expiresAt) return Promise.reject(new MfaPasskeyError('passkey_challenge_expired'));
      const timeout = Math.min(options.timeout ?? TIMEOUT_MS, endsAt - Date.now());
      const promise = conduct(passkeys, () => ask(timeout, isSecurityKey), circumstances, timeout, signal);
      const mine = { promise, isSecurityKey };
      begun = mine;
      promise.then(
        () => {
          isUsed = true;
        },
        () => {
          if (begun === mine) begun = undefined;
        },
      );
      return promise;
    },
  };
};

/** Browsers insist on the type, which published options leave out. */
const describe = (passkey: PasskeyDescriptor): NamedPasskey => ({ ...passkey, type: 'public-key' });

const circumstancesOf = (isRegistration: boolean, userVerification?: string): PasskeyCircumstances => ({
  isRegistration,
  requiresUserVerification: userVerification === 'required',
});

export const prepareRegistration = (
  options: PasskeyRegistrationOptions,
  passkeys: PasskeyCeremonies,
): PreparedPasskeyRegistration => {
  const { authenticatorSelection: selection, excludeCredentials } = options;
  return prepare(
    passkeys,
    options,
    circumstancesOf(true, selection.userVerification),
    (timeout, isSecurityKey): Promise<PasskeyAttestation> =>
      passkeys.create({
        ...options,
        timeout,
        excludeCredentials: excludeCredentials.map(describe),
        ...(isSecurityKey && {
          hints: ['security-key'],
          authenticatorSelection: { ...selection, authenticatorAttachment: 'cross-platform' },
        }),
      }),
  );
};

export const prepareAuthentication = (
  options: PasskeyAuthenticationOptions,
  passkeys: PasskeyCeremonies,
): PreparedPasskeyAuthentication =>
  prepare(
    passkeys,
    options,
    circumstancesOf(false, options.userVerification),
    async (timeout, isSecurityKey): Promise<PasskeyAssertion> => {
      const assertion = await passkeys.get({
        ...options,
        timeout,
        allowCredentials: options.allowCredentials?.map(describe),
        ...(isSecurityKey && { hints: ['security-key'] }),
      });
      noteAssertion(assertion, options);
      return assertion;
    },
  );
