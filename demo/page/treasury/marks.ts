/** Harbor marks, which only this demo knows: whole cents as text on the wire, and as people read and type them. */
const SYMBOL = 'HM';

/** '1248000' → 12,480.00 HM, exactly: never through a number. */
export const marks = (cents: string): string => `${plainMarks(cents)}\u00a0${SYMBOL}`;

const plainMarks = (cents: string): string => {
  const digits = cents.padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${digits.slice(-2)}`;
};

/** What somebody typed, in cents: 250, 250.5, 1,250.00 and 250,50 are all read; undefined is anything else. */
export const centsTyped = (typed: string): string | undefined => {
  const text = typed.replace(/[\s\u00a0]|HM$/gi, '');
  const isGrouped = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(text);
  const [, whole, cents = ''] =
    /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(isGrouped ? text.replaceAll(',', '') : text) ?? [];
  if (whole === undefined) return undefined;
  const amount = `${whole}${cents.padEnd(2, '0')}`.replace(/^0+/, '');
  return amount === '' ? undefined : amount;
};

/** 0x1f2E7a9C…f0a1d3: enough to recognise, never enough to check. */
export const shortAddress = (address: string): string => `${address.slice(0, 8)}…${address.slice(-6)}`;
