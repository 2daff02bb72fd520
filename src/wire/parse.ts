/**
 * Checks what arrives over the wire against an example of it. One small function instead of a schema library, which would
 * cost the hooks a third of their byte budget; what it refuses becomes a typed error in the client's transport.
 */

/** The answer does not have the agreed form. */
export class WireFormatError extends TypeError {}

/**
 * An answer by example: `''`, `0` and `false` stand for their types, `[x]` for a list of such, an object for one with at
 * least these fields. A name with a question mark may be absent or null: published answers use either. Fields that are
 * not named pass through.
 */
export type Example = string | number | boolean | readonly [Example] | { readonly [name: string]: Example };

/** Only fields that the answer has, each with or without its question mark. */
export type ExampleOf<T> = { readonly [Name in keyof T & string as Name | `${Name}?`]?: Example };

export const refuse = (): never => {
  throw new WireFormatError('not the agreed form');
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const check = (example: Example, value: unknown): unknown => {
  if (Array.isArray(example)) return Array.isArray(value) ? value.map((item) => check(example[0], item)) : refuse();
  if (isObject(example)) {
    if (!isObject(value)) return refuse();
    const checked: Record<string, unknown> = { ...value };
    for (const [name, part] of Object.entries(example)) {
      const field = name.replace('?', '');
      if (field === name || value[field] != null) checked[field] = check(part as Example, value[field]);
    }
    return checked;
  }
  // JSON can spell a number too large to be one.
  return typeof value === typeof example && value !== Infinity && value !== -Infinity ? value : refuse();
};

/** The parser of answers that look like this. */
export const like =
  <T>(example: ExampleOf<T>): ((value: unknown) => T) =>
  (value) =>
    check(example as Example, value) as T;

/** For operations that answer nothing. */
export const nothing = (): void => undefined;
