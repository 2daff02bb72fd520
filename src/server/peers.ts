/** The packages only the server needs: optional for everybody else, named here when one is missing. */
import { MfaStartError } from './startError.js';

// Written out one by one, so that bundlers see each of them. What verifies passkeys is loaded with the first of them.
const peers: Record<string, () => Promise<unknown>> = {
  hono: () => import('hono'),
  'hono-openapi': () => import('hono-openapi'),
  '@valibot/to-json-schema': () => import('@valibot/to-json-schema'),
  jose: () => import('jose'),
  otpauth: () => import('otpauth'),
  valibot: () => import('valibot'),
};

/** Throws with the command to run when a package is missing. */
export const checkPeers = async (loaders: typeof peers = peers): Promise<void> => {
  const missing: string[] = [];
  for (const [name, load] of Object.entries(loaders)) {
    await load().catch(() => missing.push(name));
  }
  if (missing.length === 0) return;
  const list = missing.join(' ');
  throw new MfaStartError(missing[0] ?? '', `The server needs packages that are not installed: npm install ${list}`);
};
