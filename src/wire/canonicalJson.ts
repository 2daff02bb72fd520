/**
 * JSON in its one canonical form (RFC 8785), so that a digest of it stands for what it says and not for how it was
 * spelled. It takes what `JSON.parse` can give and nothing that would change on its way through JSON.
 */

export type CanonicalJsonFault = 'not_json' | 'too_deep' | 'too_large';

/** The value has no canonical form, or is larger than an approval may be. */
export class CanonicalJsonError extends TypeError {
  override name = 'CanonicalJsonError';

  constructor(readonly fault: CanonicalJsonFault) {
    super(`no canonical JSON: ${fault}`);
  }
}

/** Lists and objects within one another; a cycle is deeper than any number. */
const MAX_DEPTH = 32;
/** UTF-16 code units of the result. */
const MAX_LENGTH = 16_384;

/** Throws `CanonicalJsonError`. */
export const canonicalJson = (value: unknown): string => {
  let text = '';
  // Counted while it grows: a few objects that hold one another twice over would write for ever within the depth.
  const put = (piece: string): void => {
    text += piece;
    if (text.length > MAX_LENGTH) throw new CanonicalJsonError('too_large');
  };
  // ECMAScript writes strings and numbers as RFC 8785 §3.2.2 wants them, but for halves of a surrogate pair.
  const putString = (part: string): void => {
    if (/\p{Surrogate}/u.test(part)) throw new CanonicalJsonError('not_json');
    put(JSON.stringify(part));
  };

  const write = (part: unknown, depth: number): void => {
    if (typeof part === 'string') return putString(part);
    if (part === null || typeof part === 'boolean' || Number.isFinite(part)) return put(JSON.stringify(part));
    if (!isPlain(part)) throw new CanonicalJsonError('not_json');
    if (depth === MAX_DEPTH) throw new CanonicalJsonError('too_deep');
    if (Array.isArray(part)) {
      put('[');
      for (let index = 0; index < part.length; index++) {
        if (index > 0) put(',');
        write(part[index], depth + 1);
      }
      return put(']');
    }
    put('{');
    // Sorted by UTF-16 code units (§3.2.3), as `sort` does by itself.
    for (const [index, name] of Object.keys(part).sort().entries()) {
      // An object that is copied member by member loses this one: what is approved would not be what is done.
      if (name === '__proto__') throw new CanonicalJsonError('not_json');
      if (index > 0) put(',');
      putString(name);
      put(':');
      write(part[name], depth + 1);
    }
    put('}');
  };

  write(value, 0);
  return text;
};

/** Dates, maps and instances of classes become something else in JSON. The second step is for objects of other frames. */
const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
};
