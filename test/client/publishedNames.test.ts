/** What the published plain client has beside the operations: a client under its name, `onEvent`, tokens, and typed errors. */
import {
  APIError,
  createDynamicClient,
  createMfaClient,
  getAuthToken,
  getMfaDevices,
  getMinAuthToken,
  logout,
  MfaApiError,
  onEvent,
  sendEmailOTP,
  sendSmsOTP,
  UserNotAuthenticatedError,
  verifyOTP,
  waitForClientInitialized,
} from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { baseUrl, environmentId, startTestServer } from '../support/server.js';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});

const start = async () => {
  const server = await startTestServer();
  const client = createDynamicClient({
    environmentId,
    apiBaseUrl: baseUrl,
    metadata: { name: 'Harbor' },
    fetch: (request) => server.mfa.fetch(request),
  });
  opened.push(client);
  return { server, client };
};

test('a client under the published name begins by itself, and is found by functions', async () => {
  const { server, client } = await start();
  expect(client.initStatus).toBe('in-progress');
  await waitForClientInitialized();
  expect(client.initStatus).toBe('finished');
  const otpVerification = await sendEmailOTP({ email: 'ada@example.com' });
  await verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' });
  expect(getAuthToken()).toBe(client.token);
  expect(getMinAuthToken()).toBe(client.token);
  await logout();
  expect(getAuthToken()).toBeUndefined();
});

test('with autoInitialize: false it sends nothing; a beginning that fails is told, and thrown nowhere', async () => {
  const fetch = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
  const options = { environmentId, apiBaseUrl: baseUrl, fetch };
  opened.push(createDynamicClient({ ...options, autoInitialize: false }));
  expect(fetch).not.toHaveBeenCalled();
  const client = createDynamicClient(options);
  opened.push(client);
  await expect(waitForClientInitialized(client)).rejects.toMatchObject({ code: 'network_error' });
  expect(client).toMatchObject({ initStatus: 'failed', initError: { code: 'network_error' } });
});

test('onEvent hears each happening once, until it is told to stop', async () => {
  const { server, client } = await start();
  const listener = vi.fn();
  const stop = onEvent({ event: 'userChanged', listener });
  const otpVerification = await sendEmailOTP({ email: 'ada@example.com' });
  await verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' });
  expect(listener.mock.calls).toEqual([[{ user: client.user }]]);
  stop();
  await logout();
  expect(listener).toHaveBeenCalledOnce();
});

test('a closed client is not in the way of another', async () => {
  const first = createMfaClient({ environmentId, apiBaseUrl: baseUrl });
  first.close();
  const second = createMfaClient({ environmentId, apiBaseUrl: baseUrl });
  opened.push(second);
  expect(getAuthToken()).toBeUndefined();
  const third = createMfaClient({ environmentId, apiBaseUrl: baseUrl });
  opened.push(third);
  expect(() => getAuthToken()).toThrow(expect.objectContaining({ code: 'no_client' }));
});

test('signed out, a call is refused with its own class before anything is sent; what the server refuses is an APIError', async () => {
  const { client } = await start();
  await expect(getMfaDevices(client)).rejects.toBeInstanceOf(UserNotAuthenticatedError);
  const refusal = await sendEmailOTP({ email: 'nobody' }, client).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(APIError);
  expect(refusal).toMatchObject({ status: 422, code: 'invalid_email', payload: {} });
  expect(APIError).toBe(MfaApiError);
});

test('a code by SMS is refused with a clear code', async () => {
  const { client } = await start();
  const phone = { isoCountryCode: 'GB', phoneNumber: '7700900000' };
  await expect(sendSmsOTP(phone, client)).rejects.toMatchObject({ code: 'not_supported' });
});
