// Puts a client together: its state, and the members of its handle.
import { type ClientCore, CORE, type Handle, type MfaClient, registerClient, withdrawClient } from './core.js';
import { emit, type MfaEventName, type OnMfaEvent } from './events.js';
import { closeSession, startSession } from './lifecycle.js';
import { findToken } from './mfaTokens.js';
import type { PasskeyAdapter } from './PasskeyAdapter.js';
import { loadingSnapshot, type MfaStorage } from './session.js';

/** Options of {@link createMfaClient}. */
export interface MfaClientOptions {
  /** The environment's UUID. */
  environmentId: string;
  /** Where the API is, such as `https://app.example/api/v0`; a path alone means the page's own origin. */
  apiBaseUrl: string;
  /**
   * Keeps a bearer token over a reload. Default: none, so that the token lives in memory alone and a reload signs out.
   * Without use in cookie mode, where the browser keeps the session.
   */
  storage?: MfaStorage;
  /** Sends the requests instead of the platform's `fetch`. A server in the same process fits: `server.fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /**
   * Origins beside the API's whose protected routes `mfaFetch` may send tokens to, such as `https://pay.example`.
   * Default: none.
   */
  protectedOrigins?: readonly string[];
  /** Makes and uses passkeys in place of the browser, in an application that runs in none. Default: the browser. */
  passkeys?: PasskeyAdapter;
  /** Hears every event. */
  onEvent?: OnMfaEvent;
}

/** Members with an event that tells when they are another: `userChanged` of `user`. In the order in which it is told. */
type ShownName = 'user' | 'token' | 'sessionExpiresAt' | 'mfaToken' | 'projectSettings' | 'initStatus';

/** A client that is not a candidate for the default one. Builds only: nothing is read or opened before it is used. */
export const buildClient = ({ onEvent, ...options }: MfaClientOptions): MfaClient => {
  const told: Record<string, string> = {};
  const core: ClientCore = {
    ...options,
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    name: `mfa-kit:${options.environmentId}`,
    start: () => startSession(core),
    tell() {
      for (const [name, value] of Object.entries(shown)) {
        const text = JSON.stringify(value);
        if (text !== told[name]) {
          told[name] = text;
          emit(core, `${name}Changed` as MfaEventName, { [name]: value } as never);
        }
      }
    },
    snapshot: loadingSnapshot,
    token: null,
    generation: 0,
    listeners: new Set(),
    subscribers: new Set(),
    tokens: [],
    flights: new Map(),
    writes: 0,
  };
  const shown: Pick<MfaClient, ShownName> = {
    get user() {
      return core.snapshot.user;
    },
    get token() {
      return core.token;
    },
    get sessionExpiresAt() {
      const { expiresAt } = core.snapshot;
      return expiresAt ? new Date(expiresAt) : null;
    },
    get mfaToken() {
      return findToken(core)?.value ?? null;
    },
    get projectSettings() {
      return core.settings ?? null;
    },
    get initStatus() {
      return core.initStatus ?? 'uninitialized';
    },
  };
  // Nobody listens yet: this only notes what there is to begin with.
  core.tell();
  if (onEvent) core.listeners.add(onEvent);
  const members: Omit<Handle, ShownName> = {
    [CORE]: core,
    environmentId: core.environmentId,
    get initError() {
      return core.initError ?? null;
    },
    session: {
      getSnapshot: () => core.snapshot,
      getServerSnapshot: () => loadingSnapshot,
      subscribe(listener) {
        core.subscribers.add(listener);
        core.start().catch(() => undefined);
        return () => void core.subscribers.delete(listener);
      },
    },
    on(name, listener) {
      const one: OnMfaEvent = (happened, payload) => {
        if ((happened as string) === name) listener(payload as never);
      };
      core.listeners.add(one);
      return () => void core.listeners.delete(one);
    },
    close() {
      closeSession(core);
      withdrawClient(client);
    },
  };
  // On a prototype, so that printing or serialising a client shows no token.
  const client: MfaClient = Object.create(Object.setPrototypeOf(members, shown));
  return client;
};

/**
 * Makes a client. Nothing is sent until it is used; `initializeClient` reads the session and the settings. While it is
 * the only client, functions find it without being given it.
 *
 * @example
 * const client = createMfaClient({ environmentId: '5f0c…', apiBaseUrl: 'https://app.example/api/v0' });
 * const otpVerification = await sendEmailOTP({ email: 'ada@example.com' });
 * await verifyOTP({ otpVerification, verificationToken: '123456' });
 * if (isUserMissingMfaAuth()) await authenticateTotpMfaDevice({ code: '654321' });
 */
export const createMfaClient = (options: MfaClientOptions): MfaClient => {
  const client = buildClient(options);
  registerClient(client);
  return client;
};
