/** Two server processes on one database, and many requests really in flight at once. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { AuditRecord, MfaServerOptions } from 'mfa-kit/server';
import { Agent, request } from 'undici';
import { bundleProgram, type Child, type Program } from './childProcess.js';
import { createClock, type TestClock } from './clock.js';
import type { AnswerBody } from './person.js';
import { environmentId, origin, testKeys } from './server.js';
import type { ServerSettings, ServerTask } from './serverProgram.js';
import { totpCode } from './totp.js';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: AnswerBody;
}

export interface Shot {
  method: string;
  path: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const issuer = 'https://login.test';
let program: Promise<Program> | undefined;

export interface ServerPair {
  clock: TestClock;
  /** Sends one request to the process of that number, or to the first. */
  send(shot: Shot, process?: number): Promise<HttpAnswer>;
  /** All at once, in turn to the two processes. */
  sendAll(shots: Shot[]): Promise<HttpAnswer[]>;
  /** Moves the clock of both processes. */
  advance(ms: number): Promise<void>;
  /** A first-factor session, through the application's own sign-in. Gives its token. */
  signIn(subject: string): Promise<string>;
  /** Signs somebody in who has no factor yet and enrols one; gives what they now hold. */
  enrol(subject?: string): Promise<Enrolled>;
  /** What the processes reported to their operator. */
  errors(): Promise<string[]>;
  /** How often the protected route let somebody through, in both processes. */
  executed(): Promise<number>;
  audit(userId: string): Promise<AuditRecord[]>;
  /** Ends a process on the spot and starts another in its place. */
  killAndRestart(process: number): Promise<void>;
  close(): Promise<void>;
}

export interface Enrolled {
  subject: string;
  userId: string;
  secret: string;
  deviceId: string;
  codes: string[];
  /** A full session. */
  token: string;
}

export const startPair = async (
  database: ServerSettings['database'],
  changes: Partial<MfaServerOptions> = {},
): Promise<ServerPair> => {
  program ??= bundleProgram(new URL('./serverProgram.ts', import.meta.url));
  const bundled = await program;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const clock = createClock();
  const keys = await testKeys();
  const start = () => {
    const settings: ServerSettings = {
      database,
      keys,
      now: clock(),
      options: {
        environmentId,
        baseUrl: 'http://127.0.0.1/api/v0',
        origins: [origin],
        appName: 'Harbor Test',
        sessionTransport: 'bearer',
        externalAuth: { issuer, audience: 'harbor', key: publicKey.export({ format: 'jwk' }) },
        recoveryCodeRounds: 10,
        ...changes,
      },
    };
    return bundled.start({ SERVER_SETTINGS: JSON.stringify(settings) });
  };
  const children: Child[] = await Promise.all([start(), start()]);
  const ask = <T>(child: Child, task: ServerTask) => child.ask<T>(task);
  const ports = await Promise.all(children.map((child) => ask<number>(child, { do: 'port' })));
  const agent = new Agent({ connections: null, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  const childOf = (index: number): Child => {
    const child = children[index];
    if (!child) throw new Error(`there is no process ${index}`);
    return child;
  };

  const pair: ServerPair = {
    clock,
    async send({ method, path, token, body, headers }, process = 0) {
      const answer = await request(`http://127.0.0.1:${ports[process]}/api/v0/sdk/${environmentId}${path}`, {
        method: method as 'GET',
        dispatcher: agent,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text,
        body: text === '' ? {} : (JSON.parse(text) as AnswerBody),
      };
    },
    sendAll: (shots) => Promise.all(shots.map((shot, index) => pair.send(shot, index % 2))),
    async advance(ms) {
      clock.advance(ms);
      await Promise.all(children.map((child) => ask(child, { do: 'setClock', now: clock() })));
    },
    async signIn(subject) {
      const jwt = await signExternalToken(privateKey, subject, clock());
      const answer = await pair.send({ method: 'POST', path: '/externalAuth/signin', body: { jwt } });
      if (!answer.body.minifiedJwt) throw new Error(`signing in failed: ${answer.text}`);
      return answer.body.minifiedJwt;
    },
    async enrol(subject = crypto.randomUUID()) {
      const first = await pair.signIn(subject);
      const begun = await pair.send({ method: 'GET', path: '/users/mfa/register/totp', token: first });
      const { id: deviceId = '', secret = '' } = begun.body;
      const body = { id: deviceId, code: totpCode(secret, clock()) };
      const done = await pair.send({ method: 'POST', path: '/users/mfa/auth/totp', token: first, body });
      const token = done.body.minifiedJwt ?? '';
      const shown = await pair.send({ method: 'GET', path: '/users/mfa/recovery', token });
      await pair.send({ method: 'PUT', path: '/users', token, body: { mfaBackupCodeAcknowledgement: 'complete' } });
      const userId = done.body.user?.id;
      if (!userId) throw new Error(`enrolling failed: ${begun.text} ${done.text}`);
      return { subject, userId, secret, deviceId, codes: shown.body.recoveryCodes ?? [], token };
    },
    errors: async () => (await Promise.all(children.map((child) => ask<string[]>(child, { do: 'errors' })))).flat(),
    executed: async () => {
      const counts = await Promise.all(children.map((child) => ask<number>(child, { do: 'executed' })));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    audit: (userId) => ask<AuditRecord[]>(childOf(0), { do: 'audit', userId }),
    async killAndRestart(index) {
      await childOf(index).kill();
      const child = await start();
      children[index] = child;
      ports[index] = await ask<number>(child, { do: 'port' });
    },
    async close() {
      await agent.destroy();
      await Promise.all(children.map((child) => child.kill()));
    },
  };
  return pair;
};

/** Removes the bundle; to be called once all pairs of a file are closed. */
export const removeProgram = async (): Promise<void> => {
  await (await program)?.remove();
  program = undefined;
};

const signExternalToken = (key: KeyObject, subject: string, now: number): Promise<string> =>
  new SignJWT({ sub: subject, iss: issuer, aud: 'harbor' })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt(Math.floor(now / 1000))
    .setExpirationTime(Math.floor(now / 1000) + 300)
    .sign(key);
