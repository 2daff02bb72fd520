/**
 * Threat: somebody else's code, an old set, a set shown twice, or a database dump opens the door that recovery codes are.
 * S-16 to S-20.
 */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_ROUNDS, newRecoveryCode } from '../../src/server/recoveryCodes.js';
import { createDatabaseFile, type DatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const RECOVERY = '/users/mfa/auth/recovery';
const CODES = '/users/mfa/recovery';

const startWith = async (changes = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada };
};

const userIdOf = async (person: Person) => (await person.send('GET', '/users')).body.id ?? '';

let file: DatabaseFile | undefined;
afterEach(() => {
  file?.remove();
  file = undefined;
});

describe('whose code it is', () => {
  test("S-16 another user's unused code is refused, and stays good for its owner", async () => {
    const { server, ada } = await startWith();
    const bob = new Person(server);
    await bob.enrol();
    expect((await ada.send('POST', RECOVERY, { code: bob.codes[0] })).body.code).toBe('mfa_invalid_code');
    expect((await bob.send('POST', RECOVERY, { code: bob.codes[0] })).status).toBe(200);
  });

  test("S-16 another user's rows, moved whole in the database, open nothing", async () => {
    file = createDatabaseFile();
    const { server, ada } = await startWith({ store: file.store });
    const bob = new Person(server);
    await bob.enrol();
    const [adaId, bobId] = [await userIdOf(ada), await userIdOf(bob)];
    file.change(`DELETE FROM mfa_recovery_code WHERE user_id = '${adaId}'`);
    file.change(`DELETE FROM mfa_recovery_set WHERE user_id = '${adaId}'`);
    file.change(`UPDATE mfa_recovery_code SET user_id = '${adaId}' WHERE user_id = '${bobId}'`);
    file.change(`UPDATE mfa_recovery_set SET user_id = '${adaId}' WHERE user_id = '${bobId}'`);
    expect((await ada.send('GET', '/users/mfa/methods')).body.factors?.recovery.left).toBe(10);
    for (const code of bob.codes.slice(0, 3)) {
      expect((await ada.send('POST', RECOVERY, { code })).body.code).toBe('mfa_invalid_code');
    }
    await server.close();
  });

  test('S-16 case, hyphens, spaces and look-alikes do not matter', async () => {
    const { ada } = await startWith();
    const written = (index: number) => ada.codes[index] ?? '';
    const ways = [
      written(0).toLowerCase(),
      written(1).replaceAll('-', ''),
      ` ${written(2).replaceAll('-', ' ')} `,
      written(3).replaceAll('0', 'o').replaceAll('1', 'l'),
      written(4).replaceAll('0', 'O').replaceAll('1', 'I'),
    ];
    for (const code of ways) expect((await ada.send('POST', RECOVERY, { code })).status).toBe(200);
  });
});

describe('how long a code is', () => {
  /** What the published view takes (contract §1.5). */
  const published = /^[a-zA-Z0-9]{10}$/;

  test('ten symbols where the server is told so, which the published view takes, in any spelling', async () => {
    const { ada } = await startWith({ recoveryCodes: { length: 10 } });
    expect(ada.codes).toHaveLength(10);
    for (const code of ada.codes) expect(code).toMatch(published);
    const [first = '', second = '', third = ''] = ada.codes;
    for (const code of [first.toLowerCase(), `${second.slice(0, 5)}-${second.slice(5)}`, ` ${third} `]) {
      expect((await ada.send('POST', RECOVERY, { code })).status).toBe(200);
    }
    expect((await ada.send('POST', RECOVERY, { code: first })).body.code).toBe('mfa_invalid_code');
    expect((await ada.send('POST', RECOVERY, { code: third.slice(0, 9) })).body.code).toBe('mfa_invalid_code');
  });

  test.each([
    [undefined, { length: 10 as const }],
    [{ length: 10 as const }, { length: 16 as const }],
  ])('a change from %j to %j leaves the codes there are good, and makes the next ones so', async (before, after) => {
    const { server, ada } = await startWith({ recoveryCodes: before });
    const { store } = server.options;
    const later = await startTestServer({ store, clock: server.clock, recoveryCodes: after });
    const there = new Person(later, ada.email);
    there.token = ada.token;
    expect((await there.send('POST', RECOVERY, { code: ada.codes[0] })).status).toBe(200);
    there.secret = ada.secret;
    await there.authenticate();
    const renewed = (await there.send('POST', CODES)).body.recoveryCodes ?? [];
    expect(renewed[0]?.replaceAll('-', '')).toHaveLength(after.length);
    // The old ones until the new ones are saved, and the new ones from then on.
    expect((await there.send('POST', RECOVERY, { code: ada.codes[1] })).status).toBe(200);
    await there.acknowledge();
    expect((await there.send('POST', RECOVERY, { code: ada.codes[2] })).body.code).toBe('mfa_invalid_code');
    expect((await there.send('POST', RECOVERY, { code: renewed[0] })).status).toBe(200);
  });
});

