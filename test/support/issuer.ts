/** An application's own sign-in: signs JWTs that the server of a test takes as a first factor. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const issuer = 'https://sign-in.test';

/** Its `externalAuth` for the server, and a JWT for a person at a moment of the server's clock, with other claims besides. */
export const createIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const jwtFor = (sub: string, now: number, claims: Record<string, unknown> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience('mfa')
      .setSubject(sub)
      .setJti(crypto.randomUUID())
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(now / 1000) + 300)
      .sign(privateKey);
  return { externalAuth: { issuer, audience: 'mfa', key }, jwtFor };
};
