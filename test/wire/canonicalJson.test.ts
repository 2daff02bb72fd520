/** One text for one value, as RFC 8785 documents it, and a refusal for everything that has none. */
import { describe, expect, test } from 'vitest';
import { CanonicalJsonError, type CanonicalJsonFault, canonicalJson } from '../../src/wire/canonicalJson.js';

const faultOf = (value: unknown): CanonicalJsonFault | null => {
  try {
    canonicalJson(value);
    return null;
  } catch (error) {
    if (error instanceof CanonicalJsonError) return error.fault;
    throw error;
  }
};

/** The number whose 64 bits these are. */
const fromBits = (bits: string): number =>
  new DataView(new BigUint64Array([BigInt(`0x${bits}`)]).buffer).getFloat64(0, true);

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('RFC 8785', () => {
  test('§3.2.2 literals, numbers and strings', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('§3.2.3 members by the UTF-16 code units of their names', () => {
    const value = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`) as Record<string, string>;
    const order = ['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'];
    const written = order.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value[name])}`);
    expect(canonicalJson(value)).toBe(`{${written.join(',')}}`);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('appendix B: the number of bits %s is %s', (bits, written) => {
    expect(canonicalJson(fromBits(bits))).toBe(written);
  });

  test.each(['7fffffffffffffff', '7ff0000000000000'])('appendix B: the number of bits %s is refused', (bits) => {
    expect(faultOf(fromBits(bits))).toBe('not_json');
  });
});

describe('one value has one text', () => {
  test.each<[string, string, string]>([
    ['members in another order', '{"to":"0xA","amount":"5"}', '{"amount":"5","to":"0xA"}'],
    ['members in another order, deep down', '[{"b":[{"d":1,"c":2}],"a":0}]', '[{"a":0,"b":[{"c":2,"d":1}]}]'],
    ['spaces and lines', ' { "a" : [ 1 ,\n 2 ] } ', '{"a":[1,2]}'],
    ['escaped letters', String.raw`{"\u0061":"\u00e9"}`, '{"a":"é"}'],
    ['an escaped emoji', String.raw`"\ud83d\ude00"`, '"😀"'],
    ['minus zero', '-0', '0'],
    ['a number spelled long', '[1.0, 1e0, 10e-1, 1000000000000000000000]', '[1,1,1,1e+21]'],
    ['names that look like numbers', '{"10":1,"9":2,"1":3}', '{"1":3,"10":1,"9":2}'],
    ['a name that is empty', '{"a":1,"":2}', '{"":2,"a":1}'],
    ['names of methods', '{"toString":1,"constructor":2}', '{"constructor":2,"toString":1}'],
  ])('%s', (_name, spelled, canonical) => {
    expect(canonicalJson(JSON.parse(spelled))).toBe(canonical);
    expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
  });

  test.each<[string, string, string]>([
    ['the order of a list', '[1,2]', '[2,1]'],
    ['a number and its digits', '[1]', '["1"]'],
    ['nothing and null', '{}', '{"a":null}'],
    ['letters that look alike but were composed otherwise', '"\u00e9"', '"e\u0301"'],
    ['a list in a list', '[[1],2]', '[1,[2]]'],
  ])('two values have two: %s', (_name, one, other) => {
    expect(canonicalJson(JSON.parse(one))).not.toBe(canonicalJson(JSON.parse(other)));
  });

  test('an object without a prototype is as good as any', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });

  test('the value is left as it was', () => {
    const value = { b: [2, 1], a: { d: 1, c: 2 } };
    const before = JSON.stringify(value);
    canonicalJson(value);
    expect(JSON.stringify(value)).toBe(before);
  });
});

describe('what has no canonical form is refused', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  let doubled: unknown = 0;
  for (let level = 0; level < 31; level++) doubled = [doubled, doubled];

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['undefined in a list', [undefined]],
    ['a hole in a list', Object.assign([], { 1: 1 })],
    ['a very long list of nothing', Object.assign([], { length: 4_294_967_295 })],
    ['not a number', Number.NaN],
    ['infinity', { a: [Infinity] }],
    ['minus infinity', -Infinity],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array([1])],
    ['a boxed string', Object('a')],
    ['an instance of a class', new (class Amount {})()],
    ['an object that writes itself', { toJSON: () => 1 }],
    ['half an emoji', JSON.parse(String.raw`"\ud83d"`)],
    ['the other half, in a name', JSON.parse(String.raw`{"\ude00":1}`)],
    ['a member named __proto__', JSON.parse('{"a":{"__proto__":{"admin":true}}}')],
  ])('%s', (_name, value) => {
    expect(faultOf(value)).toBe('not_json');
  });

  test('depth: 32 lists within one another pass, 33 do not', () => {
    expect(canonicalJson(nested(32))).toBe(`${'['.repeat(32)}${']'.repeat(32)}`);
    expect(faultOf(nested(33))).toBe('too_deep');
    expect(faultOf(cycle)).toBe('too_deep');
  });

  test('size: 16,384 characters pass, one more does not', () => {
    expect(canonicalJson('x'.repeat(16_382))).toHaveLength(16_384);
    expect(faultOf('x'.repeat(16_383))).toBe('too_large');
    expect(faultOf(Array.from({ length: 8_192 }, () => 0))).toBe('too_large');
    expect(faultOf({ ['x'.repeat(16_384)]: 0 })).toBe('too_large');
  });

  test('what is small in memory and endless on paper is stopped while it is written', () => {
    expect(faultOf(doubled)).toBe('too_large');
  });
});
