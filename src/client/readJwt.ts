// Reads what a JWT says, without believing it: only the server verifies.

/** The claims; undefined for anything that is no JWT (RFC 7519 §3.1). */
export const readJwt = (jwt: string): Record<string, unknown> | undefined => {
  try {
    const [, claims = '', signature] = jwt.split('.');
    if (signature) return JSON.parse(atob(claims.replace(/-/g, '+').replace(/_/g, '/'))) ?? undefined;
  } catch {}
  return undefined;
};
