/**
 * Threat: a key that nobody can sign with, or anybody, becomes somebody's passkey; a statement about its maker is believed.
 * S-38.
 */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { algorithms } from '../../src/server/webauthnOptions.js';
import type { Cbor } from '../support/cbor.js';
import { authenticate, expectation, outcomeOf, register } from '../support/ceremonies.js';
import type { SoftAlgorithm } from '../support/softCredential.js';

const all = algorithms as SoftAlgorithm[];
const withKey = (coseKey: Map<number, Cbor>) => outcomeOf(register({ coseKey }));

const jwkBytes = (key: ReturnType<typeof generateKeyPairSync>['publicKey'], part: 'x' | 'y') =>
  Buffer.from(key.export({ format: 'jwk' })[part] ?? '', 'base64url');

const p256 = () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { x: jwkBytes(publicKey, 'x'), y: jwkBytes(publicKey, 'y') };
};

/** Any number of that many bytes will do for a key that is refused before it is used. */
const rsa = (bytes: number, exponent = '010001') =>
  new Map<number, Cbor>([
    [1, 3],
    [3, -257],
    [-1, Buffer.alloc(bytes, 0xc5)],
    [-2, Buffer.from(exponent, 'hex')],
  ]);

describe('algorithms', () => {
  test.each(all)('%i is registered and used', async (algorithm) => {
    expect(await outcomeOf(register({ algorithm, attestation: 'self' }))).toBe('accepted');
    expect(await outcomeOf(authenticate({}, expectation(), { made: { algorithm } }))).toBe('accepted');
  });

  test.each([-35, -36, -37, -47, -48, -53, -258, -65_535, 0, 7])('%i is not', async (algorithm) => {
    const { x, y } = p256();
    expect(
      await withKey(
        new Map<number, Cbor>([
          [1, 2],
          [3, algorithm],
          [-1, 1],
          [-2, x],
          [-3, y],
        ]),
      ),
    ).toBe('algorithm');
  });

  test('a key without an algorithm is not', async () => {
    const { x, y } = p256();
    expect(
      await withKey(
        new Map<number, Cbor>([
          [1, 2],
          [-1, 1],
          [-2, x],
          [-3, y],
        ]),
      ),
    ).toBe('algorithm');
  });
});

describe('a public key is refused', () => {
  const { x, y } = p256();
  const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey;
  const ed = jwkBytes(generateKeyPairSync('ed25519').publicKey, 'x');
  const keys: [claim: string, key: Map<number, Cbor>][] = [
    [
      'that is no point of its curve',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, x],
      ]),
    ],
    [
      'that is the point at zero',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.alloc(32)],
        [-3, Buffer.alloc(32)],
      ]),
    ],
    [
      'with half a point',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x],
      ]),
    ],
    [
      'with a shortened point',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x.subarray(1)],
        [-3, y],
      ]),
    ],
    [
      'with a text for a point',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, 'x'],
        [-3, 'y'],
      ]),
    ],
    [
      'of another curve than its algorithm has',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 3],
        [-2, jwkBytes(p521, 'x')],
        [-3, jwkBytes(p521, 'y')],
      ]),
    ],
    [
      'of a curve that is called another',
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 2],
        [-2, x],
        [-3, y],
      ]),
    ],
    [
      'of another type than its algorithm has',
      new Map<number, Cbor>([
        [1, 3],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, y],
      ]),
    ],
    [
      'of Ed448 under the name of Ed25519',
      new Map<number, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 7],
        [-2, ed],
      ]),
    ],
    [
      'of Ed25519, a byte too long',
      new Map<number, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, Buffer.concat([ed, ed.subarray(0, 1)])],
      ]),
    ],
    ['of 2,040 bits', rsa(255)],
    ['of 4,104 bits', rsa(513)],
    ['with the exponent 3', rsa(256, '03')],
    ['with a long exponent', rsa(256, '0100000001')],
  ];
  test.each(keys)('%s', async (_, key) => {
    expect(await withKey(key)).toBe('public_key');
  });
});

describe('attestation', () => {
  test('of the key by itself must be its own signature', async () => {
    const signature = (right: Buffer) => Buffer.from(right.map((byte, index) => (index === 20 ? byte ^ 1 : byte)));
    expect(await outcomeOf(register({ attestation: 'self', signature }))).toBe('attestation');
  });

  test('of an unknown format is refused', async () => {
    expect(await outcomeOf(register({ attestation: { fmt: 'homemade', attStmt: new Map() } }))).toBe(
      'attestation_format',
    );
  });

  test('of none with a statement is refused', async () => {
    const attStmt = new Map<string, Cbor>([['sig', Buffer.alloc(64)]]);
    expect(await outcomeOf(register({ attestation: { fmt: 'none', attStmt } }))).toBe('attestation');
  });
});
