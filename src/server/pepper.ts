/** The pepper of recovery codes: encrypts their hashes, so that a database without its keys cannot even be guessed at. */
import { type Bytes, fromBase64url, hkdf, hmacSha256, toBase64url } from './crypto.js';
import type { KeyRing } from './keys.js';
import type { Owner } from './vault.js';

/** Encryption rather than a keyed hash, so that the pepper can be changed without knowing any code. */
export interface Pepper {
  /** The name of the pepper in use for new sets. */
  readonly active: string;
  add(pepperId: string, owner: Owner, hash: Bytes): Promise<string>;
  remove(pepperId: string, owner: Owner, peppered: string): Promise<Bytes>;
}

export const createPepper = (ring: KeyRing<string>): Pepper => {
  const keys = new Map<string, Promise<{ key: CryptoKey; ivKey: Bytes }>>();

  const derive = async (id: string) => {
    const master = Object.hasOwn(ring.keys, id) ? fromBase64url((ring.keys[id] ?? '').replace(/=+$/, '')) : null;
    if (!master) throw new Error(`no pepper is called "${id}"`);
    const bytes = await hkdf(master, 'recovery-hash');
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-CBC', false, ['encrypt', 'decrypt']);
    return { key, ivKey: await hkdf(master, 'recovery-hash-iv') };
  };
  const keysFor = (id: string) => {
    const known = keys.get(id) ?? derive(id);
    keys.set(id, known);
    return known;
  };
  // Deterministic, because the result is looked up: the hashes are themselves unpredictable and all different. The owner
  // is bound in, so that a row copied to another user opens nothing.
  const algorithmFor = async (id: string, owner: Owner) => {
    const { key, ivKey } = await keysFor(id);
    const iv = fromBase64url(await hmacSha256(ivKey, JSON.stringify([owner.userId, owner.id])))?.slice(0, 16);
    return { key, algorithm: { name: 'AES-CBC', iv: iv ?? new Uint8Array(16) } };
  };

  return {
    active: ring.active,
    async add(pepperId, owner, hash) {
      const { key, algorithm } = await algorithmFor(pepperId, owner);
      return toBase64url(new Uint8Array(await crypto.subtle.encrypt(algorithm, key, hash)));
    },
    async remove(pepperId, owner, peppered) {
      const { key, algorithm } = await algorithmFor(pepperId, owner);
      const bytes = fromBase64url(peppered);
      if (!bytes) throw new Error('a recovery code hash has a wrong shape');
      return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytes));
    },
  };
};
