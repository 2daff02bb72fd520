/**
 * Threat: a code is accepted that is not the one the app shows now: another encoding of a used one, one of another time, or
 * the same one again. S-01, S-04 to S-07.
 */
import { Secret } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { codeForStep, matchTotpCode, normaliseTotpCode, timeStepAt } from '../../src/server/totp.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const base32 = (text: string) => Secret.fromLatin1(text).base32;
const TOTP = '/users/mfa/auth/totp';

describe('S-01 the published test vectors', () => {
  const seeds = {
    SHA1: '12345678901234567890',
    SHA256: '12345678901234567890123456789012',
    SHA512: '1234567890123456789012345678901234567890123456789012345678901234',
  };
  const rfc6238: [number, string, string, string][] = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ];
  test.each(rfc6238)('RFC 6238 appendix B at %i s', (seconds, sha1, sha256, sha512) => {
    const step = timeStepAt(seconds * 1000);
    for (const [algorithm, expected] of Object.entries({ SHA1: sha1, SHA256: sha256, SHA512: sha512 })) {
      const secret = base32(seeds[algorithm as keyof typeof seeds]);
      expect(codeForStep(secret, step, { digits: 8, algorithm })).toBe(expected);
    }
  });

  const rfc4226 = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
  test.each(rfc4226.map((code, counter) => [counter, code] as const))(
    'RFC 4226 appendix D at counter %i',
    (counter, code) => {
      expect(codeForStep(base32(seeds.SHA1), counter)).toBe(code);
    },
  );
});

describe('S-04 how a code may be written', () => {
  const digits = (code: string, zero: number) =>
    Array.from(code, (digit) => String.fromCodePoint(zero + Number(digit))).join('');
  const variants: [string, (code: string) => unknown][] = [
    ['space in the middle', (code) => `${code.slice(0, 3)} ${code.slice(3)}`],
    ['hyphen in the middle', (code) => `${code.slice(0, 3)}-${code.slice(3)}`],
    ['spaces around', (code) => ` ${code} `],
    ['no-break space', (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
    ['zero-width space', (code) => `${code.slice(0, 3)}\u200b${code.slice(3)}`],
    ['zero-width joiner', (code) => `\u200d${code}`],
    ['byte order mark', (code) => `\ufeff${code}`],
    ['full-width digits', (code) => digits(code, 0xff10)],
    ['Arabic-Indic digits', (code) => digits(code, 0x0660)],
    ['Devanagari digits', (code) => digits(code, 0x0966)],
    ['mathematical digits', (code) => digits(code, 0x1d7ce)],
    ['newline after', (code) => `${code}\n`],
    ['newline inside', (code) => `${code.slice(0, 3)}\n${code.slice(3)}`],
    ['tab inside', (code) => `${code.slice(0, 3)}\t${code.slice(3)}`],
    ['NUL after', (code) => `${code}\0`],
    ['five digits', (code) => code.slice(1)],
    ['seven digits', (code) => `${code}0`],
    ['a zero before', (code) => `0${code}`],
    ['eight digits', (code) => `${code}00`],
    ['twice', (code) => code + code],
    ['plus', (code) => `+${code}`],
    ['minus sign', (code) => `\u2212${code}`],
    ['decimal point', (code) => `${code}.0`],
    ['exponent', () => '1e5'],
    ['hexadecimal', (code) => `0x${Number(code).toString(16)}`],
    ['percent encoding', (code) => `%3${code[0]}${code.slice(1)}`],
    ['letters', () => 'abcdef'],
    ['letter O for zero', (code) => code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('5', 'S')],
    ['only separators', () => ' - - '],
    ['comma', (code) => `${code.slice(0, 3)},${code.slice(3)}`],
    ['quotes', (code) => `"${code}"`],
    ['wildcards', () => '******'],
  ];
  test.each(variants)('a used code is not good again: %s', async (_name, write) => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const first = await ada.authenticate();
    expect(first.status).toBe(200);
    const answer = await ada.send('POST', TOTP, { code: write(ada.code()) });
    expect(answer).toMatchObject({ status: 422, body: { code: 'mfa_invalid_code' } });
  });

  test.each(variants.slice(0, 3))('a fresh code may have it: %s', async (_name, write) => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    expect((await ada.authenticate({ code: write(ada.code(1)) })).status).toBe(200);
  });

  test.each(variants.slice(3).filter(([name]) => name !== 'letter O for zero'))(
    'a fresh code may not have it: %s',
    async (_name, write) => {
      const ada = new Person(await startTestServer());
      await ada.enrol();
      ada.server.clock.advance(30_000);
      expect((await ada.send('POST', TOTP, { code: write(ada.code()) })).status).toBe(422);
    },
  );

  const strangers: [string, unknown][] = [
    ['a number', 123456],
    ['a list', ['123456']],
    ['an object', { value: '123456' }],
    ['null', null],
    ['true', true],
    ['nothing', undefined],
    ['empty text', ''],
    ['65 characters', '1'.repeat(65)],
  ];
  test.each(strangers)('what is no text is no code: %s', async (_name, code) => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const answer = await ada.send('POST', TOTP, { code });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request', payload: { field: 'code' } } });
    // And it costs no try.
    expect((await ada.send('POST', TOTP, { code: '000000' })).body.payload).toEqual({ attemptsLeft: 4 });
  });
});

