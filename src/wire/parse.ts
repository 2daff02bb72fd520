/**
 * Checks what arrives over the wire against an example of it. One small function instead of a schema library, which would
 * cost the hooks a third of their byte budget; what it refuses becomes a typed error in the client's transport.
 */

/**
 * An answer by example: `''`, `0` and `false` stand for their types, `[x]` for a list of such, an object for one with at
 * least these fields. A name with a question mark may be absent or null: published answers use either. Fields that are
 * not named pass through: those are not worth a check whose type can do no harm where it is another, such as a flag.
 */
export type Example = string | number | boolean | readonly [Example] | { readonly [name: string]: Example };

/** Only fields that the answer has, each with or without its question mark. */
export type ExampleOf<T> = { readonly [Name in keyof T & string as Name | `${Name}?`]?: Example };

export const refuse = (): never => {
  throw new TypeError('not the agreed form');
};

const check = (example: Example, value: unknown): void => {
  const isList = Array.isArray(value);
  // JSON can spell a number too large to be one.
  const isInfinite = value === Infinity || value === -Infinity;
  if (typeof value !== typeof example || value === null || isList !== Array.isArray(example) || isInfinite) refuse();
  if (isList) for (const item of value) check((example as readonly [Example])[0], item);
  else if (typeof example === 'object') {
    for (const [name, part] of Object.entries(example)) {
      const field = name.replace('?', '');
      const found = (value as Record<string, unknown>)[field];
      if (field === name || found != null) check(part as Example, found);
    }
  }
};

/** The parser of answers that look like this. */
export const like =
  <T>(example: ExampleOf<T>): ((value: unknown) => T) =>
  (value) => {
    check(example as Example, value);
    return value as T;
  };

/** For operations that answer nothing. */
export const nothing = (): void => undefined;
