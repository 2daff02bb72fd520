/** Somebody else's server: our client needs nothing beyond the published wire. What ours adds is taken where it is there. */
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticatePasskeyMFA,
  authenticateTotpMfaDevice,
  checkStepUpAuth,
  confirmTotpMfaDevice,
  consumeMfaToken,
  createMfaClient,
  createNewMfaRecoveryCodes,
  deleteMfaDevice,
  deletePasskey,
  getElevatedAccessToken,
  getMfaDevices,
  getMfaMethods,
  getMfaRecoveryCodes,
  getMfaToken,
  getPasskeys,
  initializeClient,
  isMfaRequiredForAction,
  isPendingRecoveryCodesAcknowledgment,
  isUserMissingMfaAuth,
  logout,
  MfaError,
  refreshAuth,
  refreshUser,
  registerPasskey,
  registerTotpMfaDevice,
  renamePasskey,
  requestExternalAuthElevatedToken,
  retryEmailOTP,
  sendEmailOTP,
  setDefaultMfaDevice,
  signInWithExternalJwt,
  signInWithPasskey,
  TokenScope,
  updateUser,
  verifyOTP,
} from 'mfa-kit/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../support/listen.js';
import { installBrowser } from '../support/passkeyBrowser.js';
import { createPlainServer } from '../support/plainServer.js';
import { environmentId } from '../support/server.js';
import { totpCode, wrongCode } from '../support/totp.js';

/** Our client, over HTTP. */
const start = async () => {
  const server = createPlainServer();
  const client = createMfaClient({ environmentId, apiBaseUrl: `${await listen(server.fetch)}/api/v0` });
  onTestFinished(() => client.close());
  const signIn = async () => {
    const otpVerification = await sendEmailOTP({ email: 'ada@example.com' }, client);
    return verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' }, client);
  };
  const code = (secret: string) => totpCode(secret, Date.now());
  const enrol = async () => {
    const { id, secret } = await registerTotpMfaDevice(client);
    await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
    const { recoveryCodes } = await getMfaRecoveryCodes(client);
    await acknowledgeRecoveryCodes(client);
    return { id, secret, recoveryCodes };
  };
  return { server, client, signIn, enrol, code };
};

