/** Tokens of the application's own sign-in as a first factor: issuer, audience, signature and expiry, all exact. */
import { createRemoteJWKSet, importJWK, type JWK, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { ExternalAuthOptions } from './options.js';
import { refuse } from './refusals.js';

export interface ExternalIdentity {
  subject: string;
  email: string | null;
  /** When the person proved themselves there, unix milliseconds: an old token is not a fresh first factor. */
  provenAt: number;
}

export interface ExternalVerifier {
  /** Throws `invalid_external_auth`. */
  verify(jwt: string, now: number): Promise<ExternalIdentity>;
}

export const createExternalVerifier = async (options: ExternalAuthOptions): Promise<ExternalVerifier> => {
  const algorithms = options.algorithms ?? ['ES256', 'RS256'];
  const key = await keyOf(options, algorithms);
  return {
    async verify(jwt, now) {
      const payload = await jwtVerify(jwt, key, {
        algorithms,
        issuer: options.issuer,
        audience: options.audience,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp'],
      }).then(
        (result) => result.payload,
        () => {
          throw refuse('invalid_external_auth');
        },
      );
      const { sub, auth_time: authTime, iat } = payload;
      if (!sub || sub.length > 255 || sub.includes('\0')) throw refuse('invalid_external_auth');
      const provenS = typeof authTime === 'number' ? authTime : iat;
      return {
        subject: sub,
        email: readEmailClaim(payload),
        // Without a date nothing is known of its freshness. RFC 7519 §2 allows fractions of a second.
        provenAt: provenS === undefined ? 0 : Math.floor(Math.max(0, Math.min(provenS * 1000, now))),
      };
    },
  };
};

/** None where the issuer itself says that nobody has shown it to be theirs (OpenID Connect Core §5.1). */
const readEmailClaim = ({ email, email_verified: isVerified }: JWTPayload): string | null =>
  typeof email === 'string' && email.length <= 254 && !/\p{Cc}/u.test(email) && isVerified !== false
    ? email.toLowerCase()
    : null;

const keyOf = async (options: ExternalAuthOptions, algorithms: string[]): Promise<JWTVerifyGetKey> => {
  if (options.jwksUrl) return createRemoteJWKSet(new URL(options.jwksUrl));
  const key = await importJWK(options.key as JWK, options.key?.alg ?? algorithms[0]);
  return async () => key;
};
