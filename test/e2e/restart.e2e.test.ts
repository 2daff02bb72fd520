/** What `npm start` keeps: the same user, device and codes after the process is gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../scripts/doors.mjs';
import { openVisit } from './support/visit.js';

const visit = openVisit();
const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a restarted demo still knows the session, the app and the codes', async () => {
  const ada = await visit.arrive();
  const { app, codes } = await ada.signUp();
  await visit.harbor.restart();
  await ada.page.reload();
  await ada.isIn();
  await ada.signOut();
  await ada.signIn();
  await ada.typeCode(app.code());
  await ada.isIn();
  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(codes[0] ?? '');
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
});

test('`npm start` serves page and API on one port, prints the code, and keeps its keys to their owner', async () => {
  const port = await freePort();
  const start = () => runStart(port);
  const first = await start();
  const page = await fetch(`${first.url}/`);
  expect(await page.text()).toContain('<title>Harbor</title>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const answer = await fetch(`${first.url}/api/v0/openapi.json`);
  expect(answer.status).toBe(200);
  await first.stop();

  const keys = readFileSync(join(folder, 'keys.json'), 'utf8');
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);

  const second = await start();
  expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keys);
  await second.stop();
});

interface Started {
  url: string;
  stop: () => Promise<void>;
}

/** Runs the script of `npm start` and waits until it says where the demo is. */
const runStart = async (port: number): Promise<Started> => {
  const child: ChildProcess = spawn(process.execPath, [`${root}scripts/start.mjs`], {
    env: { ...process.env, NODE_ENV: undefined, PORT: String(port), MFA_DEMO_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      said += String(chunk);
      const found = /http:\/\/localhost:\d+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const address = probe.address();
  const closed = once(probe, 'close');
  probe.close();
  await closed;
  return typeof address === 'object' && address ? address.port : 0;
};
