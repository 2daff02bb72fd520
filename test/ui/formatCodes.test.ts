import { expect, test } from 'vitest';
import { english } from '../../src/ui/messages/Language.js';
import { codesDocument, codesFileName, codesToCopy, numberCodes } from '../../src/ui/parts/formatCodes.js';

const codes = Array.from({ length: 10 }, (_, at) => `7K3Q9TXB2MWD5HP${at}`);
const owner = { app: 'Harbor', user: 'ada@example.com' };
const day = Date.UTC(2026, 0, 31, 12);

test('screen, copy, file and print number and group the codes alike', () => {
  const shown = numberCodes(codes).map(({ number, text }) => `${number}. ${text}`);
  const trimmed = (text: string) => text.split('\n').map((line) => line.trim());
  expect(shown[0]).toBe('1. 7K3Q 9TXB 2MWD 5HP0');
  expect(trimmed(codesToCopy(codes))).toEqual(shown);
  expect(trimmed(codesDocument(codes, owner, english, day))).toEqual(expect.arrayContaining(shown));
});

test('the file says whose codes they are, of when, and how often each works', () => {
  const text = codesDocument(codes, owner, english, day);
  expect(text).toMatch(/^Harbor backup codes\nAccount: ada@example\.com\nCreated: Jan 31, 2026\n/);
  expect(text).toContain('Each code works once.');
});

test('the file is named after the application, the person and the day', () => {
  expect(codesFileName(owner, day)).toBe('harbor-recovery-codes-ada@example.com-2026-01-31.txt');
});

test.each([
  [{ app: '../../etc', user: 'a/b\\c:d' }, 'etc-recovery-codes-a-b-c-d-2026-01-31.txt'],
  [{ app: '', user: '' }, 'recovery-codes-2026-01-31.txt'],
  [{ app: 'Häfen & Söhne', user: '<b>' }, 'häfen-söhne-recovery-codes-b-2026-01-31.txt'],
])('a name cannot lead the file elsewhere: %o', (names, file) => {
  expect(codesFileName(names, day)).toBe(file);
});

test('codes of other servers, ten symbols long, stay readable', () => {
  expect(numberCodes(['abcde12345'])[0]?.text).toBe('abcde 12345');
  expect(numberCodes(['7K3Q-9TXB-2MWD-5HPR'])[0]?.text).toBe('7K3Q 9TXB 2MWD 5HPR');
});
