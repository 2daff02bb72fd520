/** A headless client on a real server in memory, and the first steps of somebody who uses it. */
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  createMfaClient,
  getMfaRecoveryCodes,
  type MfaClient,
  type MfaClientOptions,
  type MfaEventName,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';
import { createFaultyWire, type FaultyWire } from './faultyWire.js';
import { baseUrl, environmentId, startTestServer, type TestServer } from './server.js';
import { totpCode } from './totp.js';

export interface ClientOn {
  server: TestServer;
  client: MfaClient;
  wire: FaultyWire;
  /** Every event, in order. */
  events: [name: MfaEventName, payload: unknown][];
  /** Signs in by e-mail code. */
  signIn(email?: string): Promise<void>;
  /** Enrols an authenticator app and saves the codes. */
  enrol(): Promise<{ secret: string; deviceId: string; codes: string[] }>;
  /** The code of an app, `steps` of 30 s later. */
  code(secret: string, steps?: number): string;
}

export interface ClientOnOptions {
  server?: Parameters<typeof startTestServer>[0];
  /** A server that is there already. */
  on?: TestServer;
  client?: Partial<MfaClientOptions>;
  /** What stands between the wire and the server, such as a browser with its cookies. */
  through?: (request: Request) => Promise<Response>;
}

export const createClientOn = async (options: ClientOnOptions = {}): Promise<ClientOn> => {
  const server = options.on ?? (await startTestServer(options.server));
  const wire = createFaultyWire(options.through ?? ((request) => server.mfa.fetch(request)));
  const events: ClientOn['events'] = [];
  const client = createMfaClient({
    environmentId,
    apiBaseUrl: baseUrl,
    fetch: wire.fetch,
    onEvent: (name, payload) => events.push([name, payload]),
    ...options.client,
  });
  const code = (secret: string, steps = 0) => totpCode(secret, server.clock(), steps);
  return {
    server,
    client,
    wire,
    events,
    code,
    async signIn(email = `${crypto.randomUUID()}@example.com`) {
      const otpVerification = await sendEmailOTP({ email }, client);
      await verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' }, client);
    },
    async enrol() {
      const { id, secret } = await registerTotpMfaDevice(client);
      await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
      const { recoveryCodes } = await getMfaRecoveryCodes(client);
      await acknowledgeRecoveryCodes(client);
      // The code just used is used up.
      server.clock.advance(60_000);
      return { secret, deviceId: id, codes: recoveryCodes };
    },
  };
};
