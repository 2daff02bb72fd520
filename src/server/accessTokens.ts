/** Access tokens: signs what a session row says, and believes nothing that it would not have written itself. */
import { ACCESS_TOKEN_TYPE } from './canonicalToken.js';
import { randomToken } from './crypto.js';
import { refuse } from './refusals.js';
import type { SigningKeys } from './signingKeys.js';
import type { SessionRecord, UserRecord } from './store/records.js';

/** What an access token says that the server relies on; everything else is read from the session's row. */
export interface AccessClaims {
  userId: string;
  sid: string;
  jti: string;
  /** Unix milliseconds. */
  expiresAt: number;
}

/** What is signed for a session and its user. */
export interface AccessTokenInput {
  session: SessionRecord;
  user: UserRecord;
  /** The credential proven last. */
  credentialId: string;
  jti: string;
  /** Unix milliseconds, whole seconds. */
  expiresAt: number;
  now: number;
  /** Claims besides, for back ends that read them: the server reads none. */
  profile?: Record<string, unknown>;
}

export interface AccessTokens {
  sign(input: AccessTokenInput): Promise<string>;
  /** Throws `invalid_token`, or `token_expired` unless `acceptsExpired`. */
  verify(token: string, input: { now: number; acceptsExpired: boolean }): Promise<AccessClaims>;
}

export const newJti = (): string => randomToken();

/** The `iss` of every token: the API's address and the environment (contract §7.1). */
export const issuerOf = (baseUrl: string, environmentId: string): string => `${baseUrl}/${environmentId}`;

export const createAccessTokens = (input: {
  signing: SigningKeys;
  issuer: string;
  audience: string;
  environmentId: string;
}): AccessTokens => ({
  sign({ session, user, credentialId, jti, expiresAt, now, profile }) {
    return input.signing.sign(ACCESS_TOKEN_TYPE, {
      ...profile,
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
      last_verified_credential_id: credentialId,
      ...(user.email !== null && { email: user.email }),
    });
  },
  async verify(token, { now, acceptsExpired }) {
    const claims = await input.signing.verify(ACCESS_TOKEN_TYPE, token, input);
    if (!claims) throw refuse('invalid_token');
    const { sub, sid, jti, exp, iat, nbf } = claims;
    if (typeof sub !== 'string' || typeof sid !== 'string' || typeof jti !== 'string') throw refuse('invalid_token');
    if (typeof exp !== 'number' || typeof iat !== 'number') throw refuse('invalid_token');
    if (typeof nbf === 'number' && nbf * 1000 > now) throw refuse('invalid_token');
    if (!acceptsExpired && exp * 1000 <= now) throw refuse('token_expired');
    return { userId: sub, sid, jti, expiresAt: exp * 1000 };
  },
});
