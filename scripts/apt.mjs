// Installs a Debian package where that is possible without asking anybody: as root, on Debian or its children.
import { existsSync } from 'node:fs';
import { run } from './shell.mjs';

let isListFresh = false;

export function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** A failure is not thrown: the caller looks whether the program is there and has another way to try. */
export async function aptInstall(/** @type {string[]} */ ...names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!isListFresh) await run('apt-get', ['update'], { env });
  isListFresh = true;
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
}
