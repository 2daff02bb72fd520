import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeys } from 'mfa-kit/server';

type Keys = Awaited<ReturnType<typeof generateKeys>>;

/**
 * The demo's keys: made on the first start and kept beside the database, readable by their owner alone. A real service
 * keeps them apart from its database, in its environment or a key management service.
 */
export const loadKeys = async (folder: string): Promise<Keys> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  const keys = await generateKeys();
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600, flag: 'wx' });
  return keys;
};
