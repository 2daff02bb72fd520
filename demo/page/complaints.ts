import { isMfaError, MfaApiError } from 'mfa-kit';

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
  elevated_access_token_required: 'Harbor wants to be sure it is you. Confirm with a code first, then try again.',
  session_ended: 'You were signed out. Sign in again to go on.',
  session_expired: 'Your session ran out. Sign in again to go on.',
  network_error: 'Harbor could not be reached. Check your connection, then try again.',
};

/** What went wrong, in Harbor's own words. The kit's modals have sentences of their own. */
export const complaintAbout = (error: unknown): string => {
  if (!isMfaError(error)) return 'Something went wrong. Try again.';
  const code = error instanceof MfaApiError ? error.serverCode : error.code;
  if (code === 'mfa_invalid_code' && error instanceof MfaApiError) return wrongCode(error.attemptsLeft);
  return sentences[code] ?? 'Harbor has trouble just now. Nothing was lost; try again in a moment.';
};

const wrongCode = (left: number | undefined): string => {
  const tries = left !== undefined && left <= 3 ? ` ${left} ${left === 1 ? 'try' : 'tries'} left before a pause.` : '';
  return `That code did not match. Wait for the next one and type it again.${tries}`;
};
