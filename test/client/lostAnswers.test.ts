// Threat: the server acts and its answer is lost on the way. The person must not lose a code, nor act twice (F-07, D17).
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  getMfaMethods,
  getMfaRecoveryCodes,
  logout,
  registerTotpMfaDevice,
  sendEmailOTP,
  verifyOTP,
} from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { type ClientOn, createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { holdTime, passTimeUntil } from '../support/passTime.js';

afterEach(() => void vi.useRealTimers());

const TOTP = 'POST /users/mfa/auth/totp';
const RECOVERY = 'POST /users/mfa/auth/recovery';

const keysOf = ({ wire }: ClientOn, what: string) =>
  wire.sentTo(what).map(({ headers }) => headers.get('idempotency-key'));

/** Somebody with an app, signed in again and waiting for the second factor. */
const waitingPerson = async () => {
  const on = await createClientOn();
  await on.signIn('ada@example.com');
  const enrolled = await on.enrol();
  await logout(on.client);
  await on.signIn('ada@example.com');
  on.wire.sent.length = 0;
  holdTime();
  return { ...on, ...enrolled };
};

test('an answer lost after the code was used: the same success, one code used, typed once', async () => {
  const person = await waitingPerson();
  const { client, wire, code, secret, events } = person;
  events.length = 0;
  wire.loseAnswers(TOTP);
  await passTimeUntil(authenticateTotpMfaDevice({ code: code(secret) }, client), wire);
  expect(client.session.getSnapshot().status).toBe('signedIn');
  const keys = keysOf(person, TOTP);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(events.filter(([name]) => name === 'mfaCompletionSuccess')).toHaveLength(1);
  await getMfaMethods(client);
});

test('every repeat lost: typing the same code again within two minutes still succeeds', async () => {
  const person = await waitingPerson();
  const { client, wire, code, secret } = person;
  wire.loseAnswers(TOTP, 3);
  const submitted = code(secret);
  await expect(passTimeUntil(authenticateTotpMfaDevice({ code: submitted }, client), wire)).rejects.toMatchObject({
    code: 'network_error',
  });
  expect(client.session.getSnapshot().status).toBe('waitingForMfa');
  await passTimeUntil(authenticateTotpMfaDevice({ code: submitted }, client), wire);
  expect(client.session.getSnapshot().status).toBe('signedIn');
  const keys = keysOf(person, TOTP);
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(1);
});

test('a recovery code whose answer was lost is spent once', async () => {
  const person = await waitingPerson();
  const { client, wire, codes } = person;
  wire.loseAnswers(RECOVERY, 2);
  const answer = await passTimeUntil(authenticateMfaRecoveryCode({ code: codes[0] ?? '' }, client), wire);
  expect(answer.recoveryCodesLeft).toBe(9);
  expect(new Set(keysOf(person, RECOVERY)).size).toBe(1);
});

test('a first enrolment, an e-mail code and an acknowledgement survive a lost answer', async () => {
  const on = await createClientOn({ server: { policy: { enrollment: 'signup' } } });
  const { client, wire, server, code } = on;
  holdTime();
  const otpVerification = await sendEmailOTP({ email: 'grace@example.com' }, client);
  wire.loseAnswers('POST /emailVerifications/signin');
  await passTimeUntil(verifyOTP({ otpVerification, verificationToken: server.mails.at(-1)?.code ?? '' }, client), wire);
  const { id, secret } = await registerTotpMfaDevice(client);
  wire.loseAnswers(TOTP);
  await passTimeUntil(authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client), wire);
  const { recoveryCodes } = await getMfaRecoveryCodes(client);
  expect(recoveryCodes).toHaveLength(10);
  wire.loseAnswers('PUT /users');
  await passTimeUntil(acknowledgeRecoveryCodes(client), wire);
  expect(client.session.getSnapshot().status).toBe('signedIn');
});

test('another value has another key, and so has the same value once it was answered', async () => {
  const person = await waitingPerson();
  const { client, code, secret } = person;
  await expect(authenticateTotpMfaDevice({ code: '000000' }, client)).rejects.toThrow();
  await expect(authenticateTotpMfaDevice({ code: '000000' }, client)).rejects.toThrow();
  await authenticateTotpMfaDevice({ code: code(secret) }, client);
  expect(new Set(keysOf(person, TOTP)).size).toBe(3);
});

test('a breakdown or an unreadable answer decides nothing: the key stays', async () => {
  const person = await waitingPerson();
  const { client, wire, code, secret } = person;
  wire.answer(TOTP, () => refusal(500, 'server_error'));
  await expect(authenticateTotpMfaDevice({ code: code(secret) }, client)).rejects.toMatchObject({ status: 500 });
  wire.answer(TOTP, () => new Response('{"user":', { status: 200 }));
  await expect(authenticateTotpMfaDevice({ code: code(secret) }, client)).rejects.toMatchObject({
    code: 'invalid_response',
  });
  await authenticateTotpMfaDevice({ code: code(secret) }, client);
  expect(new Set(keysOf(person, TOTP)).size).toBe(1);
});

test('keys are 128 bits and more, unguessable from the code, and different for every client', async () => {
  const one = await waitingPerson();
  const other = await waitingPerson();
  for (const { client } of [one, other]) await authenticateTotpMfaDevice({ code: '123456' }, client).catch(() => {});
  const [first, second] = [one, other].map((person) => keysOf(person, TOTP)[0] ?? '');
  expect(first).not.toBe(second);
  expect(Buffer.from(first ?? '', 'base64').length).toBeGreaterThanOrEqual(16);
});
