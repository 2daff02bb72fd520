/** Names that the published parser changes, as the wire has them. */
const wireNames: Readonly<Record<string, string>> = { _default: 'default', publicIdentifier: 'public_identifier' };

/** What the published generated client gives, as it came over the wire: dates as text, nothing that is undefined. */
export const asSent = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value), (_, part: unknown) =>
        typeof part === 'object' && part !== null && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).map(([name, field]) => [wireNames[name] ?? name, field]))
          : part,
      );
