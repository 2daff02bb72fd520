/** Every function of the plain client where it does not belong: signed out, after a sign-out, with a wrong type, twice at once. */
import * as kit from 'mfa-kit/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { installBrowser } from '../support/passkeyBrowser.js';

const { MfaError } = kit;
type Client = kit.MfaClient;

/** What needs somebody signed in. */
const calls: Record<string, (client: Client) => unknown> = {
  acknowledgeRecoveryCodes: kit.acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode: (client) => kit.authenticateMfaRecoveryCode({ code: 'AAAA-AAAA-AAAA-AAAA' }, client),
  authenticatePasskeyMFA: (client) => kit.authenticatePasskeyMFA({}, client),
  authenticateTotpMfaDevice: (client) => kit.authenticateTotpMfaDevice({ code: '123456' }, client),
  checkStepUpAuth: (client) => kit.checkStepUpAuth({ scope: kit.TokenScope.Credentiallink }, client),
  confirmTotpMfaDevice: (client) => kit.confirmTotpMfaDevice({ code: '123456' }, client),
  consumeMfaToken: kit.consumeMfaToken,
  createNewMfaRecoveryCodes: kit.createNewMfaRecoveryCodes,
  deleteMfaDevice: (client) => kit.deleteMfaDevice({ deviceId: 'x' }, client),
  deletePasskey: (client) => kit.deletePasskey({ passkeyId: 'x' }, client),
  deleteUser: kit.deleteUser,
  getMfaDevices: kit.getMfaDevices,
  getMfaMethods: kit.getMfaMethods,
  getMfaRecoveryCodes: kit.getMfaRecoveryCodes,
  getPasskeys: kit.getPasskeys,
  getWaitingActions: kit.getWaitingActions,
  isPendingRecoveryCodesAcknowledgment: kit.isPendingRecoveryCodesAcknowledgment,
  isUserMissingMfaAuth: kit.isUserMissingMfaAuth,
  preparePasskeyAuthentication: (client) => kit.preparePasskeyAuthentication({}, client),
  preparePasskeyRegistration: kit.preparePasskeyRegistration,
  refreshAuth: kit.refreshAuth,
  refreshUser: kit.refreshUser,
  registerPasskey: (client) => kit.registerPasskey({}, client),
  registerTotpMfaDevice: (client) => kit.registerTotpMfaDevice(client),
  renamePasskey: (client) => kit.renamePasskey({ passkeyId: 'x', alias: 'Laptop' }, client),
  requestExternalAuthElevatedToken: (client) => kit.requestExternalAuthElevatedToken({ externalJwt: 'a.b.c' }, client),
  setDefaultMfaDevice: (client) => kit.setDefaultMfaDevice({ deviceId: 'x' }, client),
  updateUser: (client) => kit.updateUser({ userFields: { firstName: 'Ada' } }, client),
};

/** What needs nobody. */
const open = [
  'checkUserScopes',
  'clearMfaTokens',
  'createClient',
  'createDynamicClient',
  'createMfaClient',
  'getAuthToken',
  'getElevatedAccessToken',
  'getMinAuthToken',
  'getMfaToken',
  'getPasskeyCapabilities',
  'getPasskeySupport',
  'getProjectSettings',
  'initializeClient',
  'isMfaError',
  'isMfaRequiredForAction',
  'logout',
  'mfaFetch',
  'onEvent',
  'preparePasskeySignIn',
  'retryEmailOTP',
  'sendEmailOTP',
  'sendSmsOTP',
  'setPrompter',
  'signInWithExternalJwt',
  'signInWithPasskey',
  'verifyOTP',
  'waitForClientInitialized',
  'withSignal',
];

const outcomeOf = async (run: () => unknown): Promise<unknown> => {
  try {
    return await run();
  } catch (error) {
    return error;
  }
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => void process.on('unhandledRejection', note));
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

test('the lists above name every function there is', () => {
  const functions = Object.entries(kit)
    .filter(([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name))
    .map(([name]) => name);
  expect([...Object.keys(calls), ...open].sort()).toEqual(functions.sort());
});

describe.each(['signed out from the beginning', 'after a sign-out'] as const)('%s', (when) => {
  test.each(Object.keys(calls))('%s is refused with a typed error, and sends nothing', async (name) => {
    installBrowser();
    const { client, wire, signIn } = await createClientOn();
    if (when === 'after a sign-out') {
      await signIn();
      await kit.logout(client);
    }
    const before = wire.sent.length;
    const outcome = await outcomeOf(() => calls[name]?.(client));
    // The check for a step-up never throws: not being able to find out is a yes.
    if (name === 'checkStepUpAuth') expect(outcome).toEqual({ isRequired: true, credentials: [] });
    else {
      expect(outcome).toBeInstanceOf(MfaError);
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^(not_signed_in|value_must_be_defined_error)$/) });
    }
    expect(wire.sent).toHaveLength(before);
  });
});

describe('with a wrong type', () => {
  test.each([
    [
      'a number for a code',
      (client: Client) => kit.authenticateTotpMfaDevice({ code: 123456 as unknown as string }, client),
    ],
    ['nothing for a code', (client: Client) => kit.authenticateTotpMfaDevice({} as { code: string }, client)],
    ['a list for a device', (client: Client) => kit.deleteMfaDevice({ deviceId: ['x'] as unknown as string }, client)],
    ['an object for an address', (client: Client) => kit.sendEmailOTP({ email: {} as string }, client)],
    [
      'a number for a scope',
      (client: Client) =>
        kit.authenticateTotpMfaDevice({ code: '123456', requestedScopes: [7 as unknown as kit.TokenScope] }, client),
    ],
  ])('%s is a typed error, and the session goes on', async (_, call) => {
    const { client, signIn, enrol } = await createClientOn();
    await signIn();
    await enrol();
    expect(await outcomeOf(() => call(client))).toBeInstanceOf(MfaError);
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });
});

describe('twice at once', () => {
  test('one code is one request, and both callers have its answer', async () => {
    const { client, wire, signIn, enrol, code } = await createClientOn();
    await signIn();
    const { secret } = await enrol();
    const prove = () =>
      kit.authenticateTotpMfaDevice({ code: code(secret), createMfaToken: { singleUse: true } }, client);
    const [one, other] = await Promise.all([prove(), prove()]);
    expect(one.mfaToken).toBe(other.mfaToken);
    expect(wire.sentTo('POST /users/mfa/auth/totp')).toHaveLength(2); // the enrolment's, and this one
  });

  test('signing out twice is one sign-out', async () => {
    const { client, wire, events, signIn } = await createClientOn();
    await signIn();
    await Promise.all([kit.logout(client), kit.logout(client)]);
    expect(wire.sentTo('POST /revoke')).toHaveLength(1);
    expect(events.filter(([name]) => name === 'logout')).toHaveLength(1);
  });
});
