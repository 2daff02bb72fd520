/** Seals what must not be read in a database dump: a key per purpose out of the ring, the owner bound into each text. */
import {
  type Bytes,
  fromBase64url,
  hkdf,
  hmacSha256,
  importSealingKey,
  seal,
  timingSafeEqual,
  toBase64url,
  unseal,
} from './crypto.js';
import type { KeyRing } from './keys.js';

type SealPurpose = 'totp-secret' | 'recovery-codes';
type MacPurpose = 'email-code' | 'request-body';

/** Whose text it is. Bound in as associated data, so that a row moved to another owner does not open. */
export interface Owner {
  userId: string;
  /** The device or set. */
  id: string;
}

/** A sealed text could not be opened: changed, moved to another owner, or its key is not in the ring. */
export class SecretUnreadableError extends Error {
  override name = 'SecretUnreadableError';
}

export interface Vault {
  /** Gives `v1.kid.iv.ct.tag` under the active key. */
  seal(purpose: SealPurpose, owner: Owner, plaintext: string): Promise<string>;
  /** Throws when the text was changed, belongs to somebody else, or its key is gone. */
  open(purpose: SealPurpose, owner: Owner, sealed: string): Promise<string>;
  /** Whether a sealed text is under a key that is no longer the active one. */
  isStale(sealed: string): boolean;
  mac(purpose: MacPurpose, text: string): Promise<string>;
  isMac(purpose: MacPurpose, text: string, mac: string): Promise<boolean>;
}

export const createVault = (ring: KeyRing<string>): Vault => {
  const derived = new Map<string, Promise<Bytes>>();
  const imported = new Map<string, Promise<CryptoKey>>();

  const keyFor = (kid: string, purpose: string): Promise<Bytes> => {
    const master = Object.hasOwn(ring.keys, kid) ? fromBase64url((ring.keys[kid] ?? '').replace(/=+$/, '')) : null;
    if (!master) throw new Error(`no encryption key is called "${kid}"`);
    const name = `${purpose}/${kid}`;
    const known = derived.get(name) ?? hkdf(master, purpose);
    derived.set(name, known);
    return known;
  };
  const sealingKeyFor = (kid: string, purpose: SealPurpose): Promise<CryptoKey> => {
    const name = `${purpose}/${kid}`;
    const known = imported.get(name) ?? keyFor(kid, purpose).then(importSealingKey);
    imported.set(name, known);
    return known;
  };
  const contextOf = (purpose: string, owner: Owner, kid: string) =>
    JSON.stringify([purpose, owner.userId, owner.id, kid]);
  const macUnder = async (kid: string, purpose: MacPurpose, text: string) =>
    `${kid}.${await hmacSha256(await keyFor(kid, purpose), text)}`;

  const openSealed = async (purpose: SealPurpose, owner: Owner, sealed: string) => {
    const [version, kid, ...parts] = sealed.split('.');
    const [iv, ciphertext, tag] = parts.map(fromBase64url);
    if (version !== 'v1' || !kid || parts.length !== 3 || !iv || !ciphertext || !tag) {
      throw new Error('sealed text has a wrong shape');
    }
    return unseal(await sealingKeyFor(kid, purpose), { iv, ciphertext, tag }, contextOf(purpose, owner, kid));
  };

  return {
    async seal(purpose, owner, plaintext) {
      const kid = ring.active;
      const key = await sealingKeyFor(kid, purpose);
      const { iv, ciphertext, tag } = await seal(key, plaintext, contextOf(purpose, owner, kid));
      return ['v1', kid, toBase64url(iv), toBase64url(ciphertext), toBase64url(tag)].join('.');
    },
    async open(purpose, owner, sealed) {
      return openSealed(purpose, owner, sealed).catch((cause: unknown) => {
        throw new SecretUnreadableError(`a sealed ${purpose} cannot be opened`, { cause });
      });
    },
    isStale: (sealed) => sealed.split('.')[1] !== ring.active,
    mac: (purpose, text) => macUnder(ring.active, purpose, text),
    async isMac(purpose, text, mac) {
      const kid = mac.split('.')[0] ?? '';
      if (!Object.hasOwn(ring.keys, kid)) return false;
      return timingSafeEqual(await macUnder(kid, purpose, text), mac);
    },
  };
};
