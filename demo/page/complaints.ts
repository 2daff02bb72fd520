import { isMfaError, MfaApiError, type MfaError, type MfaErrorCode } from 'mfa-kit';

const sentences: Partial<Record<string, string>> = {
  invalid_email: 'That does not look like an e-mail address. Check it for a typing mistake.',
  wrong_email_verification_token: 'That code did not match the newest e-mail. Check the digits and try again.',
  invalid_email_verification: 'That code has run out. Ask for a new one.',
  too_many_email_verification_attempts: 'Too many tries with this e-mail. Ask for a new code.',
  too_many_requests: 'That was often in a short time. Wait a minute, then try again.',
  mfa_totp_already_enrolled: 'An authenticator app is set up already. Reload the page to see it.',
  mfa_rate_limited: 'Too many wrong codes. Wait a moment before the next try.',
  mfa_factor_suspended: 'This way is switched off after too many wrong codes. Use a backup code.',
  mfa_device_not_found: 'The set-up ran out of time. Begin it once more.',
  mfa_method_disabled: 'Harbor does not offer that way just now. Use another one.',
  mfa_last_factor_required: 'Harbor asks everybody for a second step, so the last one stays. Add another first.',
  passkey_cancelled: 'That was cancelled, or took too long. Try again when you are ready.',
  // Ended by the page itself, which has something else to show by now.
  passkey_aborted: '',
  passkey_no_answer: 'Nothing answered. Your password manager may be asking in a window of its own.',
  passkey_already_registered: 'This device has a passkey for Harbor already. Use that one.',
  passkey_not_supported: 'This browser cannot use passkeys. Use another way.',
  insecure_context: 'Passkeys work on secure pages only, and this one is not. Use another way.',
  passkey_in_frame: 'Passkeys do not work inside another page. Open Harbor in a tab of its own.',
  passkey_user_verification_required:
    'That key did not ask for a PIN or fingerprint. Set one on it, or use another way.',
  passkey_no_credentials: 'There is no passkey on this account. Use another way.',
  passkey_not_found: 'Harbor does not know that passkey, or it was removed. Use another way.',
  passkey_clone_suspected:
    'There may be a copy of that passkey, so it is not accepted. Use another way, then remove it.',
  passkey_challenge_expired: 'That took too long. Try once more.',
  passkey_invalid: 'The passkey was not accepted. Try again, or use another way.',
  passkey_unknown_error: 'The passkey did not work just now. Try again, or use another way.',
  max_passkeys_per_user: 'Ten passkeys are the most one account can have. Remove one first.',
  elevated_access_token_required: 'Harbor wants to be sure it is you. Confirm first, then try again.',
  session_ended: 'You were signed out. Sign in again to go on.',
  session_expired: 'Your session ran out. Sign in again to go on.',
  network_error: 'Harbor could not be reached. Check your connection, then try again.',
};

/** What is said of a code, before anything was tried. */
export const complaintFor = (code: MfaErrorCode): string => sentences[code] ?? '';

/** What went wrong, in Harbor's own words. The kit's modals have sentences of their own. */
export const complaintAbout = (error: unknown): string => {
  if (!isMfaError(error)) return 'Something went wrong. Try again.';
  const code = codeOf(error);
  if (code === 'mfa_invalid_code' && error instanceof MfaApiError) return wrongCode(error.attemptsLeft);
  return sentences[code] ?? 'Harbor has trouble just now. Nothing was lost; try again in a moment.';
};

const codeOf = ({ serverCode, passkeyCode, code }: MfaError): string => serverCode ?? passkeyCode ?? code;

const calm = new Set([
  'passkey_cancelled',
  'passkey_no_answer',
  'passkey_already_registered',
  'passkey_challenge_expired',
]);

/** Whether it is no mistake of anybody's, and is said without alarm. */
export const isCalm = (error: unknown): boolean => isMfaError(error) && calm.has(codeOf(error));

const wrongCode = (left: number | undefined): string => {
  const tries = left !== undefined && left <= 3 ? ` ${left} ${left === 1 ? 'try' : 'tries'} left before a pause.` : '';
  return `That code did not match. Wait for the next one and type it again.${tries}`;
};
