/** The one form in which this server writes tokens, read before anything in a token is believed. */
import { fromBase64url, fromUtf8 } from './crypto.js';

/** RFC 9068 §2.1. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
/** Longer than any token this server signs. */
const MAX_TOKEN_LENGTH = 4096;

/**
 * Which key and algorithm a token of this type names, if it has the very form this server writes: no `jku`, `jwk`, `x5u`
 * or `crit` to be led by, no member given twice.
 */
export const readCanonicalHeader = (token: string, type: string): { alg: string; kid: string } | null => {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (!signature || rest.length > 0) return null;
  const header = parseCanonical(head);
  if (!header || parseCanonical(body) === null) return null;
  const { alg, typ, kid, ...others } = header;
  if (typ !== type || typeof alg !== 'string' || typeof kid !== 'string') return null;
  return Object.keys(others).length === 0 ? { alg, kid } : null;
};

/** What `JSON.stringify` would write back differently was not written by us: repeated members, spaces, odd numbers. */
const parseCanonical = (segment: string): Record<string, unknown> | null => {
  const bytes = fromBase64url(segment);
  if (!bytes) return null;
  try {
    const text = fromUtf8(bytes);
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && JSON.stringify(value) === text ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};
