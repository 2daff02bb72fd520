/**
 * Which screen is up: one union, so that impossible combinations cannot be written. Sign-in, enrolment, step-up and
 * management share the same screens; what differs is data in here and in `PromptRequest`.
 */
import type { ActionLevel, CreateMfaToken, TokenBinding } from '../wire/actions.js';
import type { UserPasskey } from '../wire/passkeys.js';
import type { TokenScope } from '../wire/scopes.js';

/** The ways to prove oneself that a screen can offer. Weaker ones are never started by themselves. */
export type Method = 'passkey' | 'totp' | 'recovery';

/** `then` is where to go on once the screen's task is done; without it the task ends there. */
export type Screen =
  | { name: 'ChooseType'; task: 'enrol' | 'verify'; then?: Screen }
  /** `isReplacement`: the first good code retires the app enrolled before. */
  | { name: 'QrCode'; isReplacement: boolean; then?: Screen }
  /** `deviceId` names the pending device at enrolment; without it the verified one is asked for. */
  | { name: 'OtpVerification'; deviceId?: string; isReplacement?: boolean; then?: Screen }
  /** Before, during and after the browser's own sheet: `enrol` makes a passkey, `verify` asks for one. */
  | { name: 'PasskeyPrompt'; task: 'enrol' | 'verify'; then?: Screen }
  /** A passkey was made: where it is kept, and a name to change. `then` is what the enrolment goes on to. */
  | { name: 'PasskeySaved'; passkey: UserPasskey; then: Screen }
  | { name: 'EnterBackupCodes'; then?: Screen }
  /** After a recovery code was accepted: how many are left, and the way to a new app or new codes. */
  | { name: 'RecoveryUsed'; left: number; mfaToken?: string }
  /** `isNewSet`: codes asked for anew; the old set stays good until these are saved. */
  | { name: 'ViewBackupCodes'; isNewSet: boolean; then?: Screen }
  | { name: 'ManageDevices'; resume?: ManageIntent }
  /** `lockedUntil` by this device's clock, null while suspended; `retry` is what was on screen when the lock fell. */
  | { name: 'Locked'; method: Method; lockedUntil: number | null; retry: Screen }
  /** The first factor again: before a first enrolment in a session whose sign-in is too long ago, or asked for by itself. */
  | { name: 'Reauthenticate'; then?: Screen }
  | { name: 'Success'; task: 'enrolled' | 'verified' | 'codesSaved' };

export type ScreenName = Screen['name'];

/** What management was about to do when a fresh proof was asked for; done by itself once the proof is there. */
export type ManageIntent =
  | { kind: 'remove'; deviceId: string }
  | { kind: 'removePasskey'; passkeyId: string }
  | { kind: 'renamePasskey'; passkeyId: string; alias: string }
  | { kind: 'replace' }
  | { kind: 'newCodes' };

/** What the screens are up for. */
export interface PromptRequest extends TokenBinding {
  /**
   * `session`: the session waits for a second factor or for codes to be saved, and only log out ends that.
   * `action`: somebody awaits a proof. `screen`: a screen opened by name.
   */
  purpose: 'session' | 'action' | 'screen';
  createMfaToken?: CreateMfaToken;
  requestedScopes?: TokenScope[];
  /** What is to be approved, in words that may come from the server. */
  summary?: string;
  /** The weakest proof that is enough. */
  minLevel?: ActionLevel;
  /** For how long the proof will count, seconds. */
  tokenExpirySeconds?: number;
  /** How many calls one proof approves; absent for one. Grows while others join. */
  count?: number;
}

/**
 * Why an interface was closed before its task was done. `cancelled`: the button; `escape`, `outside`: the key, a click
 * beside; `loggedOut`: the session is gone; `replaced`: another screen was opened by name; `setter`: the application
 * closed it; `unmounted`: the provider left the page.
 */
export type CloseReason = 'cancelled' | 'escape' | 'outside' | 'loggedOut' | 'replaced' | 'setter' | 'unmounted';

/** What happened on a screen, in the past tense. */
export type ScreenEvent =
  | { type: 'methodChosen'; method: Method }
  | { type: 'secretScanned'; deviceId: string }
  | {
      type: 'verified';
      method: Method;
      isAcknowledgementPending: boolean;
      mfaToken?: string;
      /** All of them, where more than one was asked for. */
      mfaTokens?: string[];
      recoveryCodesLeft?: number;
      /** With a passkey just made. */
      passkey?: UserPasskey;
    }
  | { type: 'codesSaved'; mfaToken?: string; mfaTokens?: string[] }
  /** Whatever its name is now, the person is done with the passkey just made. */
  | { type: 'passkeyNamed' }
  | { type: 'anotherWayRequested' }
  | { type: 'wentBack' }
  | { type: 'wasLocked'; method: Method; lockedUntil: number | null }
  | { type: 'lockEnded' }
  /** `method` where the person has chosen one; `isReplacement` retires the authenticator app there is. */
  | { type: 'enrolRequested'; isReplacement: boolean; method?: Method }
  | { type: 'newCodesRequested' }
  /** The server wants a fresh proof before what the screen was doing; `then` is where to go on afterwards. */
  | { type: 'proofRequired'; then: Screen }
  /** The server does not take what was proven: the policy has become stricter since it was asked for. */
  | { type: 'proofTooWeak'; minLevel: ActionLevel }
  | { type: 'signInAgainRequired' }
  | { type: 'reauthenticated' }
  | { type: 'finished' };

/** What a transition may depend on besides the screen and the event. */
export interface ScreenFacts {
  /** Methods the policy allows, strongest first. */
  allowed: readonly Method[];
  /** Of these, what this browser cannot do: shown with the reason, and never begun by itself. */
  unsupported: readonly Method[];
  /** Methods this user can verify with just now, best first: last used, else default, else strongest; recovery last. */
  enrolled: readonly Method[];
  /** Methods that take no tries just now. `lockedUntil` by this device's clock, null while suspended. */
  locks: readonly Lock[];
  /** The session waits for a second factor. */
  isSessionWaiting: boolean;
  isAcknowledgementPending: boolean;
  /** The weakest proof that is enough for what the request is about. */
  minLevel: ActionLevel;
  request: PromptRequest;
}

export interface Lock {
  method: Method;
  lockedUntil: number | null;
}

/** What decides about screens. Comes with the interface, so that hooks alone do not carry it. */
export interface ScreenRules {
  /** What a request begins with. `wanted` is a screen asked for by name or in full. `done` when there is nothing to do. */
  first(facts: ScreenFacts, wanted?: ScreenName | Screen): Screen | 'done';
  next(screen: Screen, event: TableEvent, facts: ScreenFacts): Screen | 'done';
  /** Where "back" leads after moving from `from` to `to`, the nearest last. */
  history(stack: readonly Screen[], from: Screen, event: TableEvent, to: Screen): readonly Screen[];
}

/** What a transition may depend on, from what is known of the session and the person's methods. */
export interface FactSource {
  /** Without asking anybody; undefined where something is missing or out of date. */
  peek(request: PromptRequest): ScreenFacts | undefined;
  load(request: PromptRequest): Promise<ScreenFacts>;
}

/** Going back is the controller's business, since only it knows the way that was come. */
export type TableEvent = Exclude<ScreenEvent, { type: 'wentBack' }>;
