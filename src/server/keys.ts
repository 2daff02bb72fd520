/** The keys a server needs: their form, how to make them, and what is refused at start. */
import { fromBase64url, randomBytes, toBase64url } from './crypto.js';
import { MfaStartError } from './startError.js';

/** One key is used for what is new; all of them for what is read. Rotate by adding a key and naming it `active`. */
export interface KeyRing<TKey> {
  /** The name of the key to use for what is new. */
  active: string;
  /** Every readable key by its name (letters, digits, `-`, `_`). */
  keys: Record<string, TKey>;
}

/**
 * The server's keys: plain JSON, to be kept in a secret manager and never beside the database.
 * Whoever has the database but not these can neither sign in nor test recovery codes.
 */
export interface MfaKeys {
  /** Seals authenticator secrets and unsaved recovery codes: 32 random bytes each, base64url. */
  encryption: KeyRing<string>;
  /** Added to the hashes of recovery codes: 32 random bytes each, base64url. */
  pepper: KeyRing<string>;
  /** Signs session tokens: private JWKs, P-256 for ES256 or RSA for RS256. */
  signing: KeyRing<JsonWebKey>;
}

/**
 * Makes a new set of keys. Run it once, keep the result where your other secrets are, and pass it as `keys`.
 *
 * @param options.signing `ES256` unless a back end of yours can only read `RS256`.
 * @example
 * console.log(JSON.stringify(await generateKeys()));
 */
export const generateKeys = async (options: { signing?: 'ES256' | 'RS256' } = {}): Promise<MfaKeys> => {
  const name = toBase64url(randomBytes(6)).replaceAll(/[-_]/g, 'k');
  const key = () => ({ active: name, keys: { [name]: toBase64url(randomBytes(32)) } });
  return {
    encryption: key(),
    pepper: key(),
    signing: { active: name, keys: { [name]: await generateSigningKey(options.signing ?? 'ES256') } },
  };
};

const generateSigningKey = async (algorithm: 'ES256' | 'RS256'): Promise<JsonWebKey> => {
  const parameters =
    algorithm === 'ES256'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
  const { key_ops: _operations, ext: _isExtractable, ...jwk } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { ...jwk, alg: algorithm };
};

const HOW = 'Make keys once with `generateKeys()` from mfa-kit/server and keep them in your secret manager.';

/** Refuses keys that are missing, short, not random, or printed in a document. */
export const checkKeys = (keys: MfaKeys): void => {
  if (typeof keys !== 'object' || keys === null) throw new MfaStartError('keys', `No keys were given. ${HOW}`);
  for (const ringName of ['encryption', 'pepper'] as const) {
    checkRing(ringName, keys[ringName], (where, key) => checkSecret(where, key));
  }
  checkRing('signing', keys.signing, checkSigningKey);
  const secrets = [...Object.values(keys.encryption.keys), ...Object.values(keys.pepper.keys)];
  if (new Set(secrets).size !== secrets.length) {
    throw new MfaStartError(
      'keys',
      `The same key is used twice in \`keys\`: each needs random bytes of its own. ${HOW}`,
    );
  }
};

const checkRing = <TKey>(name: string, ring: KeyRing<TKey> | undefined, check: (where: string, key: TKey) => void) => {
  const names = Object.keys(ring?.keys ?? {});
  if (!ring || names.length === 0) throw new MfaStartError('keys', `\`keys.${name}\` is missing. ${HOW}`);
  if (!Object.hasOwn(ring.keys, ring.active)) {
    throw new MfaStartError('keys', `\`keys.${name}.active\` names a key that \`keys.${name}.keys\` does not hold.`);
  }
  for (const [id, key] of Object.entries(ring.keys)) {
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(id)) {
      throw new MfaStartError(
        'keys',
        `A key name in \`keys.${name}\` has characters other than letters, digits, - and _.`,
      );
    }
    check(`keys.${name}.keys.${id}`, key);
  }
};

/** Words that random base64url practically never holds, and people who paste a sample do. */
const SAMPLE =
  /example|sample|changeme|change-me|change_me|password|secret|insecure|default|0123456789|deadbeef|abcdefgh/i;

const checkSecret = (where: string, key: unknown): void => {
  const bytes = typeof key === 'string' ? fromBase64url(key.replace(/=+$/, '')) : null;
  if (typeof key !== 'string' || !bytes) throw new MfaStartError('keys', `\`${where}\` is not base64url text. ${HOW}`);
  if (bytes.length !== 32) {
    throw new MfaStartError('keys', `\`${where}\` has ${bytes.length} bytes and must have 32. ${HOW}`);
  }
  const text = String.fromCharCode(...bytes);
  if (SAMPLE.test(key) || SAMPLE.test(text))
    throw new MfaStartError('keys', `\`${where}\` looks like a sample. ${HOW}`);
  if (isPredictable(bytes)) throw new MfaStartError('keys', `\`${where}\` is not random enough. ${HOW}`);
};

/** 32 random bytes hold fewer than 20 different values, or only printable ones, about once in 10^9 tries. */
const isPredictable = (bytes: Uint8Array): boolean => {
  const steps = new Set(Array.from(bytes, (byte, index) => (byte - (bytes[index - 1] ?? 0)) & 0xff));
  return new Set(bytes).size < 20 || steps.size < 8 || bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
};

/** The keys printed in RFC 7515 appendix A and RFC 7517 appendix A. */
const PUBLISHED_KEYS = [
  'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp',
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86z',
];

const checkSigningKey = (where: string, key: JsonWebKey): void => {
  const isEc = key?.kty === 'EC' && key.crv === 'P-256' && Boolean(key.d && key.x && key.y);
  const isRsa = key?.kty === 'RSA' && Boolean(key.d && key.n && key.e);
  if (!isEc && !isRsa) throw new MfaStartError('keys', `\`${where}\` is not a private JWK (P-256 or RSA). ${HOW}`);
  if (isRsa && (fromBase64url(key.n ?? '')?.length ?? 0) < 256) {
    throw new MfaStartError('keys', `\`${where}\` is an RSA key of less than 2,048 bits. ${HOW}`);
  }
  const published = isEc ? key.x : key.n;
  if (PUBLISHED_KEYS.some((sample) => published?.startsWith(sample))) {
    throw new MfaStartError('keys', `\`${where}\` is a key printed in a standard: everybody has it. ${HOW}`);
  }
};
