/** Seals private keys at rest: AES-256-GCM under a key of the demo's own, bound to whom and what it belongs to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** All base64. */
export interface Sealed {
  iv: string;
  text: string;
  tag: string;
}

const CIPHER = 'aes-256-gcm';

/**
 * Made on the first start and kept beside the demo's other keys, readable by their owner alone. A real service asks a key
 * management service to seal and open, and never holds this key.
 */
export const loadSealingKey = (folder: string): Buffer => {
  const file = join(folder, 'treasury.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.length !== 32) throw new Error(`${file} is not a key of 32 bytes.`);
  return key;
};

/** `context` is not stored: what was sealed for one holder does not open for another. */
export const seal = (key: Buffer, plain: string, context: string): Sealed => {
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(context));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return { iv: iv.toString('base64'), text: text.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
};

/** Throws where anything was changed, or the context is another. */
export const unseal = (key: Buffer, { iv, text, tag }: Sealed, context: string): string => {
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
};
