/**
 * Who is signed in and how far (contract §5.2, §7).
 */
import type { MfaBackupCodeAcknowledgement } from './devices.js';
import { arrayOf, number, optionalNumber, optionalString, record, string } from './parse.js';

export interface VerifiedCredential {
  id: string;
  format: string;
  signInEnabled: boolean;
  email?: string;
  public_identifier?: string;
}

/** The user as the wire carries it. Fields beyond these pass through untouched. */
export interface SdkUser {
  id: string;
  projectEnvironmentId: string;
  verifiedCredentials: VerifiedCredential[];
  /** Space-separated; `requiresAdditionalAuth` until a second factor gives `user:basic`. */
  scope?: string;
  mfaBackupCodeAcknowledgement?: MfaBackupCodeAcknowledgement | null;
  email?: string;
  firstName?: string;
  lastName?: string;
  alias?: string;
  sessionId?: string;
  lastVerifiedCredentialId?: string;
  missingFields?: unknown[];
  newUser?: boolean;
  /** ISO 8601 */
  firstVisit?: string;
  lastVisit?: string;
}

/** What every operation answers that proves somebody: the user, when the token ends, and what was minted. */
export interface VerifyResponse {
  user: SdkUser;
  /** Unix seconds. */
  expiresAt: number;
  /** Full token. Absent in cookie mode: there the page never sees a token. */
  jwt?: string;
  /** The token to send. Absent in cookie mode. */
  minifiedJwt?: string;
  mfaToken?: string;
  elevatedAccessToken?: string | null;
  /** Ours: unused codes left after a recovery code was spent. */
  recoveryCodesLeft?: number;
}

/** What `PUT users` answers. */
export interface UpdateSelfResponse extends VerifyResponse {
  nextView: string;
}

export interface OtpVerification {
  verificationUUID: string;
  email: string;
}

export const parseUser = (value: unknown): SdkUser => {
  const from = record(value);
  return {
    ...(from as Partial<SdkUser>),
    id: string(from.id),
    projectEnvironmentId: optionalString(from.projectEnvironmentId) ?? '',
    verifiedCredentials: arrayOf(from.verifiedCredentials ?? [], record) as unknown as VerifiedCredential[],
    scope: optionalString(from.scope),
  };
};

export const parseVerifyResponse = (value: unknown): VerifyResponse => {
  const from = record(value);
  return {
    user: parseUser(from.user),
    expiresAt: number(from.expiresAt),
    jwt: optionalString(from.jwt),
    minifiedJwt: optionalString(from.minifiedJwt),
    mfaToken: optionalString(from.mfaToken),
    elevatedAccessToken: optionalString(from.elevatedAccessToken),
    recoveryCodesLeft: optionalNumber(from.recoveryCodesLeft),
  };
};

export const parseUpdateSelfResponse = (value: unknown): UpdateSelfResponse => ({
  ...parseVerifyResponse(value),
  nextView: optionalString(record(value).nextView) ?? 'done',
});

export const parseOtpVerification = (value: unknown): OtpVerification => {
  const from = record(value);
  return { verificationUUID: string(from.verificationUUID), email: optionalString(from.email) ?? '' };
};
