import type { ErrorPayload, ProofKind } from '../../wire/errorCodes.js';
import type { MessageKey } from './Catalogue.js';
import type { Language } from './Language.js';

/** What went wrong, as far as it matters to a person. */
export type FailureKind =
  | 'offline'
  | 'network'
  | 'server'
  | 'busy'
  | 'tooMany'
  | 'malformed'
  | 'chunk'
  | 'wrong'
  | 'used'
  | 'expired'
  | 'locked'
  | 'suspended'
  | 'session'
  | 'signInAgain'
  | 'proof'
  | 'challenged'
  | 'challengeExpired'
  | 'tooWeak'
  | 'scopes'
  | 'removed'
  | 'emailExpired'
  | 'emailTries'
  | 'signIn'
  | 'disabled'
  | 'enrolled'
  | 'enrolFirst'
  | 'last'
  | 'noCodes'
  | 'gone'
  | 'passkeyCancelled'
  | 'passkeyKeyCancelled'
  | 'passkeyAborted'
  | 'passkeyNoAnswer'
  | 'passkeyRegistered'
  | 'passkeyUnsupported'
  | 'passkeyInsecure'
  | 'passkeyFramed'
  | 'passkeyUnverified'
  | 'passkeyNone'
  | 'passkeyGone'
  | 'passkeyCloned'
  | 'passkeyExpired'
  | 'passkeyLimit'
  | 'passkeyRefused'
  | 'unknown';

export interface Failure {
  kind: FailureKind;
  /** Tries before the next wait. */
  attemptsLeft?: number | undefined;
  /** Seconds until the next try. */
  retryAfter?: number | undefined;
  /** What would do instead of what was proven. */
  satisfiedBy?: readonly ProofKind[] | undefined;
}

const kinds: Readonly<Record<string, FailureKind>> = {
  network_error: 'network',
  invalid_response: 'malformed',
  invalid_request: 'malformed',
  temporarily_unavailable: 'busy',
  too_many_requests: 'tooMany',
  mfa_invalid_code: 'wrong',
  mfa_rate_limited: 'locked',
  mfa_factor_suspended: 'suspended',
  not_signed_in: 'session',
  invalid_token: 'session',
  token_expired: 'session',
  session_ended: 'session',
  session_expired: 'session',
  insufficient_user_authentication: 'challenged',
  mfa_challenge_expired: 'challengeExpired',
  invalid_scopes: 'scopes',
  wrong_email_verification_token: 'wrong',
  invalid_email_verification: 'emailExpired',
  too_many_email_verification_attempts: 'emailTries',
  invalid_external_auth: 'signIn',
  insufficient_scope: 'proof',
  elevated_access_token_required: 'proof',
  mfa_method_disabled: 'disabled',
  mfa_totp_already_enrolled: 'enrolled',
  mfa_enrollment_required: 'enrolFirst',
  mfa_last_factor_required: 'last',
  mfa_recovery_codes_unavailable: 'noCodes',
  mfa_device_not_found: 'gone',
  passkey_cancelled: 'passkeyCancelled',
  passkey_aborted: 'passkeyAborted',
  passkey_no_answer: 'passkeyNoAnswer',
  passkey_already_registered: 'passkeyRegistered',
  passkey_not_supported: 'passkeyUnsupported',
  insecure_context: 'passkeyInsecure',
  passkey_in_frame: 'passkeyFramed',
  passkey_user_verification_required: 'passkeyUnverified',
  passkey_no_credentials: 'passkeyNone',
  passkey_not_found: 'passkeyGone',
  passkey_clone_suspected: 'passkeyCloned',
  passkey_challenge_expired: 'passkeyExpired',
  max_passkeys_per_user: 'passkeyLimit',
  passkey_invalid: 'passkeyRefused',
  passkey_unknown_error: 'passkeyRefused',
};

/** What is no mistake of anybody's: said without alarm. */
const quiet = new Set<FailureKind>([
  'passkeyCancelled',
  'passkeyKeyCancelled',
  'passkeyAborted',
  'passkeyNoAnswer',
  'passkeyRegistered',
  'passkeyUnsupported',
  'passkeyInsecure',
  'passkeyFramed',
  'passkeyExpired',
]);

