import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createMfaServer } from 'mfa-kit/server';
import { sqliteStore } from 'mfa-kit/server/sqlite';
import { environmentId } from './environment.js';
import { Inbox } from './server/inbox.js';
import { loadKeys } from './server/keys.js';
import { servePage } from './server/page.js';
import { firstPolicy, handlePolicy } from './server/policy.js';
import { createTreasury } from './server/treasury/createTreasury.js';

export interface DemoOptions {
  /** 0 takes any free port. */
  port: number;
  /** Holds the database and the keys; made when it is missing. */
  dataFolder: string;
  /** The built page, as `scripts/demo.mjs` makes it. */
  pageFolder: string;
  /** Unix milliseconds; a test's own clock. Defaults to the system's. */
  clock?: () => number;
  /** PBKDF2 rounds for recovery codes; a test may take fewer. Defaults to the server's own 210,000. */
  recoveryCodeRounds?: number;
  /** Where the demo says what it does. Defaults to the terminal. */
  print?: (line: string) => void;
}

export interface RunningDemo {
  url: string;
  close(): Promise<void>;
}

/** Harbor: the page, the kit's server and the demo's own routes, in one process on one port. */
export async function startDemo({
  port,
  dataFolder,
  pageFolder,
  clock,
  ...options
}: DemoOptions): Promise<RunningDemo> {
  const print = options.print ?? ((line: string) => console.log(line));
  const keys = await loadKeys(dataFolder);
  const http = createServer();
  // Bound to this machine alone: the demo shows its e-mails to whoever asks.
  http.listen(port, 'localhost');
  await once(http, 'listening');
  const url = `http://localhost:${(http.address() as AddressInfo).port}`;

  const inbox = new Inbox();
  const mfa = await createMfaServer({
    environmentId,
    appName: 'Harbor',
    store: sqliteStore({ file: join(dataFolder, 'harbor.db') }),
    keys,
    baseUrl: `${url}/api/v0`,
    origins: [url],
    sendEmail: async ({ to, code }: { to: string; code: string }) => {
      print(`  Mail to ${to}: your Harbor sign-in code is ${code}`);
      inbox.deliver({ to, code, sentAt: Date.now() });
    },
    policy: firstPolicy,
    // A visitor signs in and out more often than anybody at work.
    emailsPerAddress: 30,
    clock,
    recoveryCodeRounds: options.recoveryCodeRounds,
  });

  const api = getRequestListener(mfa.fetch, { overrideGlobalObjects: false });
  const handleTreasury = createTreasury({ dataFolder, clock });
  const treasury = getRequestListener((request) => handleTreasury(request, mfa), { overrideGlobalObjects: false });
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', url);
    if (pathname.startsWith('/api/v0/')) void api(request, response);
    else if (pathname.startsWith('/demo/treasury/')) void treasury(request, response);
    else if (pathname === '/demo/inbox') inbox.follow(response);
    else if (pathname === '/demo/policy') void handlePolicy(mfa.admin, request, response);
    else servePage(pageFolder, pathname, response);
  });

  return {
    url,
    async close() {
      inbox.close();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
      await mfa.close();
    },
  };
}
