// Threat: an MFA token outlives its use, its session or its refusal, or goes along where nobody asked for it (C-02).
import {
  acknowledgeRecoveryCodes,
  authenticateTotpMfaDevice,
  consumeMfaToken,
  deleteMfaDevice,
  deleteUser,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  getMfaToken,
  isMfaRequiredForAction,
  logout,
  refreshUser,
  registerTotpMfaDevice,
  setDefaultMfaDevice,
  updateUser,
  ValueMustBeDefinedError,
} from 'mfa-kit/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';

afterEach(() => void vi.useRealTimers());

const PUT = 'PUT /users';
const SEND = 'treasury.send';
const policy = {
  actions: [
    { action: SEND, required: true },
    { action: 'treasury.look', required: false },
  ],
};

const proven = async (ask: { singleUse: boolean }, mfaAction?: string) => {
  const on = await createClientOn({ server: { policy } });
  await on.signIn('ada@example.com');
  const enrolled = await on.enrol();
  on.events.length = 0;
  const proof = await authenticateTotpMfaDevice(
    { code: on.code(enrolled.secret), createMfaTokenOptions: ask, mfaAction },
    on.client,
  );
  on.wire.sent.length = 0;
  return { ...on, ...enrolled, token: proof.mfaToken ?? '' };
};
const tokensSent = (sent: { headers: Headers }[]) => sent.map(({ headers }) => headers.get('x-mfa-auth-token'));

describe('a single-use token', () => {
  test('is there to look at, told of once, and gone with the first request that carries it', async () => {
    const { client, wire, token, events } = await proven({ singleUse: true });
    expect(token).toMatch(/^mfa_/);
    expect(client.mfaToken).toBe(token);
    expect(events.filter(([name]) => name === 'mfaTokenChanged')).toEqual([['mfaTokenChanged', { mfaToken: token }]]);
    await updateUser({ userFields: { firstName: 'Ada' } }, client);
    expect(tokensSent(wire.sentTo(PUT))).toEqual([token]);
    expect(client.mfaToken).toBeNull();
    await updateUser({ userFields: { firstName: 'Grace' } }, client);
    expect(tokensSent(wire.sentTo(PUT))).toEqual([token, null]);
    expect(events.at(-1)).not.toEqual(['mfaTokenChanged', { mfaToken: token }]);
  });

  test.each([
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is refused', () => refusal(422, 'invalid_update')],
    ['breaks down', () => refusal(500, 'server_error')],
  ])('is gone also when that request %s', async (_, answer) => {
    const { client, wire } = await proven({ singleUse: true });
    wire.answer(PUT, answer);
    await expect(updateUser({ userFields: {} }, client)).rejects.toThrow();
    expect(client.mfaToken).toBeNull();
  });

  test('goes with one of two changes made at once', async () => {
    const { client, wire, token } = await proven({ singleUse: true });
    await Promise.allSettled([
      updateUser({ userFields: { firstName: 'A' } }, client),
      updateUser({ userFields: { firstName: 'B' } }, client),
    ]);
    expect(tokensSent(wire.sentTo(PUT)).sort()).toEqual([token, null].sort());
  });

  test('is not used after two minutes', async () => {
    const { client } = await proven({ singleUse: true });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_001 });
    expect(client.mfaToken).toBeNull();
    expect(() => consumeMfaToken(client)).toThrow(ValueMustBeDefinedError);
  });
});

describe('a persistent token', () => {
  test('is used again, and dropped when the server refuses it', async () => {
    const { client, wire, token } = await proven({ singleUse: false });
    await updateUser({ userFields: { firstName: 'Ada' } }, client);
    expect(client.mfaToken).toBe(token);
    wire.answer(PUT, () => refusal(403, 'elevated_access_token_required', { satisfiedBy: ['totp'] }));
    await expect(updateUser({ userFields: {} }, client)).rejects.toMatchObject({
      payload: { satisfiedBy: ['totp'] },
    });
    expect(tokensSent(wire.sentTo(PUT))).toEqual([token, token]);
    expect(client.mfaToken).toBeNull();
  });

  test('ends after an hour', async () => {
    const { client } = await proven({ singleUse: false });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_001 });
    expect(client.mfaToken).toBeNull();
  });

  test.each([
    ['signing out', async (client: Parameters<typeof logout>[0]) => logout(client)],
    ['session_ended', async (client: Parameters<typeof logout>[0]) => refreshUser(client).catch(() => {})],
    ['session_expired', async (client: Parameters<typeof logout>[0]) => refreshUser(client).catch(() => {})],
  ])('ends with %s', async (what, end) => {
    const { client, wire, events } = await proven({ singleUse: false });
    if (what.startsWith('session')) wire.answer('GET /users', () => refusal(401, what));
    await end(client);
    expect(client.user).toBeNull();
    expect(client.mfaToken).toBeNull();
    expect(events.filter(([name]) => name === 'mfaTokenChanged').at(-1)?.[1]).toEqual({ mfaToken: null });
  });
});

