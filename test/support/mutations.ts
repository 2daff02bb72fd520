/** Spoils the body of a passkey's answer, knowing how it is built: as JSON, as base64url, as client data, as bytes. */

/** A whole number from 0 up to, not including, the limit; the same ones in every run. */
export type Below = (limit: number) => number;

export const createBelow = (seed: number): Below => {
  let state = seed;
  return (limit) => {
    // Mulberry32: its low bits are as random as its high ones, which choosing among two needs.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
};

const pick = <T>(below: Below, from: readonly T[]): T => from[below(from.length)] as T;

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** In place of a field that should be a text. */
const strangeValues: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '=',
  '\u0000',
  '🙂',
  [],
  ['a'],
  {},
  { length: 43 },
  { toString: 'a' },
  JSON.parse('{"__proto__": {"id": "a"}}'),
  JSON.parse(nested(1000)),
  'A'.repeat(60_000),
  '_'.repeat(4097),
];

const spoilText = (below: Below, text: string): string => {
  const at = below(text.length + 1);
  const insert = (piece: string) => text.slice(0, at) + piece + text.slice(at);
  switch (below(6)) {
    case 0:
      return insert(pick(below, ['=', '+', '/', ' ', '\n', '\u0000', 'é', '%3D', '.', '--', '==']));
    case 1:
      return text.slice(0, at);
    case 2:
      return `${text}${pick(below, ['=', 'A', 'AAAA', text])}`;
    case 3:
      return Buffer.from(text, 'base64url').toString('base64');
    case 4:
      return insert(text);
    default:
      return Buffer.from(text, 'base64url').toString('hex');
  }
};

/** Heads that claim more than there is, have no declared end, or stand for what authenticators never write. */
const cborPieces = [
  '5a7fffffff',
  '9b001fffffffffffff',
  'bb0000000100000000',
  '7bffffffffffffffff',
  '9f',
  'bf',
  '5f',
  'f9',
  'fb',
  'c0',
  'd8',
  'a0',
  '80',
  'f6',
  'ff',
].map((hex) => Buffer.from(hex, 'hex'));
const deepCbor = [Buffer.alloc(20_000, 0x81), Buffer.alloc(20_000, 0xa1), Buffer.alloc(30_000, 0xc1)];

const spoilBytes = (below: Below, bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  const at = below(bytes.length);
  const replace = (piece: Buffer) => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)]);
  switch (below(8)) {
    case 0:
      changed.writeUInt8((changed[at] ?? 0) ^ (1 << below(8)), at);
      return changed;
    case 1:
      changed.writeUInt8(((changed[at] ?? 0) + 1 + below(255)) & 0xff, at);
      return changed;
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return Buffer.concat([bytes, Buffer.alloc(1 + below(64), below(256))]);
    case 4:
      return replace(pick(below, cborPieces));
    case 5:
      return Buffer.concat([bytes.subarray(0, at), pick(below, cborPieces), bytes.subarray(at)]);
    case 6:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(32)))]);
    default:
      return below(50) === 0 ? Buffer.concat([bytes.subarray(0, at), pick(below, deepCbor)]) : bytes.subarray(at + 1);
  }
};

const spoilClientData = (below: Below, bytes: Buffer): Buffer => {
  const text = bytes.toString();
  const data: Record<string, unknown> = JSON.parse(text);
  const name = pick(below, ['type', 'challenge', 'origin', 'crossOrigin']);
  switch (below(6)) {
    case 0: {
      const { [name]: _, ...rest } = data;
      return Buffer.from(JSON.stringify({ ...rest, extra: below(1000) }));
    }
    case 1:
      return Buffer.from(JSON.stringify({ ...data, [name]: pick(below, strangeValues) ?? 'x' }));
    case 2:
      return Buffer.from(`${text.slice(0, -1)},"${name}":"again"}`);
    case 3:
      return Buffer.from(
        pick(below, ['null', '0', '""', '[]', '{}', 'true', '{"__proto__":{}}', nested(10_000), text.slice(1)]),
      );
    case 4:
      return Buffer.from(JSON.stringify({ ...data, topOrigin: pick(below, ['https://example.org', '', null, 0, {}]) }));
    default:
      return spoilBytes(below, bytes);
  }
};

interface Body {
  id: string;
  response: object;
}

/** A copy that differs in one of the fields that are verified. */
export const spoil = <T extends Body>(below: Below, body: T, verified: readonly string[]): T => {
  const changed = structuredClone(body);
  const outside: Record<string, unknown> = Object.fromEntries(Object.entries(changed));
  const inside: Record<string, unknown> = Object.fromEntries(Object.entries(changed.response));
  const name = pick(below, [...verified, 'id', 'rawId', 'type', 'response']);
  const owner = verified.includes(name) ? inside : outside;
  const value = owner[name];
  const how = below(verified.includes(name) ? 8 : 2);
  if (name === 'response') return { ...outside, response: pick(below, strangeValues) } as T;
  if (how === 0 || typeof value !== 'string') owner[name] = pick(below, strangeValues);
  else if (how === 1) owner[name] = spoilText(below, value);
  else {
    const bytes = Buffer.from(value, 'base64url');
    const spoilt = name === 'clientDataJSON' ? spoilClientData(below, bytes) : spoilBytes(below, bytes);
    owner[name] = spoilt.toString('base64url');
  }
  return { ...outside, response: inside } as T;
};
