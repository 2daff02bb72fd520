/**
 * Which screen is up: one union, so that impossible combinations cannot be written. Sign-in, enrolment, step-up and
 * management share the same screens; what differs is data in here and in `PromptRequest`.
 */
import type { CreateMfaToken } from '../wire/actions.js';
import type { TokenScope } from '../wire/scopes.js';

/** The ways to prove oneself that a screen can offer. Weaker ones are never started by themselves. */
export type Method = 'passkey' | 'totp' | 'recovery';

export type Screen =
  | { name: 'ChooseType'; task: 'enrol' | 'verify' }
  /** `isReplacement`: the first good code retires the app enrolled before. */
  | { name: 'QrCode'; isReplacement: boolean }
  /** `deviceId` names the pending device at enrolment; without it the verified one is asked for. */
  | { name: 'OtpVerification'; deviceId?: string; isReplacement?: boolean; then?: Screen }
  | { name: 'EnterBackupCodes'; then?: Screen }
  /** After a recovery code was accepted: how many are left, and the way to a new app or new codes. */
  | { name: 'RecoveryUsed'; left: number; mfaToken?: string }
  /** `isNewSet`: codes asked for anew; the old set stays good until these are saved. */
  | { name: 'ViewBackupCodes'; isNewSet: boolean }
  | { name: 'ManageDevices'; resume?: ManageIntent }
  /** `retry` is what was on screen when the lock fell. */
  | { name: 'Locked'; method: Method; lockedUntil: number | null; retry: Screen }
  /** A first enrolment in a session whose sign-in is too long ago. */
  | { name: 'SignInAgain' }
  | { name: 'Success'; task: 'enrolled' | 'verified' | 'codesSaved' };

export type ScreenName = Screen['name'];

/** What management was about to do when a fresh proof was asked for; done by itself once the proof is there. */
export type ManageIntent =
  | { kind: 'remove'; deviceId: string }
  | { kind: 'replace' }
  | { kind: 'newCodes' };

/** What the screens are up for. */
export interface PromptRequest {
  /**
   * `session`: the session waits for a second factor or for codes to be saved, and only log out ends that.
   * `action`: somebody awaits a proof. `screen`: a screen opened by name.
   */
  purpose: 'session' | 'action' | 'screen';
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
  action?: string;
}

/** What happened on a screen, in the past tense. */
export type ScreenEvent =
  | { type: 'methodChosen'; method: Method }
  | { type: 'secretScanned'; deviceId: string }
  | { type: 'verified'; method: Method; isAcknowledgementPending: boolean; mfaToken?: string; recoveryCodesLeft?: number }
  | { type: 'codesSaved'; mfaToken?: string }
  | { type: 'anotherWayRequested' }
  | { type: 'wentBack' }
  | { type: 'wasLocked'; method: Method; lockedUntil: number | null }
  | { type: 'lockEnded' }
  | { type: 'enrolRequested'; isReplacement: boolean }
  | { type: 'newCodesRequested' }
  /** The server wants a fresh proof before what the screen was doing; `then` is where to go on afterwards. */
  | { type: 'proofRequired'; then: Screen }
  | { type: 'signInAgainRequired' }
  | { type: 'finished' };

/** What a transition may depend on besides the screen and the event. */
export interface ScreenFacts {
  /** Methods the policy allows and this browser can do, strongest first. */
  allowed: readonly Method[];
  /** Methods this user can verify with just now, best first: last used, else default, else strongest; recovery last. */
  enrolled: readonly Method[];
  isAcknowledgementPending: boolean;
  request: PromptRequest;
}
