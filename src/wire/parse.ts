/**
 * Small parsers of what arrives over the wire. Hand-written because a schema library would cost the hooks a third of
 * their byte budget; what they refuse becomes a typed error in the client's transport.
 */

/** The answer does not have the agreed form. */
export class WireFormatError extends TypeError {}

export const refuse = (expected: string): never => {
  throw new WireFormatError(`expected ${expected}`);
};

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse('an object');

export const string = (value: unknown): string => (typeof value === 'string' ? value : refuse('a string'));

export const number = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse('a number');

/** null and absent are the same to us: published answers use either. */
export const optionalString = (value: unknown): string | undefined => (value == null ? undefined : string(value));
export const optionalNumber = (value: unknown): number | undefined => (value == null ? undefined : number(value));
export const booleanOr = (value: unknown, fallback: boolean): boolean =>
  typeof value === 'boolean' ? value : fallback;

export const arrayOf = <T>(value: unknown, parse: (item: unknown) => T): T[] =>
  Array.isArray(value) ? value.map((item) => parse(item)) : refuse('a list');

/** For operations that answer nothing. */
export const nothing = (): void => undefined;
