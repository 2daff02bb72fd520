// Threat: a session or MFA token reaches another origin than the API's, or another route than the one meant (C-01).
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMfaClient,
  deleteMfaDevice,
  getMfaDevices,
  sendEmailOTP,
  setDefaultMfaDevice,
  verifyOTP,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { baseUrl, environmentId } from '../support/server.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listen = async (answer: Parameters<typeof createServer>[1]): Promise<string> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** What could be taken for another host, another route or another scheme. */
const shapes = [
  'https://evil.test/',
  '//evil.test/',
  '\\\\evil.test\\',
  '/\\evil.test',
  '@evil.test',
  'https://api.test@evil.test',
  'api.test:8443',
  'http://api.test',
  'sub.api.test',
  'blob:https://evil.test/1',
  'data:text/plain,evil',
  'javascript:alert(1)',
  '..',
  '.',
  '../..',
  '../../..',
  '%2e%2e',
  '..%2f..',
  '..;/',
  '?to=//evil.test',
  '#//evil.test',
  '\t//evil.test',
  '\n../',
  '',
];

test('there are 24 of them', () => expect(new Set(shapes).size).toBe(24));

describe.each(shapes.map((shape) => [shape]))('as the id of a device, %j', (deviceId) => {
  test('stays one segment of its own route, or nothing is sent', async () => {
    const { client, wire, signIn } = await createClientOn();
    await signIn();
    wire.sent.length = 0;
    await deleteMfaDevice({ deviceId, mfaAuthToken: 'mfa_held' }, client).catch(() => {});
    await setDefaultMfaDevice({ deviceId }, client).catch(() => {});
    const segment = `${baseUrl}/sdk/${environmentId}/users/mfa/`;
    for (const { url } of wire.sent) {
      expect(new URL(url).href).toBe(segment + encodeURIComponent(deviceId));
      expect(new URL(url).origin).toBe(new URL(baseUrl).origin);
    }
    if (/^\.*$|^\.\.\/?$/.test(deviceId)) expect(wire.sent).toEqual([]);
  });
});

describe.each(shapes.map((shape) => [shape]))('as an environment id, %j', (shape) => {
  test('goes to no other origin', async () => {
    const urls: string[] = [];
    const fetch = async (request: Request) => {
      urls.push(request.url);
      return Response.json({ verificationUUID: 'x' });
    };
    const client = createMfaClient({ environmentId: shape, apiBaseUrl: baseUrl, fetch });
    await sendEmailOTP({ email: 'a@example.com' }, client).catch(() => {});
    expect(urls.filter((url) => !url.startsWith(`${baseUrl}/sdk/`))).toEqual([]);
  });
});

test.each([
  ['https://api.test@evil.test/api/v0'],
  ['https://user:secret@api.test/api/v0'],
  ['blob:https://api.test/api/v0'],
  ['data:application/json,{}'],
  ['javascript:alert(1)'],
  ['file:///etc/passwd'],
  ['api/v0'],
  [''],
])('an API address such as %j is refused before anything is sent', async (apiBaseUrl) => {
  let isSent = false;
  const fetch = async () => {
    isSent = true;
    return new Response();
  };
  const client = createMfaClient({ environmentId, apiBaseUrl, fetch });
  await expect(sendEmailOTP({ email: 'a@example.com' }, client)).rejects.toMatchObject({
    code: expect.stringMatching(/^(invalid_argument|network_error)$/),
  });
  expect(isSent).toBe(false);
});

test.each(['https://api.test/api/v0', 'https://api.test:443/api/v0/', 'https://API.test/api/v0'])(
  'the API address %s means the same',
  async (apiBaseUrl) => {
    const { client, wire } = await createClientOn({ client: { apiBaseUrl } });
    await sendEmailOTP({ email: 'a@example.com' }, client);
    expect(wire.sent[0]?.url).toBe(`${baseUrl}/sdk/${environmentId}/emailVerifications/create`);
  },
);

const user = { id: 'u1', projectEnvironmentId: environmentId, verifiedCredentials: [], scope: 'user:basic' };
const signedIn = { user, expiresAt: 4_000_000_000, minifiedJwt: 'a.b.c' };

test.each([301, 302, 303, 307, 308])('a %i to another origin carries no header there', async (status) => {
  const reached: (string | undefined)[] = [];
  const evil = await listen((request, response) => {
    reached.push(request.headers.authorization);
    response.end('{}');
  });
  const api = await listen((request, response) => {
    const path = request.url ?? '';
    response.setHeader('content-type', 'application/json');
    if (path.endsWith('/create')) response.end(JSON.stringify({ verificationUUID: 'v' }));
    else if (path.endsWith('/signin')) response.end(JSON.stringify(signedIn));
    else response.writeHead(status, { location: `${evil}${path}` }).end();
  });
  const client = createMfaClient({ environmentId, apiBaseUrl: `${api}/api/v0` });
  const otpVerification = await sendEmailOTP({ email: 'a@example.com' }, client);
  await verifyOTP({ otpVerification, verificationToken: '123456' }, client);
  await expect(setDefaultMfaDevice({ deviceId: 'd' }, client)).rejects.toMatchObject({ code: 'network_error' });
  await expect(getMfaDevices(client)).rejects.toMatchObject({ code: 'network_error' });
  expect(reached).toEqual([]);
});

test('requests ask for no cookie across origins and say what they carry', async () => {
  const { wire, signIn } = await createClientOn();
  await signIn();
  for (const { request, headers } of wire.sent) {
    expect(request.redirect).toBe('error');
    expect(request.credentials).toBe('same-origin');
    expect(headers.get('content-type')).toBe('application/json');
  }
});

test('signing in carries no session of before', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  wire.sent.length = 0;
  await signIn();
  expect(wire.sent.map(({ headers }) => headers.has('authorization'))).toEqual([false, false]);
  expect(client.user).not.toBeNull();
});
