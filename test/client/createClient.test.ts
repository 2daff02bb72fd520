import {
  createClient,
  getMfaToken,
  logout,
  MfaCancelledError,
  type MfaPrompt,
  sendEmailOTP,
  setPrompter,
  TokenScope,
  UserNotAuthenticatedError,
} from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { installBrowser } from '../support/passkeyBrowser.js';
import { baseUrl, environmentId, startTestServer } from '../support/server.js';
import { totpCode, wrongCode } from '../support/totp.js';
import { createTreasury, treasuryUrl } from '../support/treasury.js';

const email = 'ada@example.com';

/** Somebody signed in by e-mail, on a client with members. */
const start = async () => {
  const server = await startTestServer({ policy: { actions: [{ action: 'treasury.send', required: true }] } });
  const treasury = createTreasury(server);
  const client = createClient({ environmentId, apiBaseUrl: baseUrl, fetch: treasury.fetch });
  const { sendOtp, verifyOtp } = client.stepUpAuth;
  const verificationToken = () => server.mails.at(-1)?.code ?? '';
  const otpVerification = await sendEmailOTP({ email }, client);
  await verifyOtp({ otpVerification, verificationToken: verificationToken() });
  return { server, treasury, client, sendOtp, verifyOtp, verificationToken };
};

test('the members enrol an app, save the codes, and prove for a protected route', async () => {
  const { server, client } = await start();
  const { mfa } = client;
  const { id, secret } = await mfa.addDevice('totp');
  await mfa.authenticateDevice({ code: totpCode(secret, server.clock()), deviceId: id });
  expect(await mfa.isPendingRecoveryCodesAcknowledgment()).toBe(true);
  const codes = await mfa.getRecoveryCodes();
  expect(codes).toHaveLength(10);
  await mfa.completeAcknowledgement();
  expect(await mfa.isPendingRecoveryCodesAcknowledgment()).toBe(false);
  expect(await mfa.getUserDevices()).toMatchObject([{ id, verified: true }]);

  expect(await mfa.isRequiredForAction({ mfaAction: 'treasury.send' })).toBe(true);
  await expect(mfa.getMfaToken({ mfaAction: 'treasury.send' })).rejects.toMatchObject({ code: 'mfa_token_required' });
  const options = { code: codes[0] ?? '', mfaAction: 'treasury.send', createMfaToken: { singleUse: true } };
  const token = await mfa.authenticateRecoveryCode(options);
  expect(await getMfaToken({ mfaAction: 'treasury.send' }, client)).toBe(token);
  expect((await client.fetch(`${treasuryUrl}/send`, { method: 'POST', body: '{}' })).ok).toBe(true);
  expect(client.mfaToken).toBeNull();
});

test('the members make a passkey, list it, prove with it and remove it', async () => {
  installBrowser();
  const { client } = await start();
  await client.passkeys.register();
  await client.mfa.completeAcknowledgement();
  expect(await client.passkeys.authenticateMFA({ createMfaToken: { singleUse: false } })).toBe(client.mfaToken);
  const [passkey] = await client.passkeys.get();
  await client.passkeys.delete(passkey?.id ?? '');
  expect(await client.passkeys.get()).toEqual([]);
});

test('the first factor is proven again with a code to the person’s own address', async () => {
  const { client, sendOtp, verifyOtp, verificationToken } = await start();
  const sessionId = client.user?.sessionId;
  await verifyOtp({ otpVerification: await sendOtp(), verificationToken: verificationToken() });
  expect(client.user?.sessionId).toBe(sessionId);
});

test('another type of device is refused before anything is sent', async () => {
  const { client, treasury } = await start();
  const before = treasury.calls.length;
  await expect(client.mfa.addDevice('passkey')).rejects.toMatchObject({ code: 'not_supported' });
  expect(treasury.calls).toHaveLength(before);
});

test('the token is read from it, and printed with it by nothing', async () => {
  const { client } = await start();
  expect(client.auth.token).toBe(client.token);
  const { inspect } = await import('node:util');
  expect(JSON.stringify(client) + inspect(client, { depth: 9 })).not.toContain(client.token);
});

test('asks by the interface there is, and hides what it opened', async () => {
  const { client } = await start();
  await expect(client.ui.mfa.show()).rejects.toMatchObject({ code: 'not_supported' });
  const asked: MfaPrompt[] = [];
  setPrompter((prompt, signal) => {
    asked.push(prompt);
    return new Promise((resolve, reject) => {
      if (prompt.action === 'treasury.send') resolve('mfa_token');
      signal?.addEventListener('abort', () => reject(new MfaCancelledError('aborted')));
    });
  }, client);
  expect(await client.ui.mfa.show({ createMfaToken: true, mfaAction: 'treasury.send' })).toBe('mfa_token');
  const hidden = expect(client.ui.mfa.show({ createMfaToken: { singleUse: false } })).rejects.toMatchObject({
    code: 'cancelled',
  });
  const another = expect(client.stepUpAuth.promptMfa()).rejects.toMatchObject({ code: 'cancelled' });
  client.ui.mfa.hide();
  await Promise.all([hidden, another]);
  expect(asked).toMatchObject([
    { action: 'treasury.send', createMfaToken: { singleUse: true } },
    { createMfaToken: { singleUse: false } },
    { createMfaToken: undefined },
  ]);
});

test('asks for the first factor again where nothing is enrolled, and for a second one where something is', async () => {
  const { client, server } = await start();
  const asked: MfaPrompt[] = [];
  setPrompter(async (prompt) => void asked.push(prompt), client);
  const requestedScopes = [TokenScope.Credentiallink];
  await client.stepUpAuth.promptStepUpAuth({ requestedScopes });
  const { id, secret } = await client.mfa.addDevice();
  await client.mfa.authenticateDevice({ code: totpCode(secret, server.clock()), deviceId: id });
  await client.stepUpAuth.promptStepUpAuth({ requestedScopes });
  await client.stepUpAuth.promptReauthenticate({ requestedScopes });
  expect(asked).toMatchObject([
    { isReauthentication: true, requestedScopes },
    { isReauthentication: false, requestedScopes },
    { isReauthentication: true, requestedScopes },
  ]);
});

test('nobody is asked for anything while nobody is signed in', async () => {
  const { client } = await start();
  await logout(client);
  setPrompter(() => Promise.resolve('never'), client);
  await expect(client.ui.mfa.show()).rejects.toBeInstanceOf(UserNotAuthenticatedError);
  await expect(client.stepUpAuth.sendOtp()).rejects.toBeInstanceOf(UserNotAuthenticatedError);
});

test('its modules tell of proofs', async () => {
  const { client, server } = await start();
  const heard: string[] = [];
  const stop = client.mfa.on('mfaCompletionSuccess', () => heard.push('success'));
  client.mfa.on('mfaCompletionFailure', ({ error }) => heard.push(error.code));
  const { id, secret } = await client.mfa.addDevice();
  const now = server.clock();
  await client.mfa.authenticateDevice({ code: wrongCode(secret, now), deviceId: id }).catch(() => undefined);
  await client.mfa.authenticateDevice({ code: totpCode(secret, now), deviceId: id });
  stop();
  server.clock.advance(30_000);
  await client.mfa.authenticateDevice({ code: totpCode(secret, server.clock()) });
  expect(heard).toEqual(['mfa_invalid_otp_error', 'success']);
});
