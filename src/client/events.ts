// Tells those who listen what happened, once per happening.
import type { SdkUser } from '../wire/session.js';
import type { ProjectSettings } from '../wire/settings.js';
import type { MfaError } from './errors.js';

/** How far a client has come with reading the session and the settings. */
export type InitStatus = 'uninitialized' | 'in-progress' | 'finished' | 'failed';

/** Why somebody is signed out. */
export type LogoutReason =
  | 'user-intent'
  | 'user-deleted'
  /** The session reached its end. */
  | 'token-expired'
  /** The session was ended on the server, by another device or an administrator. */
  | 'session-ended'
  /** Another tab signed out. */
  | 'signed-out-elsewhere'
  | 'auth-cancelled'
  | 'mfa-verification-cancelled'
  | 'mfa-choose-device-cancelled'
  | 'mfa-secure-device-cancelled';

/** Every event, with what it carries. */
export interface MfaEvents {
  /** A second factor was accepted. */
  mfaCompletionSuccess: { deviceId?: string; mfaToken?: string };
  /** A second factor was refused, or could not be checked. */
  mfaCompletionFailure: { deviceId?: string; error: MfaError };
  /** A token was gained, spent or dropped; `mfaToken` is the one that would be used next. */
  mfaTokenChanged: { mfaToken: string | null };
  userChanged: { user: SdkUser | null };
  tokenChanged: { token: string | null };
  sessionExpiresAtChanged: { sessionExpiresAt: Date | null };
  projectSettingsChanged: { projectSettings: ProjectSettings | null };
  initStatusChanged: { initStatus: InitStatus };
  logout: { reason: LogoutReason };
}

/** The name of an event. */
export type MfaEventName = keyof MfaEvents;

/** Receives one kind of event. */
export type MfaEventListener<Name extends MfaEventName> = (payload: MfaEvents[Name]) => void;

/** Receives every event: its name and what it carries. */
export type OnMfaEvent = <Name extends MfaEventName>(name: Name, payload: MfaEvents[Name]) => void;

/** The listeners' part of a client. */
export interface Emitter {
  listeners: Set<OnMfaEvent>;
}

/** Calls all of them. One that throws is the application's to see, and must not break the call that is under way. */
export const tellAll = <TListener>(listeners: Iterable<TListener>, tell: (listener: TListener) => void): void => {
  for (const listener of listeners) {
    try {
      tell(listener);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
};

export const emit = <Name extends MfaEventName>({ listeners }: Emitter, name: Name, payload: MfaEvents[Name]): void =>
  tellAll(listeners, (listener) => listener(name, payload));
