/** The demo, started for a test: its own data folder, a clock in the test's hand, and all it prints. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inject } from 'vitest';
import type { RunningDemo, startDemo } from '../../../demo/server.js';

export interface PolicyChanges {
  sessionBased?: boolean;
  enrollment?: 'none' | 'signup' | 'action';
  methods?: 'app' | 'passkey' | 'both';
  userVerification?: 'required' | 'preferred';
}

export class Harbor {
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'mfa-kit-harbor-'));
  /** Every line the demo printed, mails included. */
  readonly printed: string[] = [];
  readonly #followers = new Set<(now: number) => Promise<void>>();
  #now = Date.now();
  #demo: RunningDemo | undefined;

  static async open(): Promise<Harbor> {
    const harbor = new Harbor();
    await harbor.#start(0);
    return harbor;
  }

  get url(): string {
    if (!this.#demo) throw new Error('The demo is not running.');
    return this.#demo.url;
  }

  /** Sign-in codes sent to an address, oldest first. */
  mailsTo(email: string): string[] {
    return this.printed.filter((line) => line.includes(`Mail to ${email}:`)).map((line) => line.slice(-6));
  }

  readonly clock = (): number => this.#now;

  /** As a visitor does with the demo's controls; the default is on and `signup`. What is not named stays as it is. */
  async setPolicy(policy: PolicyChanges): Promise<void> {
    const { ok } = await fetch(`${this.url}/demo/policy`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(policy),
    });
    if (!ok) throw new Error('The policy was not taken.');
  }

  /** Lets time pass: for the server, and for every browser that follows. */
  async advance(seconds: number): Promise<void> {
    this.#now += seconds * 1000;
    await Promise.all([...this.#followers].map((follow) => follow(this.#now)));
  }

  /** Sets a browser's clock by this one from now on; gives the function that ends it. */
  async follow(set: (now: number) => Promise<void>): Promise<() => void> {
    this.#followers.add(set);
    await set(this.#now);
    return () => void this.#followers.delete(set);
  }

  /** A new process would find the same: the same folder, and nothing kept in memory. */
  async restart(): Promise<void> {
    const { port } = new URL(this.url);
    await this.#demo?.close();
    await this.#start(Number(port));
  }

  async close(): Promise<void> {
    await this.#demo?.close();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  async #start(port: number): Promise<void> {
    const folder = inject('demoFolder');
    const server = (await import(pathToFileURL(`${folder}server/server.mjs`).href)) as { startDemo: typeof startDemo };
    this.#demo = await server.startDemo({
      port,
      dataFolder: this.dataFolder,
      pageFolder: `${folder}page/`,
      clock: this.clock,
      recoveryCodeRounds: 1000,
      print: (line) => this.printed.push(line),
    });
  }
}
