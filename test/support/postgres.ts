/**
 * A throwaway PostgreSQL cluster for tests: in a temporary folder, on a free port, gone afterwards.
 *
 * Tests call `freshDatabase()`; the one cluster behind it is started by `postgres.setup.ts` when a run begins.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { findPostgres } from '../../scripts/postgres.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

export interface PostgresCluster {
  /** Of the database `postgres`; every other one is reached by changing the path. */
  url: string;
  stop(): Promise<void>;
}

export interface StartPostgresOptions {
  /** Off is for races only, where the disk would be measured instead of the locks. Defaults to true. */
  isDurable?: boolean;
}

/** PostgreSQL refuses to run as root: "nobody" on every Linux, and it needs no entry in the list of users. */
const nobody = 65534;

export async function startPostgres({ isDurable = true }: StartPostgresOptions = {}): Promise<PostgresCluster> {
  const bin = findPostgres();
  if (!bin) throw new Error('No PostgreSQL here: `npm test` installs it, or set POSTGRES_BIN to its bin folder.');
  const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-pg-'));
  const data = join(folder, 'data');
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (identity.uid) chownSync(folder, nobody, nobody);

  const initdb = spawn(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8'], {
    ...identity,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const initdbLog = collect(initdb);
  if ((await exitCode(initdb)) !== 0) throw new Error(`initdb failed:\n${initdbLog()}`);

  // A free port can be taken by somebody else before PostgreSQL gets to it, so a second port is tried once.
  let lastLog = '';
  for (let attempt = 0; attempt < 2; attempt++) {
    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      max_connections: 200,
      fsync: isDurable ? 'on' : 'off',
    };
    const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const server = spawn(join(bin, 'postgres'), args, {
      ...identity,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const log = collect(server);
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    if (await isAnswering(url, server)) {
      return {
        url,
        async stop() {
          const ended = exitCode(server);
          server.kill('SIGINT');
          await ended;
          rmSync(folder, { recursive: true, force: true });
        },
      };
    }
    lastLog = log();
    server.kill('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`PostgreSQL did not start:\n${lastLog}`);
}

export interface FreshDatabase {
  url: string;
  drop(): Promise<void>;
}

/** An empty database of this caller alone. */
export async function freshDatabase(clusterUrl: string = inject('postgresUrl')): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ask(clusterUrl, `CREATE DATABASE ${name}`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(clusterUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function isAnswering(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && server.exitCode === null) {
    try {
      await ask(url, 'SELECT 1');
      return true;
    } catch {
      await setTimeout(50);
    }
  }
  return false;
}

/** What a program complained about, kept for the error message. */
function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