test('S-04, S-06 the check itself tells fresh, used and wrong apart, before the database has its say', () => {
  const secret = base32('12345678901234567890');
  const now = 1_111_111_111_000;
  const step = timeStepAt(now);
  const match = (code: string, lastStep: number) => matchTotpCode({ code, secret, lastStep, now, isStrict: false });
  const code = codeForStep(secret, step);
  expect(match(code, step - 1)).toEqual({ kind: 'fresh', step, drift: 0 });
  expect(match(code, step)).toEqual({ kind: 'used' });
  expect(match(codeForStep(secret, step - 1), step)).toEqual({ kind: 'used' });
  expect(match(codeForStep(secret, step + 1), step)).toEqual({ kind: 'fresh', step: step + 1, drift: 1 });
  expect(match(codeForStep(secret, step + 2), step)).toEqual({ kind: 'wrong' });
  for (const text of ['1234567', '12345', '12345a', '1234\t56', '']) expect(normaliseTotpCode(text)).toBeNull();
});

describe('S-05 the time of a code', () => {
  const skews: [number, boolean, boolean][] = [
    [0, true, true],
    [30, true, false],
    [-30, true, false],
    [60, false, false],
    [-60, false, false],
    [89, false, false],
    [-89, false, false],
    [90, false, false],
    [-90, false, false],
  ];
  test.each(skews)(
    'a device %i s off: accepted %s, in the strict profile %s',
    async (skew, isAccepted, isAcceptedStrictly) => {
      for (const strictTotp of [false, true]) {
        const server = await startTestServer({ strictTotp });
        const ada = new Person(server);
        await ada.enrol();
        server.clock.advance(300_000);
        server.clock.advance(skew * 1000);
        const code = ada.code();
        server.clock.advance(-skew * 1000);
        const expected = (strictTotp ? isAcceptedStrictly : isAccepted) ? 200 : 422;
        expect((await ada.send('POST', TOTP, { code })).status).toBe(expected);
      }
    },
  );

  test('no field or header of a request moves the clock of the server', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    server.clock.advance(570_000);
    const code = ada.code(-10);
    const then = server.clock() - 300_000;
    const body = { code, now: then, timestamp: then, time: then, clock: then, serverTime: then };
    const headers = { date: new Date(then).toUTCString(), 'x-now': String(then) };
    expect((await ada.send('POST', TOTP, body, { headers })).status).toBe(422);
  });
});

describe('S-06 the same code again', () => {
  test('after a step, it and the one before are refused, the next is good once', async () => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    ada.server.clock.advance(300_000);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(200);
    expect((await ada.send('POST', TOTP, { code: ada.code(-1) })).status).toBe(422);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(422);
    expect((await ada.send('POST', TOTP, { code: ada.code(1) })).status).toBe(200);
    expect((await ada.send('POST', TOTP, { code: ada.code(1) })).status).toBe(422);
  });

  test('costs no try and is kept in the log as what it was', async () => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    const { body } = await ada.authenticate();
    for (let index = 0; index < 20; index += 1) {
      const replay = await ada.send('POST', TOTP, { code: ada.code() });
      expect(replay.body).toMatchObject({ code: 'mfa_invalid_code', payload: { reason: 'already_used' } });
    }
    expect((await ada.send('GET', '/users/mfa/methods')).body.factors?.totp.lockedUntil).toBeNull();
    const audit = await ada.server.mfa.admin.listAudit(body.user?.id ?? '');
    expect(audit.filter(({ event }) => event === 'totp_replay')).toHaveLength(20);
    expect(audit.filter(({ event }) => event === 'totp_fail')).toHaveLength(0);
  });

  test('looks like any wrong code to somebody who signed in elsewhere', async () => {
    const ada = new Person(await startTestServer());
    await ada.enrol();
    await ada.authenticate();
    const other = new Person(ada.server, ada.email);
    await other.signIn();
    const replay = await other.send('POST', TOTP, { code: ada.code() });
    const wrong = await other.send('POST', TOTP, { code: ada.code(4) });
    expect(replay).toMatchObject({ status: wrong.status, body: wrong.body });
  });
});

test('S-07 when the clock of the server is set back, used codes stay used', async () => {
  const ada = new Person(await startTestServer());
  await ada.enrol();
  ada.server.clock.advance(570_000);
  await ada.send('POST', TOTP, { code: ada.code() });
  ada.server.clock.advance(-300_000);
  for (const steps of [-1, 0, 1]) expect((await ada.send('POST', TOTP, { code: ada.code(steps) })).status).toBe(422);
  expect(ada.server.errors).toEqual([]);
});
