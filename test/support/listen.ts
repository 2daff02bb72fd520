/** Puts a WHATWG `fetch` behind a port of this machine until the test that asks for it is over. */
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';

type Answer = (request: Request, connection: { remoteAddress: string }) => Response | Promise<Response>;

/** Where it listens, such as `http://127.0.0.1:40123`. */
export const listen = async (answer: Answer): Promise<string> => {
  const server = createAdaptorServer({
    fetch: (request: Request) => answer(request, { remoteAddress: '127.0.0.1' }),
    overrideGlobalObjects: false,
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return `http://127.0.0.1:${address.port}`;
};
