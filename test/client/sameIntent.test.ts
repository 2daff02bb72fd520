// Threat: one intent of a person becomes several requests (double click, StrictMode, twenty hooks), and codes are lost
// or requests outlive who asked (F-12, F-13, F-14).
import {
  authenticateTotpMfaDevice,
  getMfaDevices,
  getMfaMethods,
  logout,
  registerTotpMfaDevice,
  setDefaultMfaDevice,
  withSignal,
} from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';

const BEGIN = 'GET /users/mfa/register/totp';
const TOTP = 'POST /users/mfa/auth/totp';
const DEVICES = 'GET /users/mfa';

const twenty = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, run));

test('twenty beginnings at once are one request and one secret', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  const begun = await twenty(() => registerTotpMfaDevice(client));
  expect(new Set(begun.map(({ secret }) => secret)).size).toBe(1);
  expect(wire.sentTo(BEGIN)).toHaveLength(1);
});

test('twenty submissions of one code at once are one request, one event, twenty answers', async () => {
  const { client, wire, signIn, enrol, code, events } = await createClientOn();
  await signIn('ada@example.com');
  const { secret } = await enrol();
  await logout(client);
  await signIn('ada@example.com');
  wire.sent.length = events.length = 0;
  const answers = await twenty(() => authenticateTotpMfaDevice({ code: code(secret) }, client));
  expect(new Set(answers.map(({ user }) => user.scope))).toEqual(new Set(['user:basic']));
  expect(wire.sentTo(TOTP)).toHaveLength(1);
  expect(events.filter(([name]) => name === 'mfaCompletionSuccess')).toHaveLength(1);
});

test('twenty wrong codes at once cost one attempt', async () => {
  const { client, signIn, enrol } = await createClientOn();
  await signIn('ada@example.com');
  await enrol();
  await logout(client);
  await signIn('ada@example.com');
  const submit = () => authenticateTotpMfaDevice({ code: '000000' }, client).catch((error: unknown) => error);
  const errors = await twenty(submit);
  expect(errors[0]).toMatchObject({ serverCode: 'mfa_invalid_code', attemptsLeft: 4 });
  expect(new Set(errors).size).toBe(1);
});

test('what is read after a change was not asked for before it', async () => {
  const { client, wire, signIn, enrol } = await createClientOn();
  await signIn();
  const { deviceId } = await enrol();
  wire.sent.length = 0;
  const before = getMfaDevices(client);
  const change = setDefaultMfaDevice({ deviceId }, client);
  const during = getMfaDevices(client);
  await change;
  await Promise.all([before, during, getMfaDevices(client)]);
  expect(wire.sentTo(DEVICES)).toHaveLength(3);
});

test('who gives up is told at once, and the request ends when nobody waits any more', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  wire.hold(DEVICES);
  const [one, other] = [new AbortController(), new AbortController()];
  const first = getMfaDevices(withSignal(client, one.signal));
  const second = getMfaDevices(withSignal(client, other.signal));
  await expect.poll(() => wire.sentTo(DEVICES).length).toBe(1);
  const { signal } = wire.sentTo(DEVICES)[0]?.request ?? {};
  one.abort();
  await expect(first).rejects.toMatchObject({ code: 'cancelled', reason: 'aborted' });
  expect(signal?.aborted).toBe(false);
  other.abort();
  await expect(second).rejects.toMatchObject({ reason: 'aborted' });
  await expect.poll(() => signal?.aborted).toBe(true);
});

test('who gave up before asking sends nothing', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  wire.sent.length = 0;
  const asked = getMfaDevices(withSignal(client, AbortSignal.abort()));
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  expect(wire.sent).toEqual([]);
});

test('unmounting and mounting in one go, as StrictMode does, joins the request under way', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  const release = wire.hold(BEGIN);
  const unmounted = new AbortController();
  const first = registerTotpMfaDevice(withSignal(client, unmounted.signal)).catch((error: unknown) => error);
  unmounted.abort();
  const second = registerTotpMfaDevice(withSignal(client, new AbortController().signal));
  expect(await first).toMatchObject({ reason: 'aborted' });
  await expect.poll(() => wire.sentTo(BEGIN).length).toBe(1);
  release();
  expect((await second).type).toBe('totp');
  expect(wire.sentTo(BEGIN)).toHaveLength(1);
});

test('an unmount while a code is checked keeps no token and tells no failure', async () => {
  const { client, wire, signIn, enrol, code, events } = await createClientOn();
  await signIn();
  const { secret } = await enrol();
  wire.sent.length = events.length = 0;
  wire.hold(TOTP);
  const unmounted = new AbortController();
  const proof = authenticateTotpMfaDevice(
    { code: code(secret), createMfaTokenOptions: { singleUse: true } },
    withSignal(client, unmounted.signal),
  );
  await expect.poll(() => wire.sentTo(TOTP).length).toBe(1);
  unmounted.abort();
  await expect(proof).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => wire.sentTo(TOTP)[0]?.request.signal.aborted).toBe(true);
  expect(client.mfaToken).toBeNull();
  expect(events).toEqual([]);
});

test.each([
  ['signing out', false],
  ['somebody else signed in', true],
])('an answer that arrives after %s changes nothing', async (_, isReplaced) => {
  const { client, wire, signIn, enrol, code } = await createClientOn();
  await signIn('ada@example.com');
  const { secret } = await enrol();
  await logout(client);
  await signIn('ada@example.com');
  wire.sent.length = 0;
  const release = wire.holdAnswer(TOTP);
  const proof = authenticateTotpMfaDevice({ code: code(secret) }, client);
  await expect.poll(() => wire.sentTo(TOTP).length).toBe(1);
  if (isReplaced) await signIn('grace@example.com');
  else await logout(client);
  release();
  await expect(proof).rejects.toMatchObject({ code: 'cancelled', reason: 'signedOut' });
  expect(client.user?.email).toBe(isReplaced ? 'grace@example.com' : undefined);
});

test('a request given up that never ends does not stand in the way of the next', async () => {
  const { client, wire, signIn } = await createClientOn();
  await signIn();
  wire.answer(DEVICES, () => new Promise(() => {}));
  const unmounted = new AbortController();
  const given = getMfaDevices(withSignal(client, unmounted.signal));
  await expect.poll(() => wire.sentTo(DEVICES).length).toBe(1);
  unmounted.abort();
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => wire.sentTo(DEVICES)[0]?.request.signal.aborted).toBe(true);
  expect(await getMfaDevices(client)).toEqual([]);
});

test('a request refused for want of a session after signing out signs nobody in again', async () => {
  const { client, wire, signIn, enrol, code } = await createClientOn();
  await signIn('ada@example.com');
  const { secret } = await enrol();
  await logout(client);
  await signIn('ada@example.com');
  const release = wire.hold(TOTP);
  const proof = authenticateTotpMfaDevice({ code: code(secret) }, client).catch((error: unknown) => error);
  await expect.poll(() => wire.sentTo(TOTP).length).toBe(1);
  await logout(client);
  release();
  await proof;
  expect(client.session.getSnapshot().status).toBe('signedOut');
  expect(client.token).toBeNull();
});

test('closing a client ends what is under way; it can be used again', async () => {
  const { client, wire, signIn, server } = await createClientOn();
  await signIn();
  wire.hold('GET /users/mfa/methods?verifiedOnly=true');
  const asked = getMfaMethods(client);
  await expect.poll(() => wire.sentTo('GET /users/mfa/methods?verifiedOnly=true').length).toBe(1);
  client.close();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled', reason: 'closed' });
  expect(await getMfaDevices(client)).toEqual([]);
  await server.close();
});
