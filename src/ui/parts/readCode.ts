const decimalDigit = /\p{Nd}/u;

/** The value of a decimal digit of any script: Unicode keeps the ten of a script together and in order (UAX #44, Nd). */
const valueOf = (digit: string): number => {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (decimalDigit.test(String.fromCodePoint(point - before - 1))) before++;
  return before % 10;
};

const toAscii = (text: string): string =>
  text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => (digit <= '9' ? digit : String(valueOf(digit))));

/** Spaces of any kind, dashes of any kind, and what has no width. */
const between = '[\\s.\\-\\u2010-\\u2015\\u2212\\u200b-\\u200f\\u2060\\ufeff]*';
const sixDigits = new RegExp(`(?:^|\\D)(\\d{3})${between}(\\d{3})(?!\\d)`);

/**
 * The digits of what was typed, pasted or filled in: "123 456", "１２３４５６", "٠٦١ ٢٣٤". Where there are more than six,
 * as in a pasted message, the six that stand together; otherwise the first six.
 */
export function readCode(text: string): string {
  const ascii = toAscii(text);
  const digits = ascii.replace(/\D/g, '');
  if (digits.length <= 6) return digits;
  const [, first, last] = sixDigits.exec(ascii) ?? [];
  return first && last ? first + last : digits.slice(0, 6);
}

/**
 * A recovery code as typed, without spaces and dashes. Case and look-alikes are left to the server: ours does not care
 * about them, and the codes of others may.
 */
export const readRecoveryCode = (text: string): string => text.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '');
