import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  checkUserScopes,
  confirmTotpMfaDevice,
  createNewMfaRecoveryCodes,
  deleteMfaDevice,
  deleteUser,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  initializeClient,
  isPendingRecoveryCodesAcknowledgment,
  isUserMissingMfaAuth,
  logout,
  refreshAuth,
  refreshUser,
  registerTotpMfaDevice,
  retryEmailOTP,
  sendEmailOTP,
  setDefaultMfaDevice,
  updateUser,
  verifyOTP,
} from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';

afterEach(() => void vi.useRealTimers());

const names = (events: [string, unknown][]) => events.map(([name]) => name);

test('sign in, enrol, save the codes: the status says how far somebody is at each step', async () => {
  const { client, signIn, code } = await createClientOn({ server: { policy: { enrollment: 'signup' } } });
  const { getSnapshot } = client.session;
  expect(getSnapshot()).toEqual({ user: null, status: 'loading', expiresAt: null });
  await initializeClient(client);
  expect(getSnapshot().status).toBe('signedOut');
  expect(client.projectSettings?.security.mfa.enrollment).toBe('signup');

  await signIn('ada@example.com');
  expect(getSnapshot().status).toBe('waitingForMfa');
  expect(isUserMissingMfaAuth(client)).toBe(true);
  expect(client.user?.email).toBe('ada@example.com');

  const { id, secret, uri } = await registerTotpMfaDevice(client);
  expect(uri).toMatch(/^otpauth:\/\/totp\//);
  const proof = await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
  expect(getSnapshot().status).toBe('codesUnsaved');
  expect(isUserMissingMfaAuth(client)).toBe(false);
  expect(isPendingRecoveryCodesAcknowledgment(client)).toBe(true);
  expect(proof).not.toHaveProperty('jwt');
  expect(proof).not.toHaveProperty('minifiedJwt');

  const { recoveryCodes } = await getMfaRecoveryCodes(client);
  expect(new Set(recoveryCodes).size).toBe(10);
  await acknowledgeRecoveryCodes(client);
  expect(getSnapshot().status).toBe('signedIn');
  expect(await getMfaRecoveryCodes(client)).toEqual({ count: 10, recoveryCodes: [] });
  expect(checkUserScopes({ user: client.user ?? {}, scopes: ['user:basic'] })).toBe(true);
  expect(checkUserScopes({ user: client.user ?? {}, scopes: ['user:basic', 'userDataForm'] })).toBe(false);
});

test('the next sign-in asks for the app, takes its code, and tells the methods', async () => {
  const { client, signIn, enrol, code } = await createClientOn();
  await signIn('grace@example.com');
  const { secret, deviceId } = await enrol();
  await logout(client);
  expect(client.session.getSnapshot().status).toBe('signedOut');
  expect(client.token).toBeNull();

  await signIn('grace@example.com');
  expect(isUserMissingMfaAuth(client)).toBe(true);
  const methods = await getMfaMethods(client);
  expect(methods.userHasVerifiedMfaMethods).toBe(true);
  expect(methods.factors?.totp).toMatchObject({ lockedUntil: null, isSuspended: false });
  await authenticateTotpMfaDevice({ code: code(secret) }, client);
  expect(client.session.getSnapshot().status).toBe('signedIn');

  await setDefaultMfaDevice({ deviceId }, client);
  expect(await getMfaDevices(client)).toMatchObject([{ id: deviceId, verified: true, default: true }]);
  await deleteMfaDevice({ deviceId }, client);
  expect(await getMfaDevices(client)).toEqual([]);
});

test('a lost phone: a recovery code, a replacement, and new codes that take over when saved', async () => {
  const { client, signIn, enrol, code } = await createClientOn();
  await signIn('lost@example.com');
  const { codes } = await enrol();
  await logout(client);
  await signIn('lost@example.com');
  const used = await authenticateMfaRecoveryCode({ code: ` ${(codes[0] ?? '').toLowerCase()} ` }, client);
  expect(used.recoveryCodesLeft).toBe(9);
  expect(client.session.getSnapshot().status).toBe('signedIn');

  await expect(registerTotpMfaDevice(client)).rejects.toMatchObject({ code: 'mfa_totp_already_enrolled' });
  const replacement = await registerTotpMfaDevice({ replace: true }, client);
  await authenticateTotpMfaDevice({ code: code(replacement.secret), deviceId: replacement.id }, client);
  expect((await getMfaDevices(client)).map(({ id }) => id)).toEqual([replacement.id]);
  const renewed = await createNewMfaRecoveryCodes(client);
  expect(renewed.recoveryCodes).toHaveLength(10);
  expect(renewed.recoveryCodes).not.toContain(codes[1]);
  await acknowledgeRecoveryCodes(client);
});

test('the older road confirms an app without moving the session on', async () => {
  const { client, signIn, code } = await createClientOn({ server: { policy: { enrollment: 'signup' } } });
  await signIn();
  const { secret } = await registerTotpMfaDevice({}, client);
  const device = await confirmTotpMfaDevice({ code: code(secret) }, client);
  expect(device.verified).toBe(true);
  expect(isUserMissingMfaAuth(client)).toBe(true);
});

test('the user can be read again, renewed, changed, sent another code, and deleted', async () => {
  const { client, server, signIn, events } = await createClientOn();
  await signIn('fields@example.com');
  const first = client.token;
  expect((await refreshUser(client)).email).toBe('fields@example.com');
  await refreshAuth(client);
  expect(client.token).not.toBe(first);
  await updateUser({ userFields: { firstName: 'Ada' } }, client);
  expect(client.user?.firstName).toBe('Ada');
  await deleteUser(client);
  expect(client.session.getSnapshot().status).toBe('signedOut');
  expect(events.at(-1)).toEqual(['logout', { reason: 'user-deleted' }]);

  const otpVerification = await sendEmailOTP({ email: 'again@example.com' }, client);
  const again = await retryEmailOTP({ otpVerification }, client);
  await verifyOTP({ otpVerification: again, verificationToken: server.mails.at(-1)?.code ?? '' }, client);
  expect(client.user?.email).toBe('again@example.com');
});

test('each happening is told once', async () => {
  const { client, signIn, events, code } = await createClientOn({ server: { policy: { enrollment: 'signup' } } });
  await initializeClient(client);
  expect(names(events)).toEqual(['initStatusChanged', 'projectSettingsChanged', 'initStatusChanged']);
  events.length = 0;
  await signIn();
  expect(names(events)).toEqual(['userChanged', 'tokenChanged', 'sessionExpiresAtChanged']);
  events.length = 0;
  const { secret, id } = await registerTotpMfaDevice(client);
  await expect(authenticateTotpMfaDevice({ code: '000000', deviceId: id }, client)).rejects.toThrow();
  expect(names(events)).toEqual(['mfaCompletionFailure']);
  expect(events[0]?.[1]).toMatchObject({ deviceId: id, error: { code: 'mfa_invalid_otp_error' } });
  events.length = 0;
  await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
  expect(names(events)).toEqual(['userChanged', 'tokenChanged', 'mfaCompletionSuccess']);
  events.length = 0;
  await logout(client);
  expect(names(events)).toEqual(['userChanged', 'tokenChanged', 'sessionExpiresAtChanged', 'logout']);
  expect(events.at(-1)?.[1]).toEqual({ reason: 'user-intent' });
  await logout(client);
  expect(names(events)).toHaveLength(4);
});

test('a listener can stop listening, and one that throws breaks nothing but is heard of', async () => {
  const { client, signIn } = await createClientOn();
  const heard: unknown[] = [];
  const stopThrowing = client.on('userChanged', () => {
    throw new Error('from the application');
  });
  const stop = client.on('userChanged', ({ user }) => heard.push(user?.email));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await signIn('one@example.com');
  expect(heard).toEqual(['one@example.com']);
  expect(() => vi.runAllTimers()).toThrow('from the application');
  vi.useRealTimers();
  stop();
  stopThrowing();
  await logout(client);
  expect(heard).toHaveLength(1);
});
