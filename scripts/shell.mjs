// Runs programs for the other scripts: shown, captured to a log, or quietly.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { root } from './doors.mjs';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ log?: string, show?: boolean, cwd?: string, env?: NodeJS.ProcessEnv }} [options] `show` lets the output
 * through; `log` keeps it in that file as well.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { log, show = false, cwd = root, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const file = log ? createWriteStream(log) : undefined;
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      file?.write(chunk);
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => finish(127, String(error)));
    child.on('close', (code) => finish(code ?? 1));
    let isFinished = false;
    const finish = (/** @type {number} */ code, extra = '') => {
      if (isFinished) return;
      isFinished = true;
      file?.end(extra);
      resolve({ code, output: output + extra });
    };
  });
}

/**
 * Hands the terminal over to a program until it ends, for those a person watches.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function handOver(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** The program of an installed package: the same file on every platform, without a shell. */
export function bin(/** @type {string} */ name) {
  return `${root}node_modules/.bin/${name}`;
}

/** A git-ignored folder for logs, reports and consumer bundles. */
export function outputFolder(/** @type {string} */ name = '') {
  const folder = `${root}.output/${name}`;
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function say(/** @type {string} */ sentence) {
  process.stdout.write(`${sentence}\n`);
}
