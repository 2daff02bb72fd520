/** The public keys an access token is checked with: fetched once and kept, or given. */
import { AccessTokenError } from './accessTokenError.js';
import { MfaStartError } from './startError.js';

export type Jose = typeof import('jose');
/** Finds the one public key a token names. */
type KeySet = (header: { alg: string; kid: string }) => Promise<CryptoKey>;
type JwksFetch = (url: string, init: RequestInit) => Promise<Response>;

interface KeySource {
  jwksUrl?: string;
  /** As a JWKS address gives them (RFC 7517 §5). */
  keys?: { keys: JsonWebKey[] };
  fetch?: JwksFetch;
}

/** A key that is not there says something of the token; anything else that goes wrong says nothing of it. */
export const findPublicKey = async (
  jose: Jose,
  source: KeySource,
  header: { alg: string; kid: string },
): Promise<CryptoKey> => {
  const keySet = keySetOf(jose, source);
  try {
    return await keySet(header);
  } catch (cause) {
    const isUnknown = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS'].includes(joseCode(cause));
    throw new AccessTokenError(isUnknown ? 'invalid_token' : 'keys_unavailable', { cause });
  }
};

/** By code and not by class: a bundle may hold the library twice. */
export const joseCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const fetched = new WeakMap<JwksFetch, Map<string, KeySet>>();
const given = new WeakMap<object, KeySet>();

/** Kept from call to call. The addresses are the application's own, never a token's, so there are few. */
const keySetOf = (jose: Jose, { jwksUrl, keys, fetch = globalThis.fetch }: KeySource): KeySet => {
  if (keys) {
    const known = given.get(keys) ?? createGivenSet(jose, keys);
    given.set(keys, known);
    return known;
  }
  const url = jwksUrl ?? '';
  const sets = fetched.get(fetch) ?? new Map<string, KeySet>();
  fetched.set(fetch, sets);
  const known =
    sets.get(url) ??
    jose.createRemoteJWKSet(new URL(url), {
      cooldownDuration: 30_000,
      cacheMaxAge: 600_000,
      timeoutDuration: 5_000,
      [jose.customFetch]: fetch,
    });
  sets.set(url, known);
  return known;
};

const createGivenSet = (jose: Jose, keys: object): KeySet => {
  try {
    return jose.createLocalJWKSet(keys as Parameters<Jose['createLocalJWKSet']>[0]);
  } catch {
    throw new MfaStartError('keys', '`keys` must be what the JWKS address gives: `{ keys: [...] }`.');
  }
};
