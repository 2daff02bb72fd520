/** The published generated client in front of a server over HTTP, with what published clients send along with every call. */
import { randomBytes } from 'node:crypto';
import * as core from '@dynamic-labs/sdk-api-core';
import { createIssuer } from './issuer.js';
import { listen } from './listen.js';
import { environmentId, origin, startTestServer, type TestServer } from './server.js';
import { createSessionKey } from './sessionKey.js';

/** An operation of the generated client; its own declarations cannot be resolved the way Node resolves modules. */
export type Operation = (request: object) => Promise<unknown>;

interface Fetched {
  url: string;
  init: RequestInit & { headers: Record<string, string> };
}
interface Published {
  SDKApi: new (configuration: object) => Record<string, Operation>;
  Configuration: new (settings: object) => object;
  isDeviceNonceSignatureRequiredForUrl(url: string): boolean;
}
const { SDKApi, Configuration, isDeviceNonceSignatureRequiredForUrl } = core as unknown as Published;

/** One call as it went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  headers: Record<string, string>;
  status: number;
  type: string | null;
  text: string;
}

export interface PublishedSite {
  server: TestServer;
  /** Where the API listens. */
  baseUrl: string;
  exchanges: Exchange[];
  /** The session token that is sent, also on open endpoints; empty for none. */
  token: string;
  /** Attached where the published clients attach them by themselves (contract §1.7, §1.8). */
  mfaToken: string;
  elevatedToken: string;
  /** Calls an operation by name, for this environment. */
  call(operation: string, request?: object): Promise<unknown>;
  /** A JWT of the application's own sign-in for Ada. */
  externalJwt(): Promise<string>;
}

const linking =
  /^(GET .*\/users\/mfa\/register\/totp|POST .*\/users\/passkeys\/register|POST .*\/emailVerifications\/verify)$/;
const unlinking = /^DELETE .*\/users\/(mfa\/[^/]+|passkeys)$/;
const takingMfaToken = /^((PUT|DELETE) .*\/users|DELETE .*\/users\/passkeys)$/;

const alphanumerics = (length: number): string =>
  Array.from(randomBytes(length), (byte) => (byte % 36).toString(36)).join('');

/** The published client in front of a server; the rest of the options are the server's. */
export const startPublished = async (options: Parameters<typeof startTestServer>[0] = {}): Promise<PublishedSite> => {
  const { externalAuth, jwtFor } = await createIssuer();
  const server = await startTestServer({ policy: { enrollment: 'signup' }, externalAuth, ...options });
  const baseUrl = `${await listen(server.mfa.fetch)}/api/v0`;
  const sessionKey = createSessionKey();
  const sessionId = alphanumerics(32);

  /** Contract §5.1: what goes along with every request, and what with some. */
  const headersFor = async ({ url, init }: Fetched): Promise<Record<string, string>> => {
    const name = `${init.method} ${new URL(url).pathname}`;
    const isElevated = site.elevatedToken !== '' && (linking.test(name) || unlinking.test(name));
    return {
      'content-type': 'application/json',
      'x-dyn-version': 'ClientSDK/1.20.0',
      'x-dyn-api-version': 'API/catalog:',
      'x-dyn-request-id': alphanumerics(50),
      'x-dyn-session-id': sessionId,
      'x-dynamic-platform': 'web',
      'x-dyn-session-public-key': sessionKey.publicKey,
      'x-dyn-is-global-wallet-popup': 'false',
      'x-dyn-device-fingerprint': alphanumerics(20),
      origin,
      ...(site.token !== '' && { authorization: `Bearer ${site.token}` }),
      ...(site.mfaToken !== '' && takingMfaToken.test(name) && { 'x-mfa-auth-token': site.mfaToken }),
      ...(isElevated && { 'x-dyn-elevated-access-token': site.elevatedToken }),
      ...(isDeviceNonceSignatureRequiredForUrl(url) && sessionKey.signNonce(await readNonce())),
    };
  };
  const readNonce = async (): Promise<string> => {
    const response = await fetch(`${baseUrl}/sdk/${environmentId}/nonces?count=1`);
    return ((await response.json()) as { nonces: [string] }).nonces[0];
  };

  const api = new SDKApi(
    new Configuration({
      basePath: baseUrl,
      middleware: [
        {
          async pre(fetched: Fetched) {
            const own = Object.fromEntries(Object.entries(fetched.init.headers).map(([n, v]) => [n.toLowerCase(), v]));
            return { ...fetched, init: { ...fetched.init, headers: { ...(await headersFor(fetched)), ...own } } };
          },
          async post({ url, init, response }: Fetched & { response: Response }) {
            site.exchanges.push({
              method: String(init.method),
              path: new URL(url).pathname.split(environmentId)[1] ?? '',
              headers: init.headers,
              status: response.status,
              type: response.headers.get('content-type'),
              text: await response.text(),
            });
          },
        },
      ],
    }),
  );
  const site: PublishedSite = {
    server,
    baseUrl,
    exchanges: [],
    token: '',
    mfaToken: '',
    elevatedToken: '',
    async call(name, request = {}) {
      const operation = api[name];
      if (!operation) throw new Error(`the published client has no operation ${name}`);
      return operation.call(api, { environmentId, ...request });
    },
    externalJwt: () => jwtFor('ada', server.clock()),
  };
  return site;
};

/** What an operation was refused with. */
export const refusalOf = async (
  refused: Promise<unknown>,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  try {
    await refused;
  } catch (response) {
    if (!(response instanceof Response)) throw response;
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  throw new Error('it was not refused');
};
