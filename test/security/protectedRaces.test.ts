/**
 * Threat: one approval moves the money more than once, because several server processes each read it before any of them
 * writes. S-34.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Enrolled, type HttpAnswer, removeProgram, type ServerPair, startPair } from '../support/http.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';
import { totpCode } from '../support/totp.js';

// A thousand requests take seconds where other tests share the machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

const ACTION = 'wallet.waas.sign';
const trials = process.env.MFA_SOAK === '1' ? 20 : 2;
const many = (count: number) => Array.from({ length: count }, (_, index) => index);
const accepted = (answers: HttpAnswer[]) => answers.filter(({ status }) => status === 200);

let database: FreshDatabase;
let folder: string;
let pair: ServerPair;
let embedded: ServerPair;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-protected-'));
  pair = await startPair({ postgres: database.url });
  embedded = await startPair({ sqlite: join(folder, 'mfa.db') });
});

afterAll(async () => {
  const errors = [...(await pair.errors()), ...(await embedded.errors())];
  expect(errors.filter((error) => !error.includes('StoreBusyError'))).toEqual([]);
  await Promise.all([pair.close(), embedded.close()]);
  await removeProgram();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const prove = async (pair: ServerPair, person: Enrolled, asked: object) => {
  await pair.advance(30_000);
  const code = totpCode(person.secret, pair.clock());
  const shot = { method: 'POST', path: '/users/mfa/auth/totp', token: person.token, body: { code, ...asked } };
  return (await pair.send(shot)).body;
};

const shoot = (pair: ServerPair, person: Enrolled, count: number, headers: Record<string, string>, body?: object) => {
  const shot = { method: 'POST', path: `/protected/${ACTION}`, token: person.token, headers };
  return pair.sendAll(many(count).map(() => ({ ...shot, ...(body && { body }) })));
};

/** All but one are refused, each with the demand for another proof, and the log says so. */
const expectOnce = async (pair: ServerPair, person: Enrolled, answers: HttpAnswer[], before: number) => {
  expect(accepted(answers)).toHaveLength(1);
  expect((await pair.executed()) - before).toBe(1);
  const refused = answers.filter(({ status }) => status === 401);
  for (const { body } of refused) expect(body.code).toBe('insufficient_user_authentication');
  // Whoever found no place in the queue for five seconds is told to come again.
  const turnedAway = answers.filter(({ body }) => body.code === 'temporarily_unavailable');
  expect(refused.length + turnedAway.length).toBe(answers.length - 1);
  const events = (await pair.audit(person.userId)).map(({ event }) => event);
  expect(events.filter((event) => event === 'token_used')).toHaveLength(1);
  expect(events.filter((event) => event === 'token_refused')).toHaveLength(refused.length);
};

describe('S-34 one single-use token, a thousand protected calls at once over two processes', () => {
  const executesOnce = async (pair: ServerPair, count: number) => {
    const person = await pair.enrol();
    const { mfaToken = '' } = await prove(pair, person, { createMfaToken: { singleUse: true }, action: ACTION });
    const before = await pair.executed();
    const answers = await shoot(pair, person, count, { 'x-mfa-auth-token': mfaToken });
    await expectOnce(pair, person, answers, before);
  };

  test.each(many(trials))('executes once (PostgreSQL, trial %i)', () => executesOnce(pair, 1000));
  test('executes once (embedded)', () => executesOnce(embedded, 300));

  test('executes once when it is bound to a payload', async () => {
    const person = await pair.enrol();
    const payload = { to: 'harbor', amount: 12 };
    const asked = { createMfaToken: { singleUse: true }, action: ACTION, payload };
    const { mfaToken = '' } = await prove(pair, person, asked);
    const before = await pair.executed();
    const answers = await shoot(pair, person, 300, { 'x-mfa-auth-token': mfaToken }, payload);
    await expectOnce(pair, person, answers, before);
  });
});

test('one single-use elevated access token executes once as well', async () => {
  const person = await pair.enrol();
  const { elevatedAccessToken } = await prove(pair, person, { requestedScopes: ['wallet:sign'] });
  const before = await pair.executed();
  const headers = { 'x-dyn-elevated-access-token': elevatedAccessToken ?? '' };
  await expectOnce(pair, person, await shoot(pair, person, 300, headers), before);
});

test('one challenge, answered by two good proofs at once, earns one token', async () => {
  const person = await pair.enrol();
  const [refused] = await shoot(pair, person, 1, {}, { amount: 1 });
  const challengeId = refused?.body.payload?.challengeId;
  await pair.advance(30_000);
  const body = { challengeId, createMfaToken: { singleUse: true } };
  const proofs = [
    { path: '/users/mfa/auth/totp', code: totpCode(person.secret, pair.clock()) },
    { path: '/users/mfa/auth/totp', code: totpCode(person.secret, pair.clock(), 1) },
  ];
  const answers = await pair.sendAll(
    proofs.map(({ path, code }) => ({ method: 'POST', path, token: person.token, body: { ...body, code } })),
  );
  expect(accepted(answers)).toHaveLength(1);
  expect(answers.map(({ body: { mfaToken } }) => mfaToken !== undefined)).toContain(false);
});

test('ten tokens of one proof execute ten times', async () => {
  const person = await pair.enrol();
  const asked = { createMfaToken: { singleUse: true, count: 10 }, action: ACTION };
  const { mfaTokens = [] } = await prove(pair, person, asked);
  const before = await pair.executed();
  const shot = { method: 'POST', path: `/protected/${ACTION}`, token: person.token };
  const shots = mfaTokens.flatMap((token) => many(10).map(() => ({ ...shot, headers: { 'x-mfa-auth-token': token } })));
  expect(accepted(await pair.sendAll(shots))).toHaveLength(10);
  expect((await pair.executed()) - before).toBe(10);
});