test('a token ends with its session, also where another one takes its place without signing out', async () => {
  const { client, signIn } = await proven({ singleUse: false });
  await signIn('grace@example.com');
  expect(client.mfaToken).toBeNull();
});

test('a token that the caller names is sent as it is, and forgotten', async () => {
  const { client, wire, token, deviceId } = await proven({ singleUse: false });
  await deleteMfaDevice({ deviceId, mfaAuthToken: token }, client);
  expect(tokensSent(wire.sentTo(`DELETE /users/mfa/${deviceId}`))).toEqual([token]);
  expect(client.mfaToken).toBeNull();
});

test('a stored token goes with removing a device and deleting the user, and without one there is no header', async () => {
  const { client, wire, token, deviceId } = await proven({ singleUse: true });
  await deleteMfaDevice({ deviceId }, client);
  await deleteUser(client);
  expect(tokensSent(wire.sent)).toEqual([token, null]);
});

test('no read and no acknowledgement carries a token or spends one', async () => {
  const { client, wire, token, deviceId } = await proven({ singleUse: true });
  await Promise.all([getMfaDevices(client), getMfaMethods(client), refreshUser(client), getMfaRecoveryCodes(client)]);
  await setDefaultMfaDevice({ deviceId }, client);
  await acknowledgeRecoveryCodes(client);
  expect(new Set(tokensSent(wire.sent))).toEqual(new Set([null]));
  expect(client.mfaToken).toBe(token);
});

test('a token made for one action is not used for another', async () => {
  const { client, wire } = await proven({ singleUse: true }, SEND);
  await updateUser({ userFields: { firstName: 'Ada' } }, client);
  expect(tokensSent(wire.sentTo(PUT))).toEqual([null]);
  expect(await getMfaToken({ mfaAction: SEND }, client)).toBe(client.mfaToken);
});

test('an enrolment that asked for a token gets it when the codes are saved', async () => {
  const { client, signIn, code, wire } = await createClientOn();
  await signIn();
  const { id, secret } = await registerTotpMfaDevice(client);
  const proof = await authenticateTotpMfaDevice(
    { code: code(secret), deviceId: id, createMfaTokenOptions: { singleUse: false } },
    client,
  );
  expect(proof.mfaToken).toBeUndefined();
  const { mfaToken } = await acknowledgeRecoveryCodes(client);
  expect(mfaToken).toMatch(/^mfa_/);
  expect(client.mfaToken).toBe(mfaToken);
  wire.sent.length = 0;
  await updateUser({ userFields: { firstName: 'Ada' } }, client);
  expect(client.mfaToken).toBe(mfaToken);
});

describe('asking for the token of an action', () => {
  test('looks and does not take, unless told to', async () => {
    const { client, token } = await proven({ singleUse: true });
    expect(await getMfaToken({}, client)).toBe(token);
    expect(await getMfaToken({ mfaAction: SEND }, client)).toBe(token);
    expect(await getMfaToken({ mfaAction: SEND, consume: true }, client)).toBe(token);
    await expect(getMfaToken({ mfaAction: SEND }, client)).rejects.toMatchObject({ code: 'mfa_token_required' });
    expect(await getMfaToken({}, client)).toBeUndefined();
  });

  test('gives none where the action needs none', async () => {
    const { client } = await proven({ singleUse: true });
    expect(await getMfaToken({ mfaAction: 'treasury.look' }, client)).toBeUndefined();
    expect(await getMfaToken({ mfaAction: 'unknown' }, client)).toBeUndefined();
  });

  test('takes it once when consumed', async () => {
    const { client, token } = await proven({ singleUse: true });
    expect(consumeMfaToken(client)).toBe(token);
    expect(() => consumeMfaToken(client)).toThrow('No MFA token found');
  });
});

describe('whether an action needs a proof', () => {
  test('depends on the settings, and where enrolment is optional on having a verified method', async () => {
    const { client, signIn, enrol } = await createClientOn({ server: { policy } });
    await signIn();
    expect(await isMfaRequiredForAction({ mfaAction: SEND }, client)).toBe(false);
    await enrol();
    expect(await isMfaRequiredForAction({ mfaAction: SEND }, client)).toBe(true);
    expect(await isMfaRequiredForAction({ mfaAction: 'treasury.look' }, client)).toBe(false);
  });

  test('is yes for everybody where enrolment is forced, without asking for methods', async () => {
    const { client, wire } = await createClientOn({ server: { policy: { ...policy, enrollment: 'action' } } });
    expect(await isMfaRequiredForAction({ mfaAction: SEND }, client)).toBe(true);
    expect(wire.sent.map(({ what }) => what)).toEqual(['GET /settings']);
  });
});
