/** For back ends in other processes: what an access token says, checked with the server's public keys alone. */
import { isFullyAuthenticatedScope, isWaitingForMfaScope } from '../wire/scopes.js';
import { AccessTokenError } from './accessTokenError.js';
import { ACCESS_TOKEN_TYPE, readCanonicalHeader } from './canonicalToken.js';
import { findPublicKey, type Jose, joseCode } from './publicKeys.js';
import { MfaStartError } from './startError.js';
import { importPeer } from './store/importPeer.js';

export interface VerifyAccessTokenOptions {
  /** The exact `iss`: the API's address and the environment, `{baseUrl}/{environmentId}`. */
  issuer: string;
  /** The exact `aud`: the first of the server's `origins`. */
  audience: string;
  /**
   * Where the public keys are: `{baseUrl}/sdk/{environmentId}/.well-known/jwks`, over https. Fetched once and kept for ten
   * minutes; a token with a key that is not there has them fetched anew, every 30 s at most. Either this or `keys`.
   */
  jwksUrl?: string;
  /** The public keys themselves, as that address gives them. */
  keys?: { keys: (JsonWebKey & { kid?: string })[] };
  /** Accepted signature algorithms. `['ES256']` unless set; add `RS256` where the server's keys are RSA. */
  algorithms?: ('ES256' | 'RS256')[];
  /**
   * Take a session that still waits for its second factor too. Only for what such a session may do: never for data or
   * actions of the user.
   */
  allowWaiting?: boolean;
  /** Unix milliseconds. The system's clock unless set; 5 s of difference from the server's are tolerated. */
  clock?: () => number;
  /** Fetches the keys. The global `fetch` unless set. Pass the same function each time: keys are kept for it. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What a good access token says. */
export interface VerifiedAccessToken {
  userId: string;
  sessionId: string;
  /** Space-separated. */
  scope: string;
  /** How strongly the owner was proven last: `first_factor`, `recovery`, `factor` or `phr` (phishing-resistant). */
  acr: string;
  /** With what, as RFC 8176 names it. */
  amr: string[];
  /** When, unix milliseconds. */
  authTime: number;
  /** Unix milliseconds. */
  expiresAt: number;
  /** Everything the token says, as it stands there: times in seconds. */
  claims: Record<string, unknown>;
}

/** Seconds by which two clocks may differ. */
const TOLERANCE_S = 5;

/**
 * Checks an access token in a back end that does not run the server itself, and says whose it is.
 *
 * A token is good until it expires (ten minutes unless the policy says otherwise), also when its session was ended
 * meanwhile: where that matters, use `requireSession` of the server, which looks at the session itself.
 *
 * Needs the package `jose`. Rejects with `AccessTokenError`; with `MfaStartError` when an option is missing or wrong.
 *
 * @param jwt The token alone, without `Bearer`.
 * @example
 * const { userId } = await verifyAccessToken(jwt, {
 *   issuer: 'https://app.example.com/api/v0/b2f1c2b8-6f8f-4f7e-9a55-0e7b6d6f5d11',
 *   audience: 'https://app.example.com',
 *   jwksUrl: 'https://app.example.com/api/v0/sdk/b2f1c2b8-6f8f-4f7e-9a55-0e7b6d6f5d11/.well-known/jwks',
 * });
 */
export const verifyAccessToken = async (
  jwt: string,
  options: VerifyAccessTokenOptions,
): Promise<VerifiedAccessToken> => {
  const algorithms = checkOptions(options);
  // Where no token was sent, plain JavaScript passes undefined.
  const header = typeof jwt === 'string' ? readCanonicalHeader(jwt, ACCESS_TOKEN_TYPE) : null;
  if (!header || !algorithms.includes(header.alg)) throw new AccessTokenError('invalid_token');
  const jose = await importPeer({ load: () => import('jose'), usedBy: 'verifyAccessToken', install: 'jose' });
  const key = await findPublicKey(jose, options, header);
  const claims = await verifySignature(jose, jwt, key, { ...options, algorithm: header.alg });
  const verified = readClaims(claims);
  const { scope } = claims;
  const isAccepted = isFullyAuthenticatedScope(scope) || (options.allowWaiting === true && isWaitingForMfaScope(scope));
  if (typeof scope !== 'string' || !isAccepted) throw new AccessTokenError('insufficient_scope');
  return { ...verified, scope, claims };
};

/** The accepted algorithms. An issuer or audience that is undefined would not be checked at all, so it is refused. */
const checkOptions = ({
  issuer,
  audience,
  jwksUrl,
  keys,
  algorithms = ['ES256'],
}: VerifyAccessTokenOptions): string[] => {
  for (const [name, value] of Object.entries({ issuer, audience })) {
    if (typeof value !== 'string' || value === '') {
      throw new MfaStartError(name, `\`${name}\` is missing: give the exact text that your server's tokens carry.`);
    }
  }
  if (!jwksUrl === !keys) throw new MfaStartError('jwksUrl', 'Give either `jwksUrl` or `keys`.');
  if (jwksUrl && !isSafeAddress(jwksUrl)) {
    throw new MfaStartError(
      'jwksUrl',
      '`jwksUrl` must be an https address: whoever can change these keys can be anybody.',
    );
  }
  if (algorithms.length === 0 || !algorithms.every((algorithm) => ['ES256', 'RS256'].includes(algorithm))) {
    throw new MfaStartError('algorithms', '`algorithms` may name ES256 and RS256 only.');
  }
  return algorithms;
};

const isSafeAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
};

const verifySignature = async (
  jose: Jose,
  jwt: string,
  key: CryptoKey,
  { algorithm, issuer, audience, clock = Date.now }: VerifyAccessTokenOptions & { algorithm: string },
): Promise<Record<string, unknown>> => {
  try {
    const { payload } = await jose.jwtVerify(jwt, key, {
      algorithms: [algorithm],
      typ: ACCESS_TOKEN_TYPE,
      issuer,
      audience,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
      clockTolerance: TOLERANCE_S,
      currentDate: new Date(clock()),
    });
    return payload;
  } catch (cause) {
    throw new AccessTokenError(joseCode(cause) === 'ERR_JWT_EXPIRED' ? 'token_expired' : 'invalid_token', { cause });
  }
};

const readClaims = (claims: Record<string, unknown>): Omit<VerifiedAccessToken, 'scope' | 'claims'> => {
  const { sub, sid, jti, aud, exp, acr, amr, auth_time: authTime } = claims;
  const isOurs =
    isText(sub) &&
    isText(sid) &&
    isText(jti) &&
    isText(acr) &&
    // A list would be another audience's token as well (RFC 7519 §4.1.3): ours always name exactly one.
    isText(aud) &&
    typeof exp === 'number' &&
    typeof authTime === 'number' &&
    Array.isArray(amr) &&
    amr.every(isText);
  if (!isOurs) throw new AccessTokenError('invalid_token');
  return { userId: sub, sessionId: sid, acr, amr, authTime: authTime * 1000, expiresAt: exp * 1000 };
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
