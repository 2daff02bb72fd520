/** An authenticator app of the tests' own, written from RFC 4226 and RFC 6238 and sharing nothing with the server's. */
import { createHmac } from 'node:crypto';

export const fromBase32 = (text: string): Buffer => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll('=', ''))
    .map((symbol) => alphabet.indexOf(symbol).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

export const hotp = (key: Buffer, counter: number, digits = 6, algorithm = 'sha1'): string => {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac(algorithm, key).update(message).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const value = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits;
  return String(value).padStart(digits, '0');
};

/** The code an app shows at a time, or `steps` of 30 seconds later. */
export const totpCode = (secret: string, now: number, steps = 0): string =>
  hotp(fromBase32(secret), Math.floor(now / 30_000) + steps);

/** Six digits that are none of the codes around that time. */
export const wrongCode = (secret: string, now: number, variant = 0): string => {
  const good = new Set(Array.from({ length: 9 }, (_, index) => totpCode(secret, now, index - 4)));
  let candidate = variant;
  while (good.has(String(candidate % 1_000_000).padStart(6, '0'))) candidate += 1;
  return String(candidate % 1_000_000).padStart(6, '0');
};
