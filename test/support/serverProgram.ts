/** A server process for `http.ts`: a whole server over HTTP on a shared database, with the clock in the test's hand. */
import { serve } from '@hono/node-server';
import { createMfaServer, type MfaKeys, type MfaServerOptions } from 'mfa-kit/server';
import { postgresStore } from 'mfa-kit/server/postgres';
import { sqliteStore } from 'mfa-kit/server/sqlite';

export interface ServerSettings {
  database: { postgres: string } | { sqlite: string };
  keys: MfaKeys;
  options: Omit<MfaServerOptions, 'store' | 'keys' | 'clock'>;
  now: number;
}

export type ServerTask =
  | { do: 'port' }
  | { do: 'setClock'; now: number }
  | { do: 'errors' }
  | { do: 'executed' }
  | { do: 'audit'; userId: string };

const settings = JSON.parse(process.env.SERVER_SETTINGS ?? '') as ServerSettings;
let now = settings.now;
const errors: string[] = [];
const { database } = settings;

const mfa = await createMfaServer({
  ...settings.options,
  keys: settings.keys,
  store:
    'postgres' in database
      ? postgresStore({ connectionString: database.postgres })
      : sqliteStore({ file: database.sqlite }),
  clock: () => now,
  onError: (error) => errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
});
/** The application's own route, `POST …/protected/{action}`, which does something that must not be done twice. */
let executed = 0;
const protect = async (request: Request, action: string): Promise<Response> => {
  const text = await request.text();
  const check = await mfa.requireMfa(request, { action, ...(text !== '' && { payload: JSON.parse(text) }) });
  if (!check.ok) return check.response;
  executed += 1;
  return Response.json({ mfa: check.mfa });
};
const answer: typeof mfa.fetch = async (request, connection) => {
  const action = /\/protected\/([^/]+)$/.exec(new URL(request.url).pathname)?.[1];
  return action === undefined ? mfa.fetch(request, connection) : protect(request, action);
};

const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }, ({ port }) => {
  process.on('message', ({ id, task }: { id: number; task: ServerTask }) => {
    perform(task, port).then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) => process.send?.({ id, failure: String(error) }),
    );
  });
  process.send?.({ isReady: true });
});

async function perform(task: ServerTask, port: number): Promise<unknown> {
  switch (task.do) {
    case 'port':
      return port;
    case 'setClock':
      now = task.now;
      return null;
    case 'errors':
      return errors;
    case 'executed':
      return executed;
    case 'audit':
      return mfa.admin.listAudit(task.userId);
  }
}

// The parent is gone: nobody waits for an answer.
process.on('disconnect', () => {
  server.close();
  process.exit();
});
