/** A started server with everything it says to the outside world caught: mails, notifications, errors. */
import {
  createMfaServer,
  generateKeys,
  type MfaEmail,
  type MfaKeys,
  type MfaNotification,
  type MfaServer,
  type MfaServerOptions,
} from 'mfa-kit/server';
import { memoryStore } from 'mfa-kit/server/memory';
import { createClock, type TestClock } from './clock.js';

export const environmentId = '11111111-2222-4333-8444-555555555555';
export const origin = 'https://app.test';
export const baseUrl = 'https://api.test/api/v0';

let sharedKeys: Promise<MfaKeys> | undefined;
/** One set of keys a process: making an RSA or EC pair for each test would be most of its time. */
export const testKeys = (): Promise<MfaKeys> => {
  sharedKeys ??= generateKeys();
  return sharedKeys;
};

export interface TestServer {
  mfa: MfaServer;
  clock: TestClock;
  /** Newest last. */
  mails: MfaEmail[];
  notifications: MfaNotification[];
  errors: unknown[];
  options: MfaServerOptions;
  /** A request to a path under `/sdk/{environmentId}`. */
  request(method: string, path: string, init?: RequestOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface RequestOptions {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
  /** The address the socket says it comes from. */
  from?: string;
}

/** In memory, bearer, with few rounds for recovery codes, unless told otherwise. */
export const startTestServer = async (
  changes: Partial<Omit<MfaServerOptions, 'clock'>> & { clock?: TestClock } = {},
): Promise<TestServer> => {
  const clock = changes.clock ?? createClock();
  const mails: MfaEmail[] = [];
  const notifications: MfaNotification[] = [];
  const errors: unknown[] = [];
  const options: MfaServerOptions = {
    environmentId,
    store: memoryStore(),
    keys: await testKeys(),
    baseUrl,
    origins: [origin],
    appName: 'Harbor Test',
    sessionTransport: 'bearer',
    sendEmail: (mail) => {
      mails.push(mail);
    },
    notify: (notification) => {
      notifications.push(notification);
    },
    onError: (error) => errors.push(error),
    recoveryCodeRounds: 10,
    emailsPerAddress: 1_000,
    ...changes,
    clock,
  };
  const mfa = await createMfaServer(options);
  return {
    mfa,
    clock,
    mails,
    notifications,
    errors,
    options,
    request: (method, path, { body, token, headers, from } = {}) =>
      mfa.fetch(
        new Request(`${options.baseUrl}/sdk/${options.environmentId}${path}`, {
          method,
          headers: {
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...headers,
          },
          ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
        { remoteAddress: from ?? '192.0.2.1' },
      ),
    close: () => mfa.close(),
  };
};
