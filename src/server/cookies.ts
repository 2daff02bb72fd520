/** The session cookie (security.md D11): its name, its attributes, and reading it. */
import type { Core } from './core.js';

/** `__Host-` ties the cookie to this very host over https. Safari keeps no Secure cookie on http://localhost. */
const cookieName = (core: Pick<Core, 'baseUrl' | 'environmentId'>): string => {
  const name = `mfa_${core.environmentId}`;
  return core.baseUrl.startsWith('https:') ? `__Host-${name}` : name;
};

const attributesOf = (core: Pick<Core, 'baseUrl'>): string =>
  `Path=/; HttpOnly; SameSite=Strict${core.baseUrl.startsWith('https:') ? '; Secure' : ''}`;

/** Lasts as long as the session: past the token's own expiry the session's row decides. */
export const sessionCookie = (core: Core, token: string, sessionEndsAt: number, now: number): string =>
  `${cookieName(core)}=${token}; ${attributesOf(core)}; Max-Age=${Math.max(0, Math.floor((sessionEndsAt - now) / 1000))}`;

export const clearedCookie = (core: Core): string => `${cookieName(core)}=; ${attributesOf(core)}; Max-Age=0`;

/** The cookie's value; empty text counts as none. */
export const readSessionCookie = (core: Core, header: string | null): string | null => {
  const prefix = `${cookieName(core)}=`;
  const pair = (header ?? '').split(/; */).find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length) || null;
};