describe('old and new sets', () => {
  test('S-17 the old set works until the new one is acknowledged, and never both', async () => {
    const { ada } = await startWith();
    const old = ada.codes;
    const renewed = (await ada.send('POST', CODES)).body.recoveryCodes ?? [];
    expect((await ada.send('POST', RECOVERY, { code: renewed[0] })).status).toBe(422);
    expect((await ada.send('POST', RECOVERY, { code: old[0] })).status).toBe(200);
    await ada.acknowledge();
    expect((await ada.send('POST', RECOVERY, { code: old[1] })).status).toBe(422);
    expect((await ada.send('POST', RECOVERY, { code: renewed[0] })).status).toBe(200);
  });

  test('S-18 there are none before a verified factor, and none after the last one', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    for (const method of ['GET', 'POST']) {
      expect(await ada.send(method, CODES)).toMatchObject({ status: 403, body: { code: 'mfa_enrollment_required' } });
    }
    await ada.enrol();
    expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`)).status).toBe(204);
    expect((await ada.send('GET', '/users/mfa/methods')).body.factors?.recovery.left).toBe(0);
    expect((await ada.send('GET', '/users')).body.mfaBackupCodeAcknowledgement).toBeNull();
    await ada.signIn();
    expect((await ada.send('POST', RECOVERY, { code: ada.codes[0] })).status).toBe(422);
  });

  test('switched off in the policy, there are none and nothing waits for them', async () => {
    const policy = { methods: [{ type: 'totp' as const, enabled: true, allowBackupCodes: false }] };
    const server = await startTestServer({ policy });
    const ada = new Person(server);
    await ada.enrol();
    expect((await ada.send('GET', '/users')).body.mfaBackupCodeAcknowledgement).toBeNull();
    expect((await ada.send('POST', CODES)).body.code).toBe('mfa_recovery_codes_unavailable');
  });

  test('the log and a notification say when three are left', async () => {
    const { server, ada } = await startWith();
    for (const code of ada.codes.slice(0, 7)) await ada.send('POST', RECOVERY, { code });
    const events = (await server.mfa.admin.listAudit(await userIdOf(ada))).map(({ event }) => event);
    expect(events.filter((event) => event === 'recovery_low')).toHaveLength(1);
    expect(server.notifications.filter(({ type }) => type === 'recovery_codes_low')).toEqual([
      expect.objectContaining({ recoveryCodesLeft: 3 }),
    ]);
  });
});

describe('S-19 what a set is made of', () => {
  test('a hundred thousand codes: none twice, every symbol as often as another', () => {
    const codes = Array.from({ length: 100_000 }, newRecoveryCode);
    expect(new Set(codes).size).toBe(codes.length);
    const counts = new Map<string, number>();
    for (const code of codes) {
      expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      for (const symbol of code.replaceAll('-', '')) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    }
    const expected = (codes.length * 16) / 32;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(32);
    // 31 degrees of freedom, p = 0.001.
    expect(chiSquare).toBeLessThan(61.1);
  });

  test('where published clients must take them, ten symbols in one piece, as likely as each other', () => {
    const codes = Array.from({ length: 10_000 }, () => newRecoveryCode(10));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(new Set(codes.join('')).size).toBe(32);
  });

  test('production hashes with 210,000 rounds, kept beside the salt of the set', async () => {
    expect(DEFAULT_ROUNDS).toBe(210_000);
    file = createDatabaseFile();
    const { server } = await startWith({ store: file.store, recoveryCodeRounds: undefined });
    expect(file.rows('SELECT rounds, length(salt) AS salt FROM mfa_recovery_set')).toEqual([
      { rounds: 210_000, salt: 22 },
    ]);
    await server.close();
  });

  test('a dump holds neither a code nor a fast hash of one', async () => {
    file = createDatabaseFile();
    const { server, ada } = await startWith({ store: file.store });
    const pending = (await ada.send('POST', CODES)).body.recoveryCodes ?? [];
    const dump = file.dump();
    for (const code of [...ada.codes, ...pending]) {
      for (const form of [code, code.replaceAll('-', ''), code.toLowerCase()]) {
        expect(dump).not.toContain(form);
        for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
          for (const encoding of ['hex', 'base64', 'base64url'] as const) {
            expect(dump).not.toContain(createHash(algorithm).update(form).digest(encoding));
          }
        }
      }
    }
    await server.close();
  });
});

describe('S-20 when a set is shown', () => {
  test('only while pending, to any full session with a real factor proven in the last five minutes', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    const shown = (await ada.send('GET', CODES)).body;
    server.clock.advance(300_000);
    expect((await ada.send('GET', CODES)).status).toBe(200);
    server.clock.advance(1_000);
    const stale = await ada.send('GET', CODES);
    expect(stale).toMatchObject({
      status: 403,
      body: { code: 'elevated_access_token_required', payload: { satisfiedBy: ['totp'] } },
    });
    const other = new Person(server, ada.email);
    other.secret = ada.secret;
    await other.signIn();
    expect((await other.send('GET', CODES)).body.code).toBe('insufficient_scope');
    await other.authenticate();
    expect((await other.send('GET', CODES)).body).toEqual(shown);
    const [used] = shown.recoveryCodes ?? [];
    const third = new Person(server, ada.email);
    await third.signIn();
    await third.send('POST', RECOVERY, { code: used });
    expect((await third.send('GET', CODES)).status).toBe(403);
  });

  test('after acknowledgement nothing gives them back, and the row holds no ciphertext', async () => {
    file = createDatabaseFile();
    const { server, ada } = await startWith({ store: file.store });
    expect((await ada.send('GET', CODES)).body).toEqual({ count: 10, recoveryCodes: [] });
    expect((await ada.acknowledge()).status).toBe(200);
    expect(file.rows('SELECT sealed FROM mfa_recovery_set')).toEqual([{ sealed: null }]);
    await server.close();
  });

  test('a day without acknowledgement makes a new set to show, while the first stays good until then', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    const first = (await ada.send('GET', CODES)).body.recoveryCodes ?? [];
    server.clock.advance(24 * 3_600_000 + 1_000);
    await server.mfa.admin.purgeExpired();
    await ada.signInFully();
    const second = (await ada.send('GET', CODES)).body.recoveryCodes ?? [];
    expect(second).toHaveLength(10);
    expect(second).not.toEqual(first);
    expect((await ada.send('GET', CODES)).body.recoveryCodes).toEqual(second);
    expect((await ada.send('POST', RECOVERY, { code: first[0] })).status).toBe(200);
    await ada.acknowledge();
    expect((await ada.send('POST', RECOVERY, { code: first[1] })).status).toBe(422);
    expect((await ada.send('POST', RECOVERY, { code: second[0] })).status).toBe(200);
  });
});
