// Puts a client together: its state, and the members of its handle.
import { type ClientCore, CORE, type Handle, type MfaClient, registerClient } from './core.js';
import type { OnMfaEvent } from './events.js';
import { closeSession, startSession } from './lifecycle.js';
import { findToken } from './mfaTokens.js';
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
  /** Hears every event. */
  onEvent?: OnMfaEvent;
}

/** A client that is not a candidate for the default one. Builds only: nothing is read or opened before it is used. */
export const buildClient = ({
  environmentId,
  apiBaseUrl,
  storage,
  fetch,
  protectedOrigins = [],
  onEvent,
}: MfaClientOptions): MfaClient => {
  const core: ClientCore = {
    environmentId,
    apiBaseUrl,
    storage,
    name: `mfa-kit:${environmentId}`,
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
    protectedOrigins,
    start: () => startSession(core),
    snapshot: loadingSnapshot,
    token: null,
    generation: 0,
    listeners: new Set(onEvent && [onEvent]),
    subscribers: new Set(),
    tokens: [],
    elevated: [],
    flights: new Map(),
    writes: 0,
  };
  const handle: Handle = {
    [CORE]: core,
    environmentId,
    get user() {
      return core.snapshot.user;
    },
    get token() {
      return core.token;
    },
    get mfaToken() {
      return findToken(core)?.value ?? null;
    },
    get sessionExpiresAt() {
      const { expiresAt } = core.snapshot;
      return expiresAt ? new Date(expiresAt) : null;
    },
    get projectSettings() {
      return core.settings ?? null;
    },
    get initStatus() {
      return core.initStatus ?? 'uninitialized';
    },
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
    close: () => closeSession(core),
  };
  // On a prototype, so that printing or serialising a client shows no token.
  return Object.create(handle);
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
