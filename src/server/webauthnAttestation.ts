/** Which attestation statements are looked at. None is asked for, so none is believed. */
import { toBase64url } from './crypto.js';
import type { WebauthnLibrary } from './webauthnLibrary.js';

type Cbor = Parameters<WebauthnLibrary['isoCBOR']['encode']>[0];

/** WebAuthn L3 §8. */
const formats: readonly unknown[] = [
  'packed',
  'tpm',
  'android-key',
  'android-safetynet',
  'fido-u2f',
  'none',
  'apple',
  'compound',
];

export interface Attestation {
  authData: Uint8Array<ArrayBuffer>;
  isKnown: boolean;
  /** The same credential with the statement `none`, where the statement that came is not to be read; base64url. */
  unattested: string | null;
}

/**
 * A browser that is asked for no attestation leaves nothing but `none` or a self-signature (§5.1.3), and either is
 * verified. A client that sends more is treated as if it had not: to verify certificates one must parse what anybody
 * may have written, and fetch the revocation lists that it names. Throws when it cannot be decoded.
 */
export const decodeAttestation = (library: WebauthnLibrary, attestationObject: string): Attestation => {
  const { isoBase64URL, isoCBOR } = library;
  const decoded = library.decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const [fmt, statement, authData] = [decoded.get('fmt'), decoded.get('attStmt'), decoded.get('authData')];
  const isPlain = fmt === 'none' || (fmt === 'packed' && statement.get('x5c') === undefined);
  const none = new Map<string, Cbor>([
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ]);
  return { authData, isKnown: formats.includes(fmt), unattested: isPlain ? null : toBase64url(isoCBOR.encode(none)) };
};
