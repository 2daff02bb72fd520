/** The key pair a published client makes for its device, and the headers it proves the key with (contract §5.1). */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface SessionKey {
  /** Compressed P-256 point, 66 hex characters. */
  publicKey: string;
  signNonce(nonce: string): Record<string, string>;
}

export const createSessionKey = (): SessionKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const isOdd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2 === 1;
  const compressed = `${isOdd ? '03' : '02'}${Buffer.from(x, 'base64url').toString('hex')}`;
  return {
    publicKey: compressed,
    signNonce: (nonce) => ({
      'x-dynamic-device-nonce': nonce,
      'x-dynamic-device-publickey': compressed,
      'x-dynamic-device-signed-nonce': sign('sha256', Buffer.from(nonce), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      }).toString('hex'),
    }),
  };
};
