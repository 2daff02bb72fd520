// What stands behind a client's public handle, and how a function finds it.
import type { SdkUser, VerifyResponse } from '../wire/session.js';
import type { ProjectSettings } from '../wire/settings.js';
import { MfaError } from './errors.js';
import type { Emitter, InitStatus, MfaEventListener, MfaEventName } from './events.js';
import type { Flight, FlightState, Waiting } from './flights.js';
import type { KeyState } from './idempotency.js';
import type { TokenAsk, TokenState } from './mfaTokens.js';
import type { PasskeyAdapter } from './PasskeyAdapter.js';
import type { MfaPrompter } from './prompter.js';
import type { SessionSnapshot, SessionState } from './session.js';

/** A client: who is signed in, and where to listen. The functions of this door take it as their last argument. */
export interface MfaClient {
  readonly environmentId: string;
  /** Whoever is signed in, however far; null when nobody is. */
  readonly user: SdkUser | null;
  /** The session token; null when signed out, and in cookie mode, where the page never sees it. */
  readonly token: string | null;
  /** The MFA token that would be used next; null when none is stored. Looking does not spend it. */
  readonly mfaToken: string | null;
  /** When the current session token ends; it is renewed by itself while requests are made. */
  readonly sessionExpiresAt: Date | null;
  /** The environment's settings; null until they were read. */
  readonly projectSettings: ProjectSettings | null;
  readonly initStatus: InitStatus;
  /** Why the last `initializeClient` failed. */
  readonly initError: MfaError | null;
  /** The session as an external store, for React's `useSyncExternalStore` and its like. */
  readonly session: SessionStore;
  /** Listens to one kind of event; gives the function that stops listening. */
  on<Name extends MfaEventName>(name: Name, listener: MfaEventListener<Name>): () => void;
  /**
   * Gives up what is under way, stops hearing other tabs, and is no longer what functions find by themselves. The client
   * may be used again afterwards.
   */
  close(): void;
}

/** A readable, subscribable session without any secret in it. */
export interface SessionStore {
  /** The same object until something changed. */
  getSnapshot(): SessionSnapshot;
  /** What server rendering shows: `loading`, because a page cannot know yet. */
  getServerSnapshot(): SessionSnapshot;
  /** Calls back after every change; the first subscriber makes the client read the session. */
  subscribe(listener: () => void): () => void;
}

/** The state of a client: the sum of what its modules keep. */
export interface ClientCore extends Emitter, SessionState, TokenState, FlightState, KeyState {
  readonly environmentId: string;
  readonly apiBaseUrl: string;
  fetch(request: Request): Promise<Response>;
  /** Other origins that may be sent tokens. */
  protectedOrigins?: readonly string[];
  /** Makes and uses passkeys in place of the browser. */
  passkeys?: PasskeyAdapter;
  /** Asks the person for a proof. */
  prompt?: MfaPrompter;
  /** Reads the session, once, where there is one to read; again after a failure. */
  start(): Promise<void>;
  started?: Promise<void>;
  channel?: BroadcastChannel;
  /** Rises with every change sent and answered: what was read before is not what is there now. */
  writes: number;
  renewing?: Promise<VerifyResponse>;
  /** What an enrolment asked for; its token comes with the acknowledgement of the codes. */
  owed?: TokenAsk;
  settings?: ProjectSettings;
  /** Until when they need not be read again, unix milliseconds. */
  settingsFreshUntil?: number;
  initStatus?: InitStatus;
  initError?: MfaError;
  initializing?: Promise<void>;
}

export const CORE = Symbol();
export const WAIT = Symbol();

export interface Handle extends MfaClient {
  [CORE]: ClientCore;
  [WAIT]?: Waiting;
}

const registered = new Set<MfaClient>();

/** Takes a client out of the candidates for the default one. */
export const withdrawClient = (client: MfaClient): void => void registered.delete(client);

/** Makes a client count as a candidate for the default one; gives the function that withdraws it. */
export const registerClient = (client: MfaClient): (() => void) => {
  registered.add(client);
  return () => withdrawClient(client);
};

/** The client given, or the only one there is. */
export const clientOf = (client?: MfaClient): MfaClient => {
  const found = client ?? (registered.size === 1 && [...registered][0]);
  if (!found) throw new MfaError('no_client');
  return found;
};

/** What is behind it. */
export const coreOf = (client?: MfaClient): ClientCore => (clientOf(client) as Handle)[CORE];

/** Waits for a flight as long as this client does. */
export const waitFor = <T>(client: MfaClient | undefined, begin: () => Flight<T>): Promise<T> => {
  const wait = (client as Handle | undefined)?.[WAIT];
  return wait ? wait(begin) : begin().promise;
};
