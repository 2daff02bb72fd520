/**
 * The cryptography everything else is built from: WebCrypto, so that it runs in a page too, with the platform's own
 * calls where Node has faster ones.
 */

/** Bytes over a buffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

// A static import of node:crypto would silently become `{}` in a page.
const node: typeof import('node:crypto') | undefined =
  typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:crypto');

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const utf8 = (text: string): Bytes => encoder.encode(text);
export const fromUtf8 = (bytes: Bytes): string => decoder.decode(bytes);

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const toBase64url = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

/** Null when the text is not base64url in its one canonical form, so that no two texts stand for the same bytes. */
export const fromBase64url = (text: string): Bytes | null => {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return toBase64url(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
};

/** 256 random bits as text. */
export const randomToken = (): string => toBase64url(randomBytes(32));

/** A version 4 UUID. `crypto.randomUUID` is missing in pages without a secure context. */
export const randomUuid = (): string => toUuid(randomBytes(16), 4);

/** A UUID that stands for a text and tells nothing of it: version 8 (RFC 9562 §5.8), cut from its SHA-256. */
export const sha256Uuid = async (text: string): Promise<string> =>
  toUuid((fromBase64url(await sha256(text)) ?? new Uint8Array(16)).slice(0, 16), 8);

const toUuid = (bytes: Bytes, version: number): string => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** SHA-256 of a text, base64url. For tokens and identifiers with enough entropy of their own, never for codes. */
export const sha256 = async (text: string): Promise<string> =>
  node
    ? node.createHash('sha256').update(text).digest('base64url')
    : toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

export const hmacSha256 = async (key: Bytes, text: string): Promise<string> => {
  if (node) return node.createHmac('sha256', key).update(text).digest('base64url');
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8(text))));
};

/** Whether two texts are equal, in a time that depends on their lengths alone. */
export const timingSafeEqual = (left: string, right: string): boolean => {
  const a = utf8(left);
  const b = utf8(right);
  if (a.length !== b.length) return false;
  if (node) return node.timingSafeEqual(a, b);
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
};

/** A key for one purpose out of a master key (RFC 5869). */
export const hkdf = async (master: Bytes, purpose: string): Promise<Bytes> => {
  const imported = await crypto.subtle.importKey('raw', master, 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8(`mfa-kit/${purpose}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, imported, 256));
};

const TAG_BYTES = 16;

export interface Sealed {
  iv: Bytes;
  ciphertext: Bytes;
  tag: Bytes;
}

/** AES-256-GCM with a random 96-bit IV (NIST SP 800-38D §8.2.2). */
export const seal = async (key: CryptoKey, plaintext: string, context: string): Promise<Sealed> => {
  const iv = randomBytes(12);
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(context), tagLength: TAG_BYTES * 8 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, utf8(plaintext)));
  const split = sealed.length - TAG_BYTES;
  return { iv, ciphertext: sealed.slice(0, split), tag: sealed.slice(split) };
};

/** Throws when anything was changed, or the context is another. */
export const unseal = async (key: CryptoKey, { iv, ciphertext, tag }: Sealed, context: string): Promise<string> => {
  // A shortened tag is easier to forge: WebCrypto would be told the length by whoever wrote the row.
  if (iv.length !== 12 || tag.length !== TAG_BYTES) throw new Error('sealed text has a wrong shape');
  const joined = new Uint8Array(ciphertext.length + tag.length);
  joined.set(ciphertext);
  joined.set(tag, ciphertext.length);
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8(context), tagLength: TAG_BYTES * 8 };
  return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, joined)));
};

export const importSealingKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** Lets at most `width` pieces of work run at once; the others wait their turn. */
export const createSemaphore = (width: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < width) running += 1;
    // Whoever finishes hands its place over, so `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

// Hashing blocks a thread for 70 ms: two at a time leave the others of libuv's four for the database and the disk.
const hashingTurn = createSemaphore(2);

/** PBKDF2-HMAC-SHA-512, 256 bits (RFC 8018 §5.2). */
export const pbkdf2 = (secret: string, salt: Bytes, rounds: number): Promise<Bytes> =>
  hashingTurn(async () => {
    const key = await crypto.subtle.importKey('raw', utf8(secret), 'PBKDF2', false, ['deriveBits']);
    const algorithm = { name: 'PBKDF2', hash: 'SHA-512', salt, iterations: rounds };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
  });