/** The form of the client's errors, read without importing them: a screen may be given those of another copy of the kit. */
interface ErrorLike {
  code?: unknown;
  serverCode?: unknown;
  passkeyCode?: unknown;
  status?: unknown;
  retryAfter?: unknown;
  attemptsLeft?: unknown;
  payload?: ErrorPayload;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const isOffline = (): boolean => typeof navigator !== 'undefined' && navigator.onLine === false;

const kindOf = ({ code, serverCode, passkeyCode, status, payload }: ErrorLike): FailureKind => {
  const name = String(serverCode ?? passkeyCode ?? code);
  if (name === 'network_error' && isOffline()) return 'offline';
  if (name === 'mfa_invalid_code' && payload?.reason === 'already_used') return 'used';
  if (name === 'mfa_invalid_code' && payload?.reason === 'enrollment_expired') return 'expired';
  if (name === 'elevated_access_token_required' && payload?.satisfiedBy?.every((proof) => proof === 'first_factor')) {
    return payload.satisfiedBy.length > 0 ? 'signInAgain' : 'proof';
  }
  if (Object.hasOwn(kinds, name)) return kinds[name] ?? 'unknown';
  return typeof status === 'number' && status >= 500 ? 'server' : 'unknown';
};

/** Reads what was thrown. Only its code and figures count: no text of it is ever shown. */
export function readFailure(error: unknown): Failure {
  const like: ErrorLike = typeof error === 'object' && error !== null ? error : {};
  return {
    kind: kindOf(like),
    attemptsLeft: numberOf(like.attemptsLeft),
    retryAfter: numberOf(like.retryAfter),
    satisfiedBy: like.payload?.satisfiedBy,
  };
}

/** What a sentence about a refused code depends on besides the failure. */
export interface CodeCircumstances {
  /** Codes refused in a row on this screen, this one included. */
  wrongCount: number;
  /** Seconds by which this device's clock is off from the server's. */
  clockSkew?: number | undefined;
}

/** Authenticator apps accept codes half a minute old; a clock further off makes every code wrong. */
const TOLERATED_SKEW = 30;

export const toneOf = ({ kind }: Failure): 'info' | 'error' => (quiet.has(kind) ? 'info' : 'error');

/** What happened, then what to do. */
export function sayFailure(language: Language, failure: Failure): string {
  const { kind, retryAfter } = failure;
  if (kind === 'tooMany' && retryAfter) {
    return language.say('error.tooMany.time', { time: language.duration(retryAfter) });
  }
  return language.say(`error.${kind}` satisfies MessageKey);
}

/** The same for a code of the authenticator app. */
export function sayCodeFailure(language: Language, failure: Failure, circumstances: CodeCircumstances): string {
  if (failure.kind !== 'wrong') return sayFailure(language, failure);
  const { attemptsLeft } = failure;
  const { wrongCount, clockSkew = 0 } = circumstances;
  if (Math.abs(clockSkew) > TOLERATED_SKEW) {
    return language.say('error.clock.off', { time: language.duration(Math.abs(clockSkew)) });
  }
  const refused = sayTriesLeft(language, attemptsLeft) ?? language.say('error.wrong');
  return wrongCount < 2 ? refused : `${refused} ${language.say('error.clock')}`;
}

/** Tries are counted aloud from three down. */
const sayTriesLeft = (language: Language, count: number | undefined): string | undefined =>
  count !== undefined && count > 0 && count <= 3 ? language.say('error.wrong.left', { count }) : undefined;

/** The same for a recovery code. */
export function sayRecoveryFailure(language: Language, failure: Failure): string {
  if (failure.kind === 'wrong') {
    return sayTriesLeft(language, failure.attemptsLeft) ?? language.say('error.wrong.recovery');
  }
  return failure.kind === 'used' ? language.say('error.used.recovery') : sayFailure(language, failure);
}
