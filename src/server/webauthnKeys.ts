/** Which public keys a passkey may have. */
import { type Bytes, toBase64url } from './crypto.js';
import { attempt, demand } from './webauthnChecks.js';
import type { WebauthnLibrary } from './webauthnLibrary.js';
import { algorithms } from './webauthnOptions.js';

/** COSE_Key, decoded: labels and values as RFC 9052 §7 and RFC 9053 §7 number them. */
interface CoseKey {
  get(label: number): unknown;
}

const label = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2 };

const algorithmOf = (key: CoseKey): unknown => key.get(label.alg);

/** A part of a key as a JWK spells it. */
const part = (value: unknown, shortest: number, longest = shortest): string => {
  if (!(value instanceof Uint8Array)) throw new TypeError('not bytes');
  if (value.length < shortest || value.length > longest) throw new RangeError('a part of another length');
  return toBase64url(value);
};

/**
 * Type, curve and length are fixed by the algorithm (§5.8.5). For RSA 2,048 to 4,096 bits and a short exponent: it must
 * stay cheap to verify with a key that anybody may have chosen.
 */
const importKey = (key: CoseKey): Promise<CryptoKey> => {
  const of = (name: keyof typeof label) => key.get(label[name]);
  switch (`${of('alg')} ${of('kty')}`) {
    case '-7 2': {
      if (of('crv') !== 1) break;
      const jwk = { kty: 'EC', crv: 'P-256', x: part(of('x'), 32), y: part(of('y'), 32) };
      return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    }
    case '-8 1': {
      if (of('crv') !== 6) break;
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: part(of('x'), 32) };
      return crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify']);
    }
    case '-257 3': {
      const jwk = { kty: 'RSA', n: part(of('n'), 256, 512), e: part(of('e'), 3, 4) };
      return crypto.subtle.importKey('jwk', jwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['verify']);
    }
  }
  throw new TypeError('another kind of key than its algorithm needs');
};

/**
 * §7.1 step 20, and that a signature can be checked with the key at all: without attestation nothing is signed yet, and a
 * key that fits nothing would be found out only when its owner needs it.
 */
export const checkPublicKey = async (library: WebauthnLibrary, credentialPublicKey: Bytes): Promise<void> => {
  const key: CoseKey = await attempt('public_key', () => library.decodeCredentialPublicKey(credentialPublicKey));
  const algorithm = await attempt('public_key', () => algorithmOf(key));
  demand(
    algorithms.some((one) => one === algorithm),
    'algorithm',
  );
  await attempt('public_key', () => importKey(key));
};

/**
 * §6.5.5: r and s in DER. The library reads BER, in which one signature has many spellings; an integer of P-256 takes at
 * most 33 bytes, so that every length is a single byte.
 */
const isDer = (signature: Bytes): boolean => {
  const endOfInteger = (start: number): number => {
    const [tag, length = 0, first = 0, second = 0] = signature.subarray(start);
    const isShortest = first === 0 ? second >= 0x80 : first < 0x80;
    return tag === 0x02 && length >= 1 && length <= 33 && isShortest ? start + 2 + length : Number.NaN;
  };
  const isSequence = signature[0] === 0x30 && signature[1] === signature.length - 2;
  return isSequence && endOfInteger(endOfInteger(2)) === signature.length;
};

/** Throws unless the signature is written in the one way there is for the key's algorithm. */
export const checkSignatureForm = async (
  library: WebauthnLibrary,
  publicKey: Bytes,
  signature: Bytes,
): Promise<void> => {
  const algorithm = await attempt('public_key', () => algorithmOf(library.decodeCredentialPublicKey(publicKey)));
  demand(algorithm !== -7 || isDer(signature), 'signature_form');
};
