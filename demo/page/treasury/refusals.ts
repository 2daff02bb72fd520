import { isMfaError } from 'mfa-kit';
import { complaintAbout } from '../complaints.js';
import { RefusedError } from './answers.js';

/** The attacker's desk kept the request: it never left this page. */
export class HeldBackError extends Error {}

/** What is in a form cannot be sent; the message is the sentence to show. */
export class TypedWrongError extends Error {}

const sentences: Partial<Record<string, string>> = {
  insufficient_user_authentication: 'This needs your second step, and it was not confirmed. Nothing was done.',
  mfa_enrollment_required: 'Set up a second step under Security first. It is what approves this.',
  insufficient_funds: 'Your account does not hold that much.',
  invalid_request: 'Harbor could not read that. Check what you typed.',
  already_approved: 'This delegate is approved already.',
  already_booked: 'Another transfer was booked at the same moment. Send it once more.',
  too_many_delegates: 'Ten delegates are the most. Revoke one first.',
  not_found: 'That is gone. Reload the page to see what is there.',
  not_signed_in: 'You were signed out. Reload the page to sign in again.',
  session_ended: 'You were signed out. Reload the page to sign in again.',
  session_expired: 'Your session ran out. Reload the page to sign in again.',
};

/** What went wrong, in Harbor's own words. */
export const sentenceAbout = (error: unknown): string => {
  if (isMfaError(error)) return complaintAbout(error);
  if (error instanceof TypedWrongError) return error.message;
  if (error instanceof HeldBackError) return 'The attacker’s desk held this back. It never reached Harbor.';
  if (error instanceof RefusedError)
    return sentences[error.code] ?? 'Harbor has trouble just now. Nothing was done; try again in a moment.';
  // What fetch itself throws when nobody answers.
  if (error instanceof TypeError) return 'Harbor could not be reached. Check your connection, then try again.';
  return 'Something went wrong. Try again.';
};
