import { describe, expect, test } from 'vitest';
import { readCode, readRecoveryCode } from '../../src/ui/parts/readCode.js';

describe('six digits are read however they come', () => {
  test.each([
    ['123456', 'as they are'],
    ['123 456', 'with a space'],
    ['123-456', 'with a dash'],
    [' 123\u00a0456\n', 'with a no-break space and a line end'],
    ['1 2 3 4 5 6', 'spaced out'],
    ['\u200b123\u200b456\ufeff', 'with characters of no width'],
    ['123\u2013456', 'with an en dash'],
    ['１２３４５６', 'full-width'],
    ['١٢٣٤٥٦', 'Arabic-Indic'],
    ['۱۲۳۴۵۶', 'Persian'],
    ['१२३४५६', 'Devanagari'],
    ['๑๒๓๔๕๖', 'Thai'],
    ['১২৩৪৫৬', 'Bengali'],
    ['𝟏𝟐𝟑𝟒𝟓𝟔', 'mathematical bold'],
    ['Your code is 123456.', 'with text around'],
    ['Harbor: 123 456 is your code. It is good for 30 seconds.', 'in a message with another number'],
    ['Code 2 of 3: 123-456', 'after other numbers'],
  ])('%j: %s', (text) => {
    expect(readCode(text)).toBe('123456');
  });

  test.each([
    ['', ''],
    ['12', '12'],
    ['12a3', '123'],
    ['undefined', ''],
    ['1234567', '123456'],
  ])('%j gives %j', (text, digits) => {
    expect(readCode(text)).toBe(digits);
  });

  test('every digit of every script has its value', () => {
    const wrong: string[] = [];
    for (let point = 0; point <= 0x1ffff; point++) {
      const digit = String.fromCodePoint(point);
      if (!/\p{Nd}/u.test(digit)) continue;
      // Unicode keeps the ten digits of a script together, so nine of ten are one more than the digit before them.
      const before = point > 0 ? String.fromCodePoint(point - 1) : '';
      const value = Number(readCode(digit));
      const isNext = /\p{Nd}/u.test(before) && value === (Number(readCode(before)) + 1) % 10;
      if (!isNext && value !== 0) wrong.push(digit);
    }
    expect(wrong).toEqual([]);
  });
});

describe('a recovery code is read as it was given out, whatever stands between its symbols', () => {
  test.each([
    ['7K3Q-9TXB-2MWD-5HPR'],
    [' 7K3Q 9TXB 2MWD 5HPR '],
    ['7K3Q9TXB2MWD5HPR'],
    ['７Ｋ３Ｑ－９ＴＸＢ－２ＭＷＤ－５ＨＰＲ'],
  ])('%j', (text) => {
    expect(readRecoveryCode(text)).toBe('7K3Q9TXB2MWD5HPR');
  });

  test('case and look-alikes are the server’s to judge, because some codes differ by nothing else', () => {
    expect(readRecoveryCode('aB3dE fO0lI')).toBe('aB3dEfO0lI');
  });
});
