/** Where a request came from: the socket's address, or what a trusted proxy says of it. */

/** What an HTTP server knows beside the request; `@hono/node-server` passes `incoming`. */
export interface ConnectionInfo {
  remoteAddress?: string;
  incoming?: { socket?: { remoteAddress?: string } };
}

/**
 * The address of whoever called. Of `X-Forwarded-For` only the entry that the outermost proxy of ours wrote counts:
 * everything to its left the caller may have made up.
 */
export const addressOf = (
  request: Pick<Request, 'headers'>,
  connection: ConnectionInfo | undefined,
  trustedHops: number,
): string | null => {
  const socketAddress = connection?.remoteAddress ?? connection?.incoming?.socket?.remoteAddress ?? null;
  if (trustedHops === 0) return socketAddress;
  const forwarded = (request.headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  return withoutPort(forwarded.at(-trustedHops) ?? '') || socketAddress;
};

/** Some proxies write the port as well, which is another one for every connection. */
const withoutPort = (entry: string): string =>
  /^\[([^\]]*)\](:\d+)?$/.exec(entry)?.[1] ?? entry.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
