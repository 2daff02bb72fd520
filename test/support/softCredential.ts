/** A passkey of the tests' own: a key pair, what its authenticator writes about it, and its signature (WebAuthn L3 §6). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type Cbor, encodeCbor } from './cbor.js';

/** As COSE numbers them: Ed25519, ES256, RS256. */
export type SoftAlgorithm = -8 | -7 | -257;

/** The bits of an authenticator's flags: present, verified, may be backed up, is backed up. */
export interface Flags {
  up: boolean;
  uv: boolean;
  be: boolean;
  bs: boolean;
}

export const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest();

const generate = (algorithm: SoftAlgorithm) => {
  switch (algorithm) {
    case -8:
      return generateKeyPairSync('ed25519');
    case -7:
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case -257:
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
};

export class SoftCredential {
  readonly id: Buffer;
  readonly publicKey: KeyObject;
  counter = 0;
  readonly #privateKey: KeyObject;

  constructor(
    readonly algorithm: SoftAlgorithm,
    readonly rpId: string,
    /** base64url */
    readonly userHandle: string,
    idLength: number,
  ) {
    this.id = randomBytes(idLength);
    const { publicKey, privateKey } = generate(algorithm);
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  /** COSE_Key (RFC 9053 §7, RFC 8230 §4). */
  get coseKey(): Map<number, Cbor> {
    const { x = '', y = '', n = '', e = '' } = this.publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    const parts: Record<SoftAlgorithm, [number, Cbor][]> = {
      [-8]: [
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(x)],
      ],
      [-7]: [
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ],
      [-257]: [
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ],
    };
    return new Map(parts[this.algorithm]);
  }

  /** Authenticator data (§6.1); with the credential itself only when it is made. */
  describe(input: Flags & { rpId: string; counter: number; aaguid?: string; coseKey?: Map<number, Cbor> }): Buffer {
    const { aaguid } = input;
    const flags = [
      input.up && 0x01,
      input.uv && 0x04,
      input.be && 0x08,
      input.bs && 0x10,
      aaguid !== undefined && 0x40,
    ];
    const head = Buffer.alloc(5);
    head.writeUInt8(flags.reduce<number>((sum, bit) => sum | (bit || 0), 0));
    head.writeUInt32BE(input.counter, 1);
    const attested = () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(this.id.length);
      const maker = Buffer.from((aaguid ?? '').replaceAll('-', ''), 'hex');
      return [maker, length, this.id, encodeCbor(input.coseKey ?? this.coseKey)];
    };
    return Buffer.concat([sha256(input.rpId), head, ...(aaguid === undefined ? [] : attested())]);
  }

  sign(authenticatorData: Buffer, clientDataJSON: Buffer): Buffer {
    const hash = this.algorithm === -8 ? null : 'sha256';
    return sign(hash, Buffer.concat([authenticatorData, sha256(clientDataJSON)]), this.#privateKey);
  }
}
