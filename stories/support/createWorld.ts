import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  createMfaClient,
  getMfaRecoveryCodes,
  logout,
  type MfaClient,
  registerPasskey,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';
import { createMfaServer, generateKeys, type MfaServer, type MfaServerOptions } from 'mfa-kit/server';
import { memoryStore } from 'mfa-kit/server/memory';
import { FakeAuthenticatorApp } from './FakeAuthenticatorApp.js';
import { addVirtualAuthenticator, type VirtualAuthenticator } from './virtualAuthenticator.js';

/**
 * How far the person of a story is. `newcomer`: signed in, no second factor yet. `codesUnsaved`: a factor, and codes that
 * wait to be saved. `waiting`: signed in anew, the second factor is asked for. `signedIn`: all passed. `recovered`: in by
 * a recovery code.
 */
export type Standing = 'signedOut' | 'newcomer' | 'codesUnsaved' | 'waiting' | 'signedIn' | 'recovered';

export interface WorldOptions {
  /** Default: `signedIn`. */
  standing?: Standing;
  /**
   * What the person has enrolled, the newest last. Default: an app. A passkey only where the browser can be given an
   * authenticator; elsewhere nobody is asked for a fingerprint before the story is there.
   */
  factors?: readonly ('app' | 'passkey')[];
  /** The device has a fingerprint reader, where the browser can be given one. Default: with a passkey among the factors. */
  hasAuthenticator?: boolean;
  /** Unused recovery codes, from 10 down. */
  codesLeft?: number;
  /** Default: passkeys and the authenticator app on, session-based enforcement on, enrolment at sign-up. */
  policy?: MfaServerOptions['policy'];
}

/** A real server in the page, a client of it, and what the person holds. */
export interface World {
  client: MfaClient;
  email: string;
  /** The person's app, once there is one. */
  app: FakeAuthenticatorApp | undefined;
  /** The device's fingerprint reader, where the browser could be given one. */
  authenticator: VirtualAuthenticator | undefined;
  /** Codes of the live set that are still good. */
  codes: string[];
  /** What was sent, in order, as `GET /users/mfa`. */
  requests: string[];
  clock: () => number;
  advance: (seconds: number) => void;
  /** First factor: e-mail code out of the mailbox. */
  signIn: () => Promise<void>;
  /** The application's own request to its own server, which wants each transfer approved; `headers` bring the proof. */
  transfer: (transfer: Transfer, headers: Record<string, string>) => Promise<Response>;
  /** What it has carried out. */
  transfers: Transfer[];
  /** The newest code that was sent by e-mail. */
  emailCode: () => string;
  close: () => Promise<void>;
}

/** What the application's own route does, once it is approved. */
export interface Transfer {
  amount: number;
  to: string;
}

/** The application's own server, beside the kit's: it wants a proof for exactly this transfer. */
const transferOn = async (mfa: MfaServer, request: Request, done: Transfer[]): Promise<Response> => {
  const { amount, to } = (await request.json()) as Transfer;
  const check = await mfa.requireMfa(request, { action: 'transfer.send', payload: { amount, to } });
  if (!check.ok) return check.response;
  done.push({ amount, to });
  return Response.json({ sent: amount });
};

const environmentId = '3c0de5a1-0000-4000-8000-5707bb00c0de';
const email = 'ada@example.com';

/** Each story gets a world of its own: nothing is shared, nothing is kept. */
export const createWorld = async ({
  standing = 'signedIn',
  factors = ['app'],
  hasAuthenticator = factors.includes('passkey'),
  codesLeft = 10,
  policy,
}: WorldOptions = {}): Promise<World> => {
  let now = Date.now();
  const mailbox: string[] = [];
  const clock = () => now;
  const server = await createMfaServer({
    environmentId,
    appName: 'Harbor',
    store: memoryStore(),
    keys: await generateKeys(),
    baseUrl: `${window.location.origin}/api/v0`,
    origins: [window.location.origin],
    // A page can set neither Cookie nor Origin on a request that it makes itself.
    sessionTransport: 'bearer',
    sendEmail: ({ code }) => void mailbox.push(code),
    policy: { enabled: true, enrollment: 'signup', ...policy },
    clock,
    recoveryCodeRounds: 1000,
  });
  const requests: string[] = [];
  const client = createMfaClient({
    environmentId,
    apiBaseUrl: `${window.location.origin}/api/v0`,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      requests.push(`${request.method} ${pathname.split(environmentId)[1]}`);
      return server.fetch(request);
    },
  });

  const world: World = {
    client,
    email,
    app: undefined,
    authenticator: hasAuthenticator ? await addVirtualAuthenticator() : undefined,
    codes: [],
    requests,
    transfer: (transfer, headers) => {
      const authorization = `Bearer ${client.token ?? ''}`;
      const init = { method: 'POST', body: JSON.stringify(transfer), headers: { ...headers, authorization } };
      return transferOn(server, new Request(`${window.location.origin}/transfers`, init), world.transfers);
    },
    transfers: [],
    emailCode: () => mailbox.at(-1) ?? '',
    clock,
    advance: (seconds) => {
      now += seconds * 1000;
    },
    signIn: async () => {
      const otpVerification = await sendEmailOTP({ email }, client);
      await verifyOTP({ otpVerification, verificationToken: mailbox.at(-1) ?? '' }, client);
    },
    close: async () => {
      client.close();
      await world.authenticator?.remove();
      await server.close();
    },
  };
  await reach(world, standing, factors, codesLeft);
  return world;
};

/** Walks as the person would have: no state is put in by hand. */
const reach = async (
  world: World,
  standing: Standing,
  factors: NonNullable<WorldOptions['factors']>,
  codesLeft: number,
): Promise<void> => {
  const { client } = world;
  if (standing === 'signedOut') return;
  await world.signIn();
  if (standing === 'newcomer') return;
  for (const factor of factors) {
    if (factor === 'app') await enrolApp(world);
    else if (world.authenticator) await registerPasskey({}, client);
    else return;
    world.advance(30);
  }
  if (standing === 'codesUnsaved') return;
  world.codes = (await getMfaRecoveryCodes(client)).recoveryCodes;
  await acknowledgeRecoveryCodes(client);
  // One more is spent by whoever comes in with a recovery code.
  const isRecovered = standing === 'recovered';
  while (world.codes.length > codesLeft + (isRecovered ? 1 : 0)) await spendCode(world);
  if (standing === 'signedIn') return;
  await logout(client);
  await world.signIn();
  if (isRecovered) await spendCode(world);
};

const enrolApp = async (world: World): Promise<void> => {
  const { id, uri } = await registerTotpMfaDevice(world.client);
  world.app = new FakeAuthenticatorApp(uri, world.clock);
  await authenticateTotpMfaDevice({ code: world.app.code(), deviceId: id }, world.client);
};

const spendCode = async ({ codes, client }: World): Promise<void> => {
  await authenticateMfaRecoveryCode({ code: codes.shift() ?? '' }, client);
};
