// Threat: codes, secrets and tokens stay behind: in errors, on the console, in storage, in a cache (C-03, C-04, C-06).
import { inspect } from 'node:util';
import { dehydrate, MutationCache, MutationObserver, QueryClient } from '@tanstack/react-query';
import {
  acknowledgeRecoveryCodes,
  authenticateMfaRecoveryCode,
  authenticateTotpMfaDevice,
  getMfaRecoveryCodes,
  logout,
  registerTotpMfaDevice,
  signInWithExternalJwt,
  updateUser,
} from 'mfa-kit/client';
import { afterEach, expect, test, vi } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { refusal } from '../support/faultyWire.js';
import { holdTime, passTimeUntil } from '../support/passTime.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const everythingOf = (error: unknown): string => {
  const seen = error as Error & { cause?: unknown };
  return [seen.message, seen.stack, JSON.stringify(seen), inspect(seen, { depth: 9, showHidden: true }), seen.cause]
    .map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 9, showHidden: true })))
    .join('\n');
};

test('no error holds what was typed, what was stored or what the server sent', async () => {
  const { client, wire, signIn, enrol, code } = await createClientOn();
  await signIn();
  const { secret } = await enrol();
  const { mfaToken = '' } = await authenticateTotpMfaDevice(
    { code: code(secret), createMfaTokenOptions: { singleUse: false } },
    client,
  );
  const canaries = [
    '482913',
    'CANARYCANARY0000',
    'eyJ.canary.jwt',
    'canary-sentence',
    mfaToken,
    client.token ?? 'none',
  ];
  const answers: [string, () => Response | Promise<Response>][] = [
    ['wrong code', () => refusal(422, 'mfa_invalid_code')],
    [
      'canaries in the refusal',
      () => Response.json({ error: 'canary-sentence 482913', code: 'server_error' }, { status: 500 }),
    ],
    ['unreadable', () => new Response('{"token":"canary-sentence 482913', { status: 200 })],
    ['quoted by the parser', () => new Response('x482913', { status: 200 })],
    ['unreadable refusal', () => new Response('canary-sentence 482913', { status: 400 })],
    ['wrong form', () => Response.json({ user: 'canary-sentence', expiresAt: '482913' })],
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch'))],
  ];
  holdTime();
  const printed: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...all) => void printed.push(inspect(all, { depth: 9 })));
  }
  const calls = [
    ['POST /users/mfa/auth/totp', () => authenticateTotpMfaDevice({ code: '482913' }, client)],
    ['POST /users/mfa/auth/recovery', () => authenticateMfaRecoveryCode({ code: 'CANARYCANARY0000' }, client)],
    ['POST /externalAuth/signin', () => signInWithExternalJwt({ externalJwt: 'eyJ.canary.jwt' }, client)],
    ['PUT /users', () => updateUser({ userFields: { firstName: '482913' } }, client)],
  ] as const;
  for (const [what, call] of calls) {
    for (const [, answer] of answers) {
      wire.answer(what, answer, 3);
      const error = await passTimeUntil(call(), wire).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(Error);
      const text = everythingOf(error) + printed.join('\n');
      expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
      // Whatever of this answer was not used must not answer the next call.
      wire.sent.length = 0;
      wire.forget();
    }
  }
});

test('after a whole flow nothing is on the console, in a URL or in the page', async () => {
  const printed: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...all) => void printed.push(all));
  }
  const before = Object.getOwnPropertyNames(globalThis);
  const { client, wire, signIn, code } = await createClientOn();
  await signIn();
  const { id, secret } = await registerTotpMfaDevice(client);
  await authenticateTotpMfaDevice({ code: code(secret), deviceId: id }, client);
  const { recoveryCodes } = await getMfaRecoveryCodes(client);
  await acknowledgeRecoveryCodes(client);
  const token = client.token ?? 'none';
  await logout(client);
  expect(printed).toEqual([]);
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
  const urls = wire.sent.map(({ url }) => url).join('\n');
  for (const canary of [secret, token, code(secret), ...recoveryCodes]) expect(urls).not.toContain(canary);
  expect(inspect(client, { depth: 20, showHidden: true, getters: true })).not.toContain(secret);
});

test('a result that a cache keeps or dehydrates holds no session token', async () => {
  const { client, signIn, enrol, code } = await createClientOn();
  await signIn('ada@example.com');
  const { secret } = await enrol();
  await logout(client);
  await signIn('ada@example.com');
  const queryClient = new QueryClient({ mutationCache: new MutationCache() });
  const observer = new MutationObserver(queryClient, {
    mutationFn: () => authenticateTotpMfaDevice({ code: code(secret) }, client),
  });
  await observer.mutate();
  const kept = JSON.stringify(
    queryClient
      .getMutationCache()
      .getAll()
      .map(({ state }) => state),
  );
  const dehydrated = JSON.stringify(dehydrate(queryClient, { shouldDehydrateMutation: () => true }));
  expect(client.token).toMatch(/^ey/);
  for (const text of [kept, dehydrated]) expect(text).not.toContain(client.token);
});
