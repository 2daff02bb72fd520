// Puts a client together: session, tokens, transport, other tabs.
import type { VerifyResponse } from '../wire/session.js';
import type { Fetch } from './attempts.js';
import { bindCore, type ClientCore, type MfaClient, registerClient, type TokenAsk } from './core.js';
import { createEvents, type OnMfaEvent } from './events.js';
import { createKeptToken, type MfaStorage } from './keptToken.js';
import { createLifecycle } from './lifecycle.js';
import { createMfaTokens } from './mfaTokens.js';
import { createSession, loadingSnapshot } from './session.js';
import { createTransport } from './transport.js';

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
  fetch?: Fetch;
  /** Hears every event. */
  onEvent?: OnMfaEvent;
}

/** A client that is not a candidate for the default one. Builds only: nothing is read or opened before it is used. */
export const buildClient = (options: MfaClientOptions): MfaClient => {
  const { environmentId, apiBaseUrl, storage, onEvent, fetch = (request) => globalThis.fetch(request) } = options;
  const events = createEvents(onEvent);
  const kept = createKeptToken(storage, environmentId);
  const session = createSession(events, kept.write);
  const tokens = createMfaTokens((mfaToken) => events.emit('mfaTokenChanged', { mfaToken }));
  /** What an enrolment asked for; its token comes with the acknowledgement of the codes. */
  let owed: TokenAsk | undefined;

  const accept = (response: VerifyResponse, asked = owed): void => {
    const { user, minifiedJwt = null, mfaToken } = response;
    const before = session.getSnapshot().user;
    // Tokens are bound to the session they were made in.
    if (before?.id !== user.id || before.sessionId !== user.sessionId) tokens.clear();
    session.set({ user, token: minifiedJwt, expiresAt: response.expiresAt * 1000 });
    if (mfaToken) tokens.add(mfaToken, asked ?? {}, response.mfaTokenExpiresIn);
    owed = mfaToken ? undefined : asked;
    lifecycle.tellOtherTabs();
  };
  const signOut: ClientCore['signOut'] = (reason) => {
    owed = undefined;
    tokens.clear();
    transport.forget();
    session.clear(reason);
  };
  const transport = createTransport({
    environmentId,
    apiBaseUrl,
    fetch,
    session,
    tokens,
    accept,
    start: () => lifecycle.start(),
    onSessionOver(reason) {
      signOut(reason);
      lifecycle.tellOtherTabs();
    },
  });
  const { send, refresh } = transport;
  const lifecycle = createLifecycle({ environmentId, apiBaseUrl, hasStorage: !!storage, kept, session, send });
  const { start, tellOtherTabs } = lifecycle;

  const core: ClientCore = {
    session,
    tokens,
    events,
    settings: { value: null, readAt: 0 },
    init: { status: 'uninitialized', error: null },
    send,
    start,
    accept,
    refresh,
    signOut,
    tellOtherTabs,
  };

  // On a prototype, so that printing or serialising a client shows no token.
  const client: MfaClient = Object.create({
    get user() {
      return session.getSnapshot().user;
    },
    get token() {
      return session.token;
    },
    get mfaToken() {
      return tokens.find()?.value ?? null;
    },
    get sessionExpiresAt() {
      const { expiresAt } = session.getSnapshot();
      return expiresAt === null ? null : new Date(expiresAt);
    },
    get projectSettings() {
      return core.settings.value;
    },
    get initStatus() {
      return core.init.status;
    },
    get initError() {
      return core.init.error;
    },
    environmentId,
    session: {
      getSnapshot: session.getSnapshot,
      getServerSnapshot: () => loadingSnapshot,
      subscribe(listener) {
        start().catch(() => undefined);
        return session.subscribe(listener);
      },
    },
    on: events.on,
    close() {
      lifecycle.close();
      transport.abortAll();
    },
  } satisfies MfaClient);
  bindCore(client, core);
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
