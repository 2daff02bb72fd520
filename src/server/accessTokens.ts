/** Access tokens: signs what a session row says, and believes nothing that it would not have written itself. */
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { fromBase64url, fromUtf8, randomToken } from './crypto.js';
import type { KeyRing } from './keys.js';
import { type Refusal, refuse } from './refusals.js';
import type { SessionRecord, UserRecord } from './store/records.js';

/** What an access token says that the server relies on; everything else is read from the session's row. */
export interface AccessClaims {
  userId: string;
  sid: string;
  jti: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

export interface AccessTokens {
  /** `expiresAt` in unix milliseconds, whole seconds. */
  sign(
    session: SessionRecord,
    user: UserRecord,
    input: { jti: string; expiresAt: number; now: number },
  ): Promise<string>;
  /** Throws `invalid_token`, or `token_expired` unless `acceptsExpired`. */
  verify(token: string, input: { now: number; acceptsExpired: boolean }): Promise<AccessClaims>;
  /** RFC 7517 §5. */
  readonly publicKeys: JWK[];
}

/** Longer than any token this server signs. */
const MAX_TOKEN_LENGTH = 4096;
const TYPE = 'at+jwt';

interface SigningKey {
  algorithm: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
}

export const newJti = (): string => randomToken();

/** The `iss` of every token: the API's address and the environment (contract §7.1). */
export const issuerOf = (baseUrl: string, environmentId: string): string => `${baseUrl}/${environmentId}`;

export const createAccessTokens = async (input: {
  signing: KeyRing<JsonWebKey>;
  issuer: string;
  audience: string;
  environmentId: string;
}): Promise<AccessTokens> => {
  const keys = new Map<string, SigningKey>();
  for (const [kid, jwk] of Object.entries(input.signing.keys)) keys.set(kid, await importSigningKey(kid, jwk));
  const active = keys.get(input.signing.active);
  if (!active) throw new Error('the active signing key is missing');
  const header = { alg: active.algorithm, typ: TYPE, kid: input.signing.active };

  return {
    publicKeys: Array.from(keys.values(), (key) => key.publicJwk),
    sign(session, user, { jti, expiresAt, now }) {
      return new SignJWT({
        iss: input.issuer,
        aud: input.audience,
        sub: session.userId,
        sid: session.sid,
        jti,
        iat: Math.floor(now / 1000),
        exp: Math.floor(expiresAt / 1000),
        auth_time: Math.floor(session.authTime / 1000),
        acr: session.acr,
        amr: session.amr.split(' ').filter(Boolean),
        scope: session.scope,
        environment_id: input.environmentId,
        last_verified_credential_id: user.id,
        ...(user.email !== null && { email: user.email }),
      })
        .setProtectedHeader(header)
        .sign(active.privateKey);
    },
    async verify(token, { now, acceptsExpired }) {
      const kid = readCanonicalHeader(token);
      const key = kid === null ? undefined : keys.get(kid);
      if (!key) throw refuse('invalid_token');
      const claims = await verifySignature(token, key, input);
      const { sub, sid, jti, exp, iat } = claims;
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof jti !== 'string') throw refuse('invalid_token');
      // A list would be another audience's token as well (RFC 7519 §4.1.3): ours always name exactly one.
      if (typeof claims.aud !== 'string' || typeof exp !== 'number' || typeof iat !== 'number')
        throw refuse('invalid_token');
      if (typeof claims.nbf === 'number' && claims.nbf * 1000 > now) throw refuse('invalid_token');
      if (!acceptsExpired && exp * 1000 <= now) throw refuse('token_expired');
      return { userId: sub, sid, jti, expiresAt: exp * 1000 };
    },
  };
};

/**
 * The key id, if the token has the very form this server writes: no `jku`, `jwk`, `x5u` or `crit` to be led by, no
 * member given twice.
 */
const readCanonicalHeader = (token: string): string | null => {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (!signature || rest.length > 0) return null;
  const header = parseCanonical(head);
  if (!header || parseCanonical(body) === null) return null;
  const { alg, typ, kid, ...others } = header;
  if (typ !== TYPE || typeof alg !== 'string' || typeof kid !== 'string') return null;
  return Object.keys(others).length === 0 ? kid : null;
};

/** What `JSON.stringify` would write back differently was not written by us: repeated members, spaces, odd numbers. */
const parseCanonical = (segment: string): Record<string, unknown> | null => {
  const bytes = fromBase64url(segment);
  if (!bytes) return null;
  try {
    const text = fromUtf8(bytes);
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && JSON.stringify(value) === text ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const verifySignature = async (
  token: string,
  key: SigningKey,
  expected: { issuer: string; audience: string },
): Promise<Record<string, unknown>> => {
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.algorithm],
      issuer: expected.issuer,
      audience: expected.audience,
      typ: TYPE,
      // Expiry is decided by the caller, against the server's clock.
      currentDate: new Date(0),
    });
    return payload;
  } catch {
    throw invalidToken();
  }
};

const invalidToken = (): Refusal => refuse('invalid_token');

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
