/**
 * Who is signed in and how far (contract §5.2, §7).
 */
import { type Example, type ExampleOf, like } from './parse.js';

export const MfaBackupCodeAcknowledgement = { Pending: 'pending', Complete: 'complete' } as const;
export type MfaBackupCodeAcknowledgement =
  (typeof MfaBackupCodeAcknowledgement)[keyof typeof MfaBackupCodeAcknowledgement];

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
  /** Ours: all of them, `mfaToken` first, where more than one was asked for. */
  mfaTokens?: string[];
  /** A JWT whose `scope`, `exp` and `singleUse` say what it is good for. */
  elevatedAccessToken?: string | null;
  /** Ours: unused codes left after a recovery code was spent. */
  recoveryCodesLeft?: number;
}

/** What `PUT users` answers. */
export interface UpdateSelfResponse extends VerifyResponse {
  nextView?: string;
}

export interface OtpVerification {
  verificationUUID: string;
  email: string;
}

const user: ExampleOf<SdkUser> = {
  id: '',
  verifiedCredentials: [{ 'email?': '' }],
  'scope?': '',
  'mfaBackupCodeAcknowledgement?': '',
  'email?': '',
  'sessionId?': '',
};

/** What every {@link VerifyResponse} looks like. */
export const verifiedExample: ExampleOf<VerifyResponse> = {
  user: user as Example,
  expiresAt: 0,
  'minifiedJwt?': '',
  'mfaToken?': '',
  'mfaTokens?': [''],
  'elevatedAccessToken?': '',
};

export const parseUser = like<SdkUser>(user);

export const parseVerifyResponse = like<VerifyResponse>(verifiedExample);

export const parseOtpVerification = like<OtpVerification>({ verificationUUID: '', 'email?': '' });
