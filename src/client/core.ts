// What stands behind a client's public handle, and how a function finds it.
import type { CreateMfaToken } from '../wire/actions.js';
import type { Route } from '../wire/routes.js';
import type { SdkUser, VerifyResponse } from '../wire/session.js';
import type { ProjectSettings } from '../wire/settings.js';
import { MfaError } from './errors.js';
import type { Events, InitStatus, LogoutReason, MfaEventListener, MfaEventName } from './events.js';
import type { MfaTokens } from './mfaTokens.js';
import type { Session, SessionSnapshot } from './session.js';

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
  /** Gives up what is under way and stops hearing other tabs. The client may be used again afterwards. */
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

/** One request, beyond what its route says. */
export interface Call<TRequest, TResponse> {
  /** Stands for `:id` in the path. */
  id?: string;
  /** With its question mark. */
  query?: string;
  body?: TRequest;
  /**
   * `open`: sent with nobody signed in, and without the session's token. `reading`: finds out what the session is, so it
   * neither waits for that nor judges a refusal. Left out: needs somebody signed in.
   */
  mode?: 'open' | 'reading';
  /** Consumes something the person typed: repeated under one idempotency key when no answer came. */
  isKeyed?: boolean;
  /** An MFA token the caller holds; the store forgets it too. */
  mfaToken?: string;
  /** Attaches a stored MFA token that fits: for this action, or `true` for the newest. */
  attach?: string | true;
  /** Carried instead of the session's token. */
  token?: string | null;
  signal?: AbortSignal;
  /** Runs once for an answer, however many callers share it, and before any of them has it. */
  onAnswer?: (answer: TResponse) => void;
  onFailure?: (error: MfaError) => void;
}

export interface ClientCore {
  session: Session;
  tokens: MfaTokens;
  events: Events;
  settings: { value: ProjectSettings | null; readAt: number };
  init: { status: InitStatus; error: MfaError | null; promise?: Promise<void> };
  send<TRequest, TResponse>(route: Route<TRequest, TResponse>, call?: Call<TRequest, TResponse>): Promise<TResponse>;
  /** Reads the session once, where there is one to read. */
  start(): Promise<void>;
  /** Takes over what a proof gave: the user, the token, the MFA token. */
  accept(response: VerifyResponse, asked?: TokenAsk): void;
  /** Single-flight. */
  refresh(): Promise<VerifyResponse>;
  /** Forgets everything on this side. */
  signOut(reason: LogoutReason): void;
  /** Tells other tabs, by name only, that the session is another. */
  tellOtherTabs(): void;
}

/** What an MFA token was asked for; kept while an enrolment waits for its codes to be saved. */
export interface TokenAsk {
  createMfaToken?: CreateMfaToken;
  action?: string;
}

const cores = new WeakMap<MfaClient, ClientCore>();
const registered = new Set<MfaClient>();

export const bindCore = (client: MfaClient, core: ClientCore): void => void cores.set(client, core);

/** Makes a client count as a candidate for the default one; gives the function that withdraws it. */
export const registerClient = (client: MfaClient): (() => void) => {
  registered.add(client);
  return () => void registered.delete(client);
};

/** The client given, or the only one there is. */
export const coreOf = (client?: MfaClient): ClientCore => {
  const [only] = registered.size === 1 ? registered : [];
  const core = cores.get((client ?? only) as MfaClient);
  if (!core) throw new MfaError('no_client');
  return core;
};

export const isClient = (value: unknown): value is MfaClient => cores.has(value as MfaClient);

/**
 * The same client, whose calls end when the signal does: `getMfaDevices(withSignal(client, signal))`. They then reject
 * with `MfaCancelledError`, reason `aborted`.
 */
export const withSignal = (client: MfaClient, signal: AbortSignal): MfaClient => {
  const core = coreOf(client);
  const derived = Object.create(client) as MfaClient;
  bindCore(derived, { ...core, send: (route, call) => core.send(route, { ...call, signal }) });
  return derived;
};
