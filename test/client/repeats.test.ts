import {
  createNewMfaRecoveryCodes,
  getMfaDevices,
  getProjectSettings,
  MfaNetworkError,
  registerTotpMfaDevice,
  sendEmailOTP,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { holdTime, passTimeUntil } from '../support/passTime.js';

afterEach(() => void vi.useRealTimers());

const DEVICES = 'GET /users/mfa';

const signedIn = async () => {
  const on = await createClientOn();
  await on.signIn();
  on.wire.sent.length = 0;
  holdTime();
  return on;
};

describe('what is safe to send again', () => {
  test.each([502, 503, 504])('a read is sent up to three times over a %i', async (status) => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => refusal(status, 'temporarily_unavailable'), 2);
    expect(await passTimeUntil(getMfaDevices(client), wire)).toEqual([]);
    expect(wire.sentTo(DEVICES)).toHaveLength(3);
  });

  test('no connection three times is a network error with its cause', async () => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => Promise.reject(new TypeError('Failed to fetch')), 9);
    const error = await passTimeUntil(getMfaDevices(client), wire).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MfaNetworkError);
    expect(error).toMatchObject({ code: 'network_error', cause: { message: 'Failed to fetch' } });
    expect(wire.sentTo(DEVICES)).toHaveLength(3);
  });

  test('a change without a key is sent once', async () => {
    const { client, wire } = await signedIn();
    wire.answer('POST /users/mfa/recovery', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(passTimeUntil(createNewMfaRecoveryCodes(client), wire)).rejects.toMatchObject({
      code: 'network_error',
    });
    expect(wire.sentTo('POST /users/mfa/recovery')).toHaveLength(1);
    wire.answer('POST /emailVerifications/create', () => refusal(503, 'temporarily_unavailable'));
    await expect(sendEmailOTP({ email: 'a@example.com' }, client)).rejects.toMatchObject({ status: 503 });
    expect(wire.sentTo('POST /emailVerifications/create')).toHaveLength(1);
  });

  test('a 500 and a refusal are not repeated', async () => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => refusal(500, 'server_error'));
    await expect(passTimeUntil(getMfaDevices(client), wire)).rejects.toMatchObject({
      code: 'server_error',
      status: 500,
    });
    wire.answer(DEVICES, () => refusal(403, 'insufficient_scope'));
    await expect(passTimeUntil(getMfaDevices(client), wire)).rejects.toMatchObject({ code: 'insufficient_scope' });
    expect(wire.sentTo(DEVICES)).toHaveLength(2);
  });
});

describe('how long it waits', () => {
  test('as long as Retry-After says', async () => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => refusal(503, 'temporarily_unavailable', undefined, { 'retry-after': '4' }));
    const times: number[] = [];
    const fetched = getMfaDevices(client).finally(() => times.push(Date.now()));
    await vi.waitFor(() => expect(wire.sentTo(DEVICES)).toHaveLength(1));
    const start = Date.now();
    await passTimeUntil(fetched, wire);
    expect((times[0] ?? 0) - start).toBeGreaterThanOrEqual(3_900);
  });

  test('not at all where a server asks for more patience than a person has', async () => {
    const { client, wire } = await signedIn();
    wire.answer(DEVICES, () => refusal(503, 'temporarily_unavailable', undefined, { 'retry-after': '120' }));
    await expect(passTimeUntil(getMfaDevices(client), wire)).rejects.toMatchObject({ status: 503, retryAfter: 120 });
    expect(wire.sentTo(DEVICES)).toHaveLength(1);
  });

  test('no answer for half a minute is none', async () => {
    const { client, wire } = await signedIn();
    wire.hold(DEVICES);
    const start = Date.now();
    await expect(passTimeUntil(getMfaDevices(client), wire)).rejects.toMatchObject({ code: 'network_error' });
    expect(Date.now() - start).toBeGreaterThanOrEqual(29_000);
    expect(wire.sentTo(DEVICES)[0]?.request.signal.aborted).toBe(true);
  });
});

describe('settings', () => {
  test('are read once in five minutes, and need nobody signed in', async () => {
    const { client, wire } = await createClientOn();
    holdTime();
    await getProjectSettings(client);
    await getProjectSettings(client);
    expect(wire.sentTo('GET /settings')).toHaveLength(1);
    vi.setSystemTime(Date.now() + 300_001);
    await getProjectSettings(client);
    expect(wire.sentTo('GET /settings')).toHaveLength(2);
    expect(wire.sent[0]?.headers.has('authorization')).toBe(false);
  });
});

test('beginning an enrolment is a read to the person: repeated, and the same secret', async () => {
  const { client, wire } = await signedIn();
  wire.loseAnswers('GET /users/mfa/register/totp');
  const first = await passTimeUntil(registerTotpMfaDevice(client), wire);
  expect((await registerTotpMfaDevice(client)).secret).toBe(first.secret);
});
