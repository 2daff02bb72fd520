/** Threat: a signature is taken that the key never made, or one signature in more spellings than one. S-43. */
import { describe, expect, test } from 'vitest';
import { authenticate, expectation, outcomeOf } from '../support/ceremonies.js';

/** DER, by hand. */
const integer = (bytes: Buffer, length = [bytes.length]) => Buffer.concat([Buffer.from([0x02, ...length]), bytes]);
const sequence = (...parts: Buffer[]) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
};
const readDer = (signature: Buffer): [r: Buffer, s: Buffer] => {
  const end = 4 + (signature[3] ?? 0);
  return [signature.subarray(4, end), signature.subarray(end + 2)];
};
const fixed = (number: Buffer) => Buffer.concat([Buffer.alloc(32), number]).subarray(-32);
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const big = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
const small = (value: bigint) => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
};

describe('S-43 a signature', () => {
  const forms: [claim: string, change: (r: Buffer, s: Buffer, right: Buffer) => Buffer][] = [
    ['with a byte after it', (_r, _s, right) => Buffer.concat([right, Buffer.alloc(1)])],
    ['with an element after it', (_r, _s, right) => Buffer.concat([right, Buffer.from([0x05, 0x00])])],
    ['with a third number', (r, s) => sequence(integer(r), integer(s), integer(Buffer.alloc(1)))],
    ['with a long length', (_r, _s, right) => Buffer.concat([Buffer.from([0x30, 0x81]), right.subarray(1)])],
    ['with a longer length', (_r, _s, right) => Buffer.concat([Buffer.from([0x30, 0x82, 0x00]), right.subarray(1)])],
    [
      'of no declared length',
      (r, s) => Buffer.concat([Buffer.from([0x30, 0x80]), integer(r), integer(s), Buffer.alloc(2)]),
    ],
    ['with a long length of a number', (r, s) => sequence(integer(r, [0x81, r.length]), integer(s))],
    ['with a zero before a number', (r, s) => sequence(integer(Buffer.concat([Buffer.alloc(1), r])), integer(s))],
    [
      'with zeros before both',
      (r, s) => sequence(integer(Buffer.concat([Buffer.alloc(2), r])), integer(Buffer.concat([Buffer.alloc(2), s]))),
    ],
    ['that is a set', (_r, _s, right) => Buffer.concat([Buffer.from([0x31]), right.subarray(1)])],
    ['of zeros', () => sequence(integer(Buffer.alloc(1)), integer(Buffer.alloc(1)))],
    ['of as many zeros as it has bytes', (_r, _s, right) => Buffer.alloc(right.length)],
    [
      'with a negative number',
      (r, s) => sequence(integer(Buffer.concat([Buffer.from([0x80]), r.subarray(1)])), integer(s)),
    ],
    [
      'with a number of 34 bytes',
      (r, s) => sequence(integer(Buffer.concat([Buffer.alloc(34 - r.length, 1), r])), integer(s)),
    ],
    [
      'with another length than it has',
      (_r, _s, right) => Buffer.concat([Buffer.from([0x30, right.length - 3]), right.subarray(2)]),
    ],
    ['of octets for numbers', (r, s) => sequence(Buffer.concat([Buffer.from([0x04, r.length]), r]), integer(s))],
    ['of empty numbers', () => sequence(integer(Buffer.alloc(0)), integer(Buffer.alloc(0)))],
    ['of 64 bytes in a row', (r, s) => Buffer.concat([fixed(r), fixed(s)])],
    ['cut short', (_r, _s, right) => right.subarray(0, -1)],
  ];
  test.each(forms)('%s is refused for its form', async (_, change) => {
    const signature = (right: Buffer) => change(...readDer(right), right);
    expect(await outcomeOf(authenticate({ signature }))).toBe('signature_form');
  });

  const values: [claim: string, change: (r: bigint, s: bigint) => [bigint, bigint]][] = [
    ['its numbers swapped', (r, s) => [s, r]],
    ['r raised by the order of the curve', (r, s) => [r + order, s]],
    ['s of one', (r) => [r, 1n]],
    ['both of one', () => [1n, 1n]],
    ['both the order of the curve', () => [order, order]],
    ['s off by one', (r, s) => [r, s + 1n]],
  ];
  test.each(values)('with %s is refused', async (_, change) => {
    const signature = (right: Buffer) => {
      const [r, s] = readDer(right);
      return sequence(...change(big(r), big(s)).map((value) => integer(small(value))));
    };
    expect(await outcomeOf(authenticate({ signature }))).toBe('signature');
  });

  test('of Ed25519 or RS256 that is wrong, short, long or zero is refused', async () => {
    const changes: ((right: Buffer) => Buffer)[] = [
      (right) => Buffer.from(right.map((byte, index) => (index === 0 ? byte ^ 1 : byte))),
      (right) => right.subarray(1),
      (right) => Buffer.concat([right, Buffer.alloc(1)]),
      (right) => Buffer.alloc(right.length),
    ];
    for (const algorithm of [-8, -257] as const) {
      for (const signature of changes) {
        expect(await outcomeOf(authenticate({ signature }, expectation(), { made: { algorithm } }))).toBe('signature');
      }
    }
  });

  test('of Ed25519 is refused in its other spelling, s raised by the order', async () => {
    const l = 2n ** 252n + 27742317777372353535851937790883648493n;
    const reverse = (bytes: Buffer) => Buffer.from(bytes).reverse();
    const signature = (right: Buffer) => {
      const s = big(reverse(right.subarray(32))) + l;
      return Buffer.concat([right.subarray(0, 32), reverse(Buffer.from(s.toString(16).padStart(64, '0'), 'hex'))]);
    };
    expect(await outcomeOf(authenticate({ signature }, expectation(), { made: { algorithm: -8 } }))).toBe('signature');
  });
});
