import { createClient, getMfaToken, sendEmailOTP } from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { installBrowser } from '../support/passkeyBrowser.js';
import { baseUrl, environmentId, startTestServer } from '../support/server.js';
import { totpCode } from '../support/totp.js';
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
