/**
 * Threat: somebody sends one good code many times at once, to several server processes, hoping that each of them reads
 * before any of them writes. S-02, S-03, S-08, S-09, S-14, S-15, S-31, S-40.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { type HttpAnswer, removeProgram, type ServerPair, startPair } from '../support/http.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';
import { origin } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';
import { totpCode, wrongCode } from '../support/totp.js';

// A thousand requests take seconds where other tests share the machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const trials = process.env.MFA_SOAK === '1' ? 20 : 3;
const embeddedTrials = process.env.MFA_SOAK === '1' ? 20 : 1;
const many = (count: number) => Array.from({ length: count }, (_, index) => index);
const TOTP = { method: 'POST', path: '/users/mfa/auth/totp' };
const RECOVERY = { method: 'POST', path: '/users/mfa/auth/recovery' };

const accepted = (answers: HttpAnswer[]) => answers.filter(({ status }) => status === 200);

let database: FreshDatabase;
let folder: string;
let pair: ServerPair;
let embedded: ServerPair;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-races-'));
  pair = await startPair({ postgres: database.url });
  embedded = await startPair({ sqlite: join(folder, 'mfa.db') });
});

afterAll(async () => {
  expect([...(await pair.errors()), ...(await embedded.errors())]).toEqual([]);
  await Promise.all([pair.close(), embedded.close()]);
  await removeProgram();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('one good code of an authenticator app, a thousand times at once over two processes', () => {
  const upgradesOnce = async (pair: ServerPair) => {
    const person = await pair.enrol();
    const token = await pair.signIn(person.subject);
    const code = totpCode(person.secret, pair.clock(), 1);
    const answers = await pair.sendAll(many(1000).map(() => ({ ...TOTP, token, body: { code } })));

    expect(accepted(answers)).toHaveLength(1);
    const refused = new Map(
      answers
        .filter(({ status }) => status !== 200)
        .map(({ text, body }) => [text.replace(/"lockedUntil":\d+/, ''), body.code]),
    );
    const expected = ['mfa_invalid_code', 'mfa_rate_limited', 'session_ended'];
    for (const code of refused.values()) expect(expected).toContain(code);
    // One body each: nothing in it tells how close a request came.
    expect(refused.size).toBe(new Set(refused.values()).size);
    const full = accepted(answers)[0]?.body.minifiedJwt ?? '';
    const methods = await pair.send({ method: 'GET', path: '/users/mfa/methods', token: full });
    expect(methods.body.factors?.totp).toEqual({ lockedUntil: null, isSuspended: false });
    const audit = await pair.audit(person.userId);
    expect(audit.filter(({ event }) => event === 'totp_ok')).toHaveLength(1);
    expect(audit.filter(({ event }) => event === 'session_upgraded')).toHaveLength(1);
    expect((await pair.send({ method: 'GET', path: '/session', token }, 1)).body.code).toBe('session_ended');
  };

  test.each(many(trials))('S-02 upgrades one session, once (PostgreSQL, trial %i)', () => upgradesOnce(pair));
  test.each(many(embeddedTrials))('S-02 upgrades one session, once (embedded, trial %i)', () => upgradesOnce(embedded));

  test('S-02 in a session that is full already, and costs its owner no tries', async () => {
    const person = await pair.enrol();
    const code = totpCode(person.secret, pair.clock(), 1);
    const answers = await pair.sendAll(many(1000).map(() => ({ ...TOTP, token: person.token, body: { code } })));
    expect(accepted(answers)).toHaveLength(1);
    await pair.advance(30_000);
    const next = { code: totpCode(person.secret, pair.clock(), 1) };
    expect((await pair.send({ ...TOTP, token: person.token, body: next })).status).toBe(200);
  });

  test('S-03 whichever of nine doors it is taken to', async () => {
    const person = await pair.enrol();
    const stale = async () => {
      await pair.advance(30_000);
      const waiting = await pair.signIn(person.subject);
      const body = { code: totpCode(person.secret, pair.clock()) };
      return (await pair.send({ ...TOTP, token: waiting, body })).body.minifiedJwt ?? '';
    };
    const [action, add, remove, renew] = [await stale(), await stale(), await stale(), await stale()];
    const [approve, elevate] = [await stale(), await stale()];
    await pair.advance(301_000);
    const login = await pair.signIn(person.subject);
    const code = totpCode(person.secret, pair.clock());
    const doors = [
      { ...TOTP, token: login, body: { code } },
      { ...TOTP, token: action, body: { code, createMfaToken: { singleUse: true } } },
      { method: 'POST', path: '/users/mfa/register/totp', token: add, body: { type: 'totp', code } },
      { method: 'DELETE', path: `/users/mfa/${person.deviceId}`, token: remove, body: { code } },
      { method: 'POST', path: '/users/mfa/recovery', token: renew, body: { code } },
      {
        ...TOTP,
        token: approve,
        body: { code, createMfaToken: { singleUse: true }, action: 'wallet.waas.sign', payload: { amount: 1 } },
      },
      { ...TOTP, token: elevate, body: { code, requestedScopes: ['credential:link'] } },
      { ...RECOVERY, token: elevate, body: { code } },
      {
        method: 'POST',
        path: '/emailVerifications/verify',
        token: elevate,
        body: { verificationUUID: crypto.randomUUID(), verificationToken: code },
      },
    ];
    const answers = await pair.sendAll(many(112).flatMap(() => doors));
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  });
});

describe('wrong codes, a thousand at once over two processes', () => {
  test.each(many(trials))('S-08 are looked at five times at most (trial %i)', async () => {
    const person = await pair.enrol();
    const token = await pair.signIn(person.subject);
    const shots = many(1000).map((index) => ({
      ...TOTP,
      token,
      body: { code: wrongCode(person.secret, pair.clock(), index) },
    }));
    const answers = await pair.sendAll(shots);
    const checked = answers.filter(({ body }) => body.code === 'mfa_invalid_code');
    const limited = answers.filter(({ status }) => status === 429);
    expect(checked.length).toBeLessThanOrEqual(5);
    expect(limited.length).toBeGreaterThanOrEqual(995);
    expect(checked.length + limited.length).toBe(1000);
    for (const { headers, body } of limited) {
      expect(body.code).toBe('mfa_rate_limited');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const audit = await pair.audit(person.userId);
    expect(audit.filter(({ event }) => event === 'totp_fail')).toHaveLength(checked.length);

    const good = { code: totpCode(person.secret, pair.clock(), 1) };
    expect((await pair.send({ ...TOTP, token, body: good })).status).toBe(429);
    await pair.advance(30_000);
    expect((await pair.send({ ...TOTP, token, body: good })).status).toBe(200);
  });

  test('S-08 the same for recovery codes', async () => {
    const person = await pair.enrol();
    const token = await pair.signIn(person.subject);
    const answers = await pair.sendAll(
      many(1000).map(() => ({ ...RECOVERY, token, body: { code: 'ABCD-EFGH-JKMN-PQRS' } })),
    );
    expect(answers.filter(({ body }) => body.code === 'mfa_invalid_code').length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(995);
  });

  test('S-09 from a hundred sessions that each claim another address', async () => {
    const person = await pair.enrol();
    const tokens = await Promise.all(many(100).map(() => pair.signIn(person.subject)));
    const shots = many(1000).map((index) => ({
      ...TOTP,
      token: tokens[index % 100],
      headers: { 'x-forwarded-for': `203.0.113.${index % 250}`, 'x-real-ip': `198.51.100.${index % 250}` },
      body: { code: wrongCode(person.secret, pair.clock(), index) },
    }));
    const answers = await pair.sendAll(shots);
    expect(answers.filter(({ body }) => body.code === 'mfa_invalid_code').length).toBeLessThanOrEqual(5);
    expect(accepted(answers)).toEqual([]);
  });
});

describe('one recovery code, a thousand times at once over two processes', () => {
  test.each(many(trials))('S-14 is good once, and never again (trial %i)', async () => {
    const person = await pair.enrol();
    const code = person.codes[0];
    const tokens = await Promise.all(many(20).map(() => pair.signIn(person.subject)));
    const shots = many(1000).map((index) => ({ ...RECOVERY, token: tokens[index % 20], body: { code } }));
    const answers = await pair.sendAll(shots);
    expect(accepted(answers)).toHaveLength(1);
    expect(accepted(answers)[0]?.body.recoveryCodesLeft).toBe(9);

    await pair.advance(3_600_000 - 60_000);
    const again = await pair.signIn(person.subject);
    const later = await pair.sendAll(many(100).map(() => ({ ...RECOVERY, token: again, body: { code } })));
    expect(accepted(later)).toEqual([]);
  });

  test('S-15 using one leaves the other nine good', async () => {
    const person = await pair.enrol();
    for (const [index, code] of person.codes.entries()) {
      await pair.advance(60_000);
      const token = await pair.signIn(person.subject);
      const answers = await pair.sendAll(many(20).map(() => ({ ...RECOVERY, token, body: { code } })));
      expect(accepted(answers).map(({ body }) => body.recoveryCodesLeft)).toEqual([9 - index]);
    }
  });
});

describe('one answer of a passkey, a thousand times at once over two processes', () => {
  const acceptsOnce = async (pair: ServerPair) => {
    const person = await pair.enrol();
    const authenticator = new SoftAuthenticator({ origin });
    const begin = async (path: string, token: string) => (await pair.send({ method: 'GET', path, token })).body;
    const wanted = (await begin('/users/passkeys/register', person.token)) as unknown as PasskeyRegistrationOptions;
    const body = authenticator.register(wanted);
    await pair.send({ method: 'POST', path: '/users/passkeys/register', token: person.token, body });

    const token = await pair.signIn(person.subject);
    const asked = (await begin('/users/passkeys/authenticate', token)) as PasskeyAuthenticationOptions;
    const proof = { method: 'POST', path: '/users/mfa/auth/passkey', token, body: authenticator.authenticate(asked) };
    const answers = await pair.sendAll(many(1000).map(() => proof));
    expect(accepted(answers)).toHaveLength(1);
    expect(accepted(answers)[0]?.body.user?.scope).toBe('user:basic');
    for (const { status, body } of answers) {
      if (status !== 200) expect(['passkey_challenge_expired', 'session_ended']).toContain(body.code);
    }
    const audit = await pair.audit(person.userId);
    expect(audit.filter(({ event }) => event === 'passkey_ok')).toHaveLength(1);
    expect(audit.filter(({ event }) => event === 'session_upgraded')).toHaveLength(1);
    expect((await pair.send({ method: 'GET', path: '/session', token }, 1)).body.code).toBe('session_ended');
  };

  test.each(many(trials))('S-40 is accepted once, and upgrades one session (PostgreSQL, trial %i)', () =>
    acceptsOnce(pair),
  );
  test.each(many(embeddedTrials))('S-40 is accepted once, and upgrades one session (embedded, trial %i)', () =>
    acceptsOnce(embedded),
  );
});

test('S-31 every good factor at once makes one new session of one that waits, and ends the old token everywhere', async () => {
  const person = await pair.enrol();
  const token = await pair.signIn(person.subject);
  const code = totpCode(person.secret, pair.clock(), 1);
  const shots = many(1000).map((index) =>
    index % 2 === 0
      ? { ...TOTP, token, body: { code } }
      : { ...RECOVERY, token, body: { code: person.codes[index % 10] } },
  );
  const answers = await pair.sendAll(shots);
  expect(accepted(answers)).toHaveLength(1);
  for (const process of [0, 1]) {
    const old = await pair.send({ method: 'GET', path: '/session', token }, process);
    expect(old.status).toBe(401);
    expect(old.body.code).toBe('session_ended');
  }
  const audit = await pair.audit(person.userId);
  expect(audit.filter(({ event }) => event === 'session_upgraded')).toHaveLength(1);
});
