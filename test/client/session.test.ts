import {
  createMfaClient,
  deleteMfaDevice,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  initializeClient,
  isPendingRecoveryCodesAcknowledgment,
  isUserMissingMfaAuth,
  logout,
  refreshAuth,
  refreshUser,
  updateUser,
  ValueMustBeDefinedError,
  waitForClientInitialized,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { holdTime, passTimeUntil } from '../support/passTime.js';
import { baseUrl, environmentId } from '../support/server.js';

afterEach(() => void vi.useRealTimers());

const DEVICES = 'GET /users/mfa';
const REFRESH = 'POST /refresh';

describe('a signed-out caller', () => {
  test.each([
    ['getMfaDevices', getMfaDevices],
    ['getMfaRecoveryCodes', getMfaRecoveryCodes],
    ['refreshUser', refreshUser],
    ['refreshAuth', refreshAuth],
    ['deleteMfaDevice', (client: Parameters<typeof getMfaDevices>[0]) => deleteMfaDevice({ deviceId: 'x' }, client)],
    ['updateUser', (client: Parameters<typeof getMfaDevices>[0]) => updateUser({ userFields: {} }, client)],
  ])('of %s gets a typed error before anything is sent', async (_, call) => {
    const { client, wire } = await createClientOn();
    await expect(call(client)).rejects.toMatchObject({ code: 'not_signed_in' });
    expect(wire.sent).toEqual([]);
  });

  test('of the predicates gets ValueMustBeDefinedError', async () => {
    const { client } = await createClientOn();
    expect(() => isUserMissingMfaAuth(client)).toThrow(ValueMustBeDefinedError);
    expect(() => isPendingRecoveryCodesAcknowledgment(client)).toThrow(
      expect.objectContaining({ code: 'value_must_be_defined_error' }),
    );
  });

  test('of logout gets nothing, and nothing is sent', async () => {
    const { client, wire } = await createClientOn();
    await logout(client);
    expect(wire.sent).toEqual([]);
  });
});

describe('the default client', () => {
  test('is the only one there is, and nobody when there are two', async () => {
    const alone = await import('mfa-kit/client');
    await expect(alone.getMfaDevices()).rejects.toMatchObject({ code: 'no_client' });
  });
});

describe('the snapshot', () => {
  test('is the same object until something changed, and subscribers hear of each change once', async () => {
    const { client, signIn } = await createClientOn();
    let changes = 0;
    const stop = client.session.subscribe(() => {
      changes += 1;
    });
    await initializeClient(client);
    expect(changes).toBe(1);
    await signIn();
    expect(changes).toBe(2);
    const snapshot = client.session.getSnapshot();
    await refreshUser(client);
    expect(client.session.getSnapshot()).toBe(snapshot);
    expect(changes).toBe(2);
    stop();
    await logout(client);
    expect(changes).toBe(2);
  });

  test('on a server shows that nothing is known yet', async () => {
    const { client, signIn } = await createClientOn();
    await signIn();
    expect(client.session.getServerSnapshot()).toEqual({ user: null, status: 'loading', expiresAt: null });
  });

  test('of a session that is neither signed in nor waiting is not signed in', async () => {
    const { client, wire, signIn } = await createClientOn();
    await signIn();
    const { user } = client;
    for (const scope of [undefined, '', 'user:basicx', 'userDataForm', 'user:basic requiresAdditionalAuth']) {
      wire.answer('GET /users', () => Response.json({ ...user, scope }));
      await refreshUser(client);
      expect(client.session.getSnapshot().status).toBe('waitingForMfa');
    }
  });
});

describe('starting', () => {
  test('happens once, waits for whoever waits, and can be tried again after a failure', async () => {
    const { client, wire } = await createClientOn();
    wire.answer('GET /settings', () => refusal(500, 'server_error'));
    await expect(initializeClient(client)).rejects.toMatchObject({ status: 500 });
    expect(client.initStatus).toBe('failed');
    expect(client.initError).toMatchObject({ code: 'server_error' });
    await Promise.all([initializeClient(client), waitForClientInitialized(client)]);
    expect(client.initStatus).toBe('finished');
    expect(client.initError).toBeNull();
    expect(wire.sentTo('GET /settings')).toHaveLength(2);
  });

  test('building a client does nothing at all', () => {
    const fetch = vi.fn();
    createMfaClient({ environmentId, apiBaseUrl: baseUrl, fetch }).close();
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('the session token', () => {
  test('that ended is renewed once for all who need it, and each request is repeated once', async () => {
    const { client, wire, server, signIn } = await createClientOn();
    await signIn();
    server.clock.advance(11 * 60_000);
    wire.sent.length = 0;
    await Promise.all([getMfaDevices(client), refreshUser(client), getMfaMethods(client)]);
    expect(wire.sentTo(REFRESH)).toHaveLength(1);
    expect(wire.sentTo(DEVICES)).toHaveLength(2);
  });

  test('that is about to end is renewed before it is used', async () => {
    const { client, wire, server, signIn } = await createClientOn();
    holdTime();
    server.clock.now = Date.now();
    await signIn();
    const first = client.token;
    vi.setSystemTime(Date.now() + 9 * 60_000 + 35_000);
    server.clock.now = Date.now();
    wire.sent.length = 0;
    await Promise.all([getMfaDevices(client), refreshUser(client)]);
    expect(wire.sent.map(({ what }) => what)).toEqual([REFRESH, DEVICES, 'GET /users']);
    expect(client.token).not.toBe(first);
  });

  test('is not renewed over and over on a device whose clock is wrong', async () => {
    const { client, wire, server, signIn } = await createClientOn();
    server.clock.now = Date.now() - 86_400_000;
    await signIn();
    wire.sent.length = 0;
    await getMfaDevices(client);
    expect(wire.sent.map(({ what }) => what)).toEqual([DEVICES]);
  });

  test('refused as ended over and over ends in an error, not in a loop', async () => {
    const { client, wire, signIn } = await createClientOn();
    await signIn();
    wire.answer(DEVICES, () => refusal(401, 'token_expired'), 9);
    await expect(getMfaDevices(client)).rejects.toMatchObject({ code: 'token_expired' });
    expect(wire.sentTo(DEVICES)).toHaveLength(2);
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });

  test.each([
    ['session_ended', 'session-ended'],
    ['session_expired', 'token-expired'],
  ])('refused as %s signs out here too', async (code, reason) => {
    const { client, wire, signIn, events } = await createClientOn();
    await signIn();
    wire.answer(DEVICES, () => refusal(401, code));
    await expect(getMfaDevices(client)).rejects.toMatchObject({ code });
    expect(client.session.getSnapshot().status).toBe('signedOut');
    expect(events.at(-1)).toEqual(['logout', { reason }]);
  });

  test.each(['not_signed_in', 'invalid_token', 'mfa_totp_already_enrolled', 'unauthorized', 'insufficient_scope'])(
    'refused with %s keeps the session',
    async (code) => {
      const { client, wire, signIn } = await createClientOn();
      await signIn();
      wire.answer(DEVICES, () => refusal(401, code));
      await expect(getMfaDevices(client)).rejects.toMatchObject({ serverCode: code });
      expect(client.session.getSnapshot().status).toBe('signedIn');
    },
  );

  test('that was refused as ended while another had taken its place is sent again, and nobody is signed out', async () => {
    const { client, wire, signIn } = await createClientOn();
    await signIn();
    let answer = (_: Response) => {};
    wire.answer(DEVICES, () => new Promise<Response>((resolve) => (answer = resolve)));
    const asked = getMfaDevices(client);
    await expect.poll(() => wire.sentTo(DEVICES).length).toBe(1);
    await refreshAuth(client);
    answer(refusal(401, 'session_ended'));
    expect(await asked).toEqual([]);
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });

  test('revoked on the server ends the session at the next request', async () => {
    const { client, server, signIn } = await createClientOn();
    await signIn();
    await server.request('POST', '/revoke', { token: client.token ?? '', body: {} });
    await expect(getMfaDevices(client)).rejects.toMatchObject({ code: 'session_ended' });
    expect(client.user).toBeNull();
  });

  test('is revoked by signing out, also when the answer never comes', async () => {
    const { client, server, wire, signIn } = await createClientOn();
    await signIn();
    const token = client.token ?? '';
    wire.loseAnswers('POST /revoke');
    await logout(client);
    expect((await server.request('GET', '/users', { token })).status).toBe(401);
  });

  test('is in nothing that a client prints or serialises', async () => {
    const { client, signIn } = await createClientOn();
    await signIn();
    const { inspect } = await import('node:util');
    const printed =
      JSON.stringify(client) + inspect(client, { depth: 9 }) + JSON.stringify(client.session.getSnapshot());
    expect(printed).not.toContain(client.token);
  });
});

test('a start without connection keeps whoever was signed in from being taken for signed out', async () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
  const before = await createClientOn({ client: { storage } });
  await before.signIn();
  const after = await createClientOn({ on: before.server, client: { storage } });
  holdTime();
  after.wire.answer('GET /users', () => Promise.reject(new TypeError('Failed to fetch')), 3);
  await expect(passTimeUntil(getMfaDevices(after.client), after.wire)).rejects.toMatchObject({ code: 'network_error' });
  expect(after.client.session.getSnapshot().status).toBe('signedOut');
  expect(await passTimeUntil(getMfaDevices(after.client), after.wire)).toEqual([]);
  expect(after.client.session.getSnapshot().status).toBe('signedIn');
});
