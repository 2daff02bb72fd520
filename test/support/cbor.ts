/** As much of CBOR as authenticators write (RFC 8949 §3), for the tests alone. */
export type Cbor = number | string | Buffer | Cbor[] | Map<string | number, Cbor>;

const head = (major: number, argument: number): Buffer => {
  const top = major << 5;
  if (argument < 24) return Buffer.from([top | argument]);
  if (argument < 0x100) return Buffer.from([top | 24, argument]);
  if (argument < 0x10000) return Buffer.from([top | 25, argument >> 8, argument & 0xff]);
  const long = Buffer.alloc(5);
  long.writeUInt8(top | 26);
  long.writeUInt32BE(argument, 1);
  return long;
};

export const encodeCbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)]);
  const entries = [...value].flatMap(([key, one]) => [encodeCbor(key), encodeCbor(one)]);
  return Buffer.concat([head(5, value.size), ...entries]);
};
