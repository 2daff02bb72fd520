import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  createMfaClient,
  getMfaRecoveryCodes,
  logout,
  type MfaClient,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';
import { createMfaServer, generateKeys, type MfaServerOptions } from 'mfa-kit/server';
import { memoryStore } from 'mfa-kit/server/memory';
import { FakeAuthenticatorApp } from './FakeAuthenticatorApp.js';

/**
 * How far the person of a story is. `newcomer`: signed in, no second factor yet. `codesUnsaved`: an app, and codes that
 * wait to be saved. `waiting`: signed in anew, the second factor is asked for. `signedIn`: all passed. `recovered`: in by
 * a recovery code.
 */
export type Standing = 'signedOut' | 'newcomer' | 'codesUnsaved' | 'waiting' | 'signedIn' | 'recovered';

export interface WorldOptions {
  /** Default: `signedIn`. */
  standing?: Standing;
  /** Unused recovery codes, from 10 down. */
  codesLeft?: number;
  /** Default: the authenticator app on, session-based enforcement on, enrolment at sign-up. */
  policy?: MfaServerOptions['policy'];
}

/** A real server in the page, a client of it, and what the person holds. */
export interface World {
  client: MfaClient;
  email: string;
  /** The person's app, once there is one. */
  app: FakeAuthenticatorApp | undefined;
  /** Codes of the live set that are still good. */
  codes: string[];
  clock: () => number;
  advance: (seconds: number) => void;
  /** First factor: e-mail code out of the mailbox. */
  signIn: () => Promise<void>;
  close: () => Promise<void>;
}

const environmentId = '3c0de5a1-0000-4000-8000-5707bb00c0de';
const email = 'ada@example.com';

/** Each story gets a world of its own: nothing is shared, nothing is kept. */
export const createWorld = async ({
  standing = 'signedIn',
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
  const client = createMfaClient({
    environmentId,
    apiBaseUrl: `${window.location.origin}/api/v0`,
    fetch: (request) => server.fetch(request),
  });

  const world: World = {
    client,
    email,
    app: undefined,
    codes: [],
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
      await server.close();
    },
  };
  await reach(world, standing, codesLeft);
  return world;
};

/** Walks as the person would have: no state is put in by hand. */
const reach = async (world: World, standing: Standing, codesLeft: number): Promise<void> => {
  const { client } = world;
  if (standing === 'signedOut') return;
  await world.signIn();
  if (standing === 'newcomer') return;
  const { id, uri } = await registerTotpMfaDevice(client);
  world.app = new FakeAuthenticatorApp(uri, world.clock);
  await authenticateTotpMfaDevice({ code: world.app.code(), deviceId: id }, client);
  world.advance(30);
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

const spendCode = async ({ codes, client }: World): Promise<void> => {
  await authenticateMfaRecoveryCode({ code: codes.shift() ?? '' }, client);
};
