/**
 * Threat: the power goes between the use of a code and what it was used for: a code lost, a session for nothing, or a
 * guess that was never counted. F-01, S-10.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import libsql from 'libsql';
import { afterAll, describe, expect, test } from 'vitest';
import { type Enrolled, removeProgram, type ServerPair, startPair } from '../support/http.js';
import { freshDatabase } from '../support/postgres.js';
import { wrongCode } from '../support/totp.js';

const rounds = process.env.MFA_SOAK === '1' ? 9 : 3;
const people = process.env.MFA_SOAK === '1' ? 25 : 12;
const many = (count: number) => Array.from({ length: count }, (_, index) => index);

afterAll(removeProgram);

/** Sends everything to process 0 and kills it when so many answers have arrived. Gives the answers that did. */
const sendAndKill = async (pair: ServerPair, shots: Parameters<ServerPair['send']>[0][], after: number) => {
  let arrived = 0;
  let enough = () => {};
  const isTime = new Promise<void>((resolve) => {
    enough = resolve;
  });
  if (after === 0) enough();
  const outcomes = Promise.allSettled(
    shots.map(async (shot) => {
      const answer = await pair.send(shot, 0);
      arrived += 1;
      if (arrived === after) enough();
      return answer;
    }),
  );
  await isTime;
  await pair.killAndRestart(0);
  return (await outcomes).map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : null));
};

const leftOf = async (pair: ServerPair, person: Enrolled) => {
  const token = await pair.signIn(person.subject);
  const { body } = await pair.send({ method: 'GET', path: '/users/mfa/methods', token }, 1);
  return body.factors?.recovery.left ?? -1;
};

const killWhileCodesAreUsed = async (pair: ServerPair) => {
  const crowd: Enrolled[] = [];
  for (const _ of many(people)) crowd.push(await pair.enrol());
  for (const round of many(rounds)) {
    await pair.advance(3_600_000);
    const tokens = await Promise.all(crowd.map((person) => pair.signIn(person.subject)));
    const shots = crowd.map((person, index) => ({
      method: 'POST',
      path: '/users/mfa/auth/recovery',
      token: tokens[index],
      body: { code: person.codes[round] },
    }));
    const answers = await sendAndKill(pair, shots, Math.floor((people * (round + 1)) / (rounds + 1)));
    for (const [index, person] of crowd.entries()) {
      const session = await pair.send({ method: 'GET', path: '/session', token: tokens[index] }, 1);
      const audit = await pair.audit(person.userId);
      const used = 10 - (await leftOf(pair, person));
      expect(audit.filter(({ event }) => event === 'recovery_ok')).toHaveLength(used);
      expect(audit.filter(({ event }) => event === 'session_upgraded')).toHaveLength(used);
      const wasUsedNow = session.body.code === 'session_ended';
      expect(wasUsedNow || session.status === 204).toBe(true);
      // An answer that arrived was kept.
      if (answers[index]?.status === 200) expect(wasUsedNow).toBe(true);
      if (!wasUsedNow) {
        await pair.advance(60_000);
        const again = {
          method: 'POST',
          path: '/users/mfa/auth/recovery',
          token: tokens[index],
          body: { code: person.codes[round] },
        };
        expect((await pair.send(again, 1)).status).toBe(200);
      }
    }
  }
};

const killWhileGuessing = async (pair: ServerPair) => {
  const person = await pair.enrol();
  const token = await pair.signIn(person.subject);
  const guess = (variant: number) => ({
    method: 'POST',
    path: '/users/mfa/auth/totp',
    token,
    body: { code: wrongCode(person.secret, pair.clock(), variant) },
  });
  const answers = await sendAndKill(pair, many(4).map(guess), 2);
  const looked = answers.filter((answer) => answer?.status === 422).length;
  const next = await pair.send(guess(5), 1);
  const counted = next.status === 429 ? 5 : 5 - (next.body.payload?.attemptsLeft ?? 0) - 1;
  expect(counted).toBeGreaterThanOrEqual(looked);
};

describe('a server process killed at any moment', () => {
  test('F-01, S-10 on PostgreSQL: no code is used without its session, no session without its code, no guess uncounted', {
    timeout: 300_000,
  }, async () => {
    const database = await freshDatabase();
    const pair = await startPair({ postgres: database.url });
    await killWhileCodesAreUsed(pair);
    await killWhileGuessing(pair);
    await pair.close();
    await database.drop();
  });

  test('F-01, S-10 on the embedded database: the same, and the file is whole', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-kills-'));
    const file = join(folder, 'mfa.db');
    const pair = await startPair({ sqlite: file });
    await killWhileCodesAreUsed(pair);
    await killWhileGuessing(pair);
    await pair.close();
    const database = new libsql(file);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
