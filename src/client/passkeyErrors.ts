// Which stable code an error of the browser's stands for (WebAuthn L3 §5.1.3, §5.1.4, §6.3.2).
import type { PasskeyErrorCode } from './errors.js';
import { MfaPasskeyError } from './MfaPasskeyError.js';

/** What was going on when it came. */
export interface PasskeyCircumstances {
  isRegistration: boolean;
  /** Fingerprint, face or PIN was demanded. */
  requiresUserVerification: boolean;
}

/** The library relabels some errors; what the browser said is then their cause. */
const sourceOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error;

const codeOf = (
  { name, message }: { name?: unknown; message?: unknown },
  { isRegistration, requiresUserVerification }: PasskeyCircumstances,
): PasskeyErrorCode => {
  switch (name) {
    // Says nothing more on purpose, so that a page cannot find out what is on the device (§14.5).
    case 'NotAllowedError':
      return 'passkey_cancelled';
    case 'AbortError':
      return 'passkey_aborted';
    // Only at registration does it say what it seems to.
    case 'InvalidStateError':
      return isRegistration ? 'passkey_already_registered' : 'passkey_unknown_error';
    // Two demands end like this, to verify the person and to keep the key; ours for the second is never more than a wish.
    case 'ConstraintError':
      return requiresUserVerification ? 'passkey_user_verification_required' : 'passkey_not_supported';
    // Chromium on Android without a screen lock names the option it could not fulfil.
    case 'NotSupportedError':
      return /userVerification/i.test(String(message)) ? 'passkey_user_verification_required' : 'passkey_not_supported';
    // The page's address and the relying party's do not go together.
    case 'SecurityError':
      return 'insecure_context';
    default:
      return 'passkey_unknown_error';
  }
};

/** The error that callers see. */
export const toPasskeyError = (error: unknown, circumstances: PasskeyCircumstances): MfaPasskeyError => {
  if (error instanceof MfaPasskeyError) return error;
  const source = sourceOf(error);
  return new MfaPasskeyError(codeOf(Object(source), circumstances), source);
};
