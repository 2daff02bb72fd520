/** The keys that sign tokens: each kind of token has a type of its own, so that none passes for another. */
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { readCanonicalHeader } from './canonicalToken.js';
import type { KeyRing } from './keys.js';

export interface SigningKeys {
  /** With the active key. */
  sign(type: string, claims: Record<string, unknown>): Promise<string>;
  /**
   * The claims of a token of this type that this server wrote for this audience, or null. When it expires is for the caller
   * to decide, against the server's clock.
   */
  verify(type: string, token: string, expected: { issuer: string; audience: string }): Promise<Claims | null>;
  /** RFC 7517 §5. */
  readonly publicKeys: JWK[];
}

export type Claims = Record<string, unknown>;

interface SigningKey {
  algorithm: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
}

export const importSigningKeys = async (ring: KeyRing<JsonWebKey>): Promise<SigningKeys> => {
  const keys = new Map<string, SigningKey>();
  for (const [kid, jwk] of Object.entries(ring.keys)) keys.set(kid, await importSigningKey(kid, jwk));
  const active = keys.get(ring.active);
  if (!active) throw new Error('the active signing key is missing');

  return {
    publicKeys: Array.from(keys.values(), (key) => key.publicJwk),
    sign: (type, claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: active.algorithm, typ: type, kid: ring.active })
        .sign(active.privateKey),
    async verify(type, token, expected) {
      const header = readCanonicalHeader(token, type);
      const key = header ? keys.get(header.kid) : undefined;
      const claims = key ? await verifySignature(token, key, { ...expected, type }) : null;
      // A list would be another audience's token as well (RFC 7519 §4.1.3): ours always name exactly one.
      return typeof claims?.aud === 'string' ? claims : null;
    },
  };
};

const verifySignature = async (
  token: string,
  key: SigningKey,
  expected: { issuer: string; audience: string; type: string },
): Promise<Claims | null> => {
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.algorithm],
      issuer: expected.issuer,
      audience: expected.audience,
      typ: expected.type,
      currentDate: new Date(0),
    });
    return payload;
  } catch {
    return null;
  }
};

const importSigningKey = async (kid: string, jwk: JsonWebKey): Promise<SigningKey> => {
  const algorithm = jwk.kty === 'RSA' ? 'RS256' : 'ES256';
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, oth: _oth, key_ops: _ops, ext: _ext, ...publicPart } = jwk;
  const publicJwk = { ...publicPart, kid, alg: algorithm, use: 'sig' } as JWK;
  const [privateKey, publicKey] = await Promise.all([
    importJWK(jwk as JWK, algorithm),
    importJWK(publicJwk, algorithm),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) throw new Error('signing key is symmetric');
  return { algorithm, privateKey, publicKey, publicJwk };
};
