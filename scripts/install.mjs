// Installs node_modules when it is missing or older than the lock file. Runs before any package is there.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './doors.mjs';
import { run, say } from './shell.mjs';

/** What was installed last: the manifest and the lock together, so that a changed script in package.json costs two seconds at most. */
function fingerprint(/** @type {string} */ folder) {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) {
    if (existsSync(`${folder}${file}`)) hash.update(readFileSync(`${folder}${file}`));
  }
  return hash.digest('hex');
}

/** @param {string} folder with a slash at its end */
export async function ensureInstalled(folder = root) {
  const mark = `${folder}node_modules/.mfa-kit-installed`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint(folder)) return;
  const name = folder === root ? 'the packages' : `the packages of ${folder.slice(root.length, -1)}`;
  say(`Installing ${name} from the npm registry (about half a minute the first time).`);
  // `npm install`, not `npm ci`: where a registry lacks some foreign-platform binaries, npm writes a lock without them and
  // `npm ci` refuses it.
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder });
  if (code !== 0) throw new Error(`npm install failed with code ${code}:\n${output}`);
  writeFileSync(mark, fingerprint(folder));
}