describe('on a server that speaks the published wire and no more', () => {
  test('sign-in, enrolment and codes; then a later sign-in with a code of the app', async () => {
    const { client, signIn, enrol, code } = await start();
    await initializeClient(client);
    await signIn();
    expect(isUserMissingMfaAuth(client)).toBe(true);
    const { id, secret, recoveryCodes } = await enrol();
    expect(recoveryCodes).toHaveLength(10);
    expect(client.session.getSnapshot().status).toBe('signedIn');
    expect(await getMfaDevices(client)).toMatchObject([{ id }]);
    expect(await getMfaMethods(client)).toMatchObject({ userHasVerifiedMfaMethods: true });
    await setDefaultMfaDevice({ deviceId: id }, client);
    await logout(client);
    await signIn();
    await authenticateTotpMfaDevice({ code: code(secret) }, client);
    expect(isPendingRecoveryCodesAcknowledgment(client)).toBe(false);
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });

  test('the older way to confirm an app, and another code by e-mail', async () => {
    const { server, client, signIn, code } = await start();
    const first = await sendEmailOTP({ email: 'ada@example.com' }, client);
    expect(await retryEmailOTP({ otpVerification: first }, client)).toMatchObject({ email: 'ada@example.com' });
    await signIn();
    const { id, secret } = await registerTotpMfaDevice(client);
    expect(await confirmTotpMfaDevice({ code: code(secret) }, client)).toMatchObject({ id });
    expect(server.users[0]?.devices).toMatchObject([{ isVerified: true }]);
  });

  test('a recovery code of ten mixed letters and digits, then new ones', async () => {
    const { client, signIn, enrol } = await start();
    await signIn();
    const { recoveryCodes } = await enrol();
    await logout(client);
    await signIn();
    await authenticateMfaRecoveryCode({ code: recoveryCodes[0] ?? '' }, client);
    expect(client.session.getSnapshot().status).toBe('signedIn');
    expect((await createNewMfaRecoveryCodes(client)).recoveryCodes).not.toEqual(recoveryCodes);
  });

  test('tokens that count once and tokens that last, and the header of the route they are for', async () => {
    const { server, client, signIn, enrol, code } = await start();
    await signIn();
    const { id, secret } = await enrol();
    await authenticateTotpMfaDevice({ code: code(secret), createMfaToken: { singleUse: true } }, client);
    expect(await getMfaToken({}, client)).toBe(client.mfaToken);
    const taken = consumeMfaToken(client);
    expect(client.mfaToken).toBeNull();
    await authenticateTotpMfaDevice({ code: code(secret), createMfaToken: { singleUse: false } }, client);
    const lasting = client.mfaToken;
    await updateUser({ userFields: { firstName: 'Ada' } }, client);
    expect(client.user?.firstName).toBe('Ada');
    expect(client.mfaToken).toBe(lasting);
    await deleteMfaDevice({ deviceId: id, mfaAuthToken: taken }, client);
    expect(server.requests.at(-1)?.headers.get('x-mfa-auth-token')).toBe(taken);
    expect(await getMfaDevices(client)).toEqual([]);
  });

  test('passkeys: made, listed, renamed, used as the second step and to sign in, removed', async () => {
    installBrowser();
    const { client, signIn } = await start();
    await signIn();
    await registerPasskey({}, client);
    expect(client.session.getSnapshot().status).toBe('codesUnsaved');
    await getMfaRecoveryCodes(client);
    await acknowledgeRecoveryCodes(client);
    const [passkey] = await getPasskeys(client);
    const passkeyId = passkey?.id ?? '';
    expect(await renamePasskey({ passkeyId, alias: 'Laptop' }, client)).toMatchObject({ alias: 'Laptop' });
    await logout(client);
    await signIn();
    const proof = await authenticatePasskeyMFA(
      { createMfaToken: { singleUse: true }, requestedScopes: [TokenScope.Credentialunlink] },
      client,
    );
    expect(proof.mfaToken).toBeTruthy();
    expect(getElevatedAccessToken({ scope: TokenScope.Credentialunlink, consume: false }, client)).toBeTruthy();
    await logout(client);
    await signInWithPasskey({}, client);
    expect(client.session.getSnapshot().status).toBe('signedIn');
    await authenticatePasskeyMFA({ requestedScopes: [TokenScope.Credentialunlink] }, client);
    await deletePasskey({ passkeyId }, client);
    expect(await getPasskeys(client)).toEqual([]);
  });

  test('step-up, an elevated token of the application’s own sign-in, and the session renewed and read again', async () => {
    const { server, client } = await start();
    await signInWithExternalJwt({ externalJwt: 'signed-for:ada' }, client);
    expect(await checkStepUpAuth({ scope: TokenScope.Userdelete }, client)).toMatchObject({ isRequired: false });
    await requestExternalAuthElevatedToken({ externalJwt: 'signed-for:ada' }, client);
    expect(getElevatedAccessToken({ scope: TokenScope.Credentiallink, consume: false }, client)).toBeTruthy();
    const before = client.token;
    await refreshAuth(client);
    expect(client.token).not.toBe(before);
    expect((await refreshUser(client)).id).toBe(server.users[0]?.id);
  });

  test('settings that say next to nothing, and settings that ask for a proof', async () => {
    const { server, client, signIn } = await start();
    await signIn();
    expect(await isMfaRequiredForAction({ mfaAction: 'wallet.waas.sign' }, client)).toBe(false);
    const other = await start();
    other.server.settings = {
      chains: [],
      kyc: [],
      security: { mfa: { required: true, actions: [{ action: 'wallet.waas.sign', required: true }] } },
    };
    await other.signIn();
    expect(await isMfaRequiredForAction({ mfaAction: 'wallet.waas.sign' }, other.client)).toBe(true);
    expect(server.requests.some(({ what }) => what === 'GET /settings')).toBe(true);
  });
});

describe('what such a server refuses', () => {
  test('wrong codes, then too many: typed by their published codes, without tries or times', async () => {
    const { client, signIn, enrol } = await start();
    await signIn();
    const { secret } = await enrol();
    const prove = () =>
      authenticateTotpMfaDevice({ code: wrongCode(secret, Date.now()) }, client).catch((error: unknown) => error);
    expect(await prove()).toMatchObject({ code: 'mfa_invalid_otp_error', serverCode: 'mfa_invalid_code' });
    for (let tries = 0; tries < 4; tries += 1) await prove();
    expect(await prove()).toMatchObject({ code: 'mfa_rate_limited_error', serverCode: 'mfa_rate_limited' });
    expect(client.session.getSnapshot().status).toBe('signedIn');
  });

  test.each([
    ['a second app, by a 401 without a code', () => Response.json({ error: 'There is one already.' }, { status: 401 })],
    ['the edge’s limiter', () => Response.json({ message: 'Too many requests', code: 429 }, { status: 429 })],
    ['a page instead of JSON', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    [
      'an error as an object',
      () => Response.json({ error: { code: 'gate_blocked', message: 'No.' } }, { status: 403 }),
    ],
    ['a code of tomorrow', () => Response.json({ error: 'No.', code: 'something_new' }, { status: 422 })],
    ['nothing at all', () => new Response(null, { status: 500 })],
  ])('%s is a typed error with a sentence, and signs nobody out', async (_, answer) => {
    const { server, client, signIn } = await start();
    await signIn();
    for (let index = 0; index < 3; index += 1) server.answerInstead('POST /users/mfa/auth/totp', answer);
    const refusal = await authenticateTotpMfaDevice({ code: '123456' }, client).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MfaError);
    expect((refusal as MfaError).message).not.toBe('');
    expect(client.user?.email).toBe('ada@example.com');
  });
});
