/** Processes of their own for tests about races and kills: TypeScript bundled once, started as often as wanted. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Below node_modules, so that the bundle finds the packages it leaves outside. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/mfa-kit-test/', import.meta.url));

export interface Program {
  /** Starts it with these variables beside those of this process, and gives it once it has said it is ready. */
  start(environment: Record<string, string>): Promise<Child>;
  /** Ends whatever still runs, and removes the bundle. */
  remove(): Promise<void>;
}

export interface Child {
  /** Sends a task and gives the answer, or what went wrong. */
  ask<Answer>(task: unknown): Promise<Answer>;
  /** Calls `listener` with every message that is not an answer. */
  listen(listener: (message: unknown) => void): void;
  kill(): Promise<void>;
}

/** `entry` is a module whose process sends `{ isReady: true }`, then answers `{ id, task }` by `{ id, answer | failure }`. */
export async function bundleProgram(entry: URL): Promise<Program> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(cache);
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(entry),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  const running = new Set<Child>();
  return {
    async start(environment) {
      const child = await startChild(fork(join(folder, 'program.mjs'), { env: { ...process.env, ...environment } }));
      running.add(child);
      return child;
    },
    async remove() {
      await Promise.all([...running].map((child) => child.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Message {
  id?: number;
  isReady?: boolean;
  answer?: unknown;
  failure?: string;
}

function startChild(child: ChildProcess): Promise<Child> {
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const listeners: ((message: unknown) => void)[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let lastId = 0;

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const error = new Error(`The process ended with ${code ?? signal}.`);
      reject(error);
      for (const task of waiting.values()) task.reject(error);
    });
    child.on('message', (message: Message) => {
      if (message.isReady) return resolve(handle);
      const task = message.id === undefined ? undefined : waiting.get(message.id);
      if (!task || message.id === undefined) return listeners.forEach((listener) => listener(message));
      waiting.delete(message.id);
      if (message.failure === undefined) task.resolve(message.answer);
      else task.reject(new Error(message.failure));
    });
    const handle: Child = {
      ask: <Answer>(task: unknown) =>
        new Promise<Answer>((done, failed) => {
          const id = ++lastId;
          waiting.set(id, { resolve: (answer) => done(answer as Answer), reject: failed });
          child.send({ id, task });
        }),
      listen: (listener) => void listeners.push(listener),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  });
}
