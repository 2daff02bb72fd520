// An application as others write it: the packed tarball installed from the registry's side, bundled by Vite, weighed as sent.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { run } from '../../scripts/shell.mjs';

/**
 * @typedef {{ id: string, length: number }} Module `length` in characters before minifying: to see what is large, not to add up
 * @typedef {{ name: string, bytes: number, modules: Module[] }} Piece one file of the bundle, `bytes` as gzip -9 makes it
 * @typedef {{ start: Piece[], lazy: Piece[] }} Bundle `start` is loaded with the page, `lazy` when it is asked for
 */

/**
 * Packs dist and installs the tarball, with what the README tells people to install beside it, into an empty folder:
 * outside the repository, whose own packages would be found otherwise.
 *
 * @param {string[]} [peers]
 * @returns {Promise<{ folder: string, files: string[], remove: () => void }>} the folder, and what the tarball holds
 */
export async function installConsumer(peers = ['react', 'react-dom', '@tanstack/react-query']) {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-kit-consumer-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder]);
  if (packed.code !== 0) throw new Error(packed.output);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  const { code, output: list } = await run('tar', ['-tzf', `${folder}/${tarball}`]);
  if (code !== 0) throw new Error(list);
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const own = JSON.parse(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'));
  const pinned = peers.map((peer) => `${peer}@${own.devDependencies[peer]}`);
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`, ...pinned];
  const installed = await run('npm', args, { cwd: folder });
  if (installed.code !== 0) throw new Error(installed.output);
  const files = list.trim().split('\n');
  return {
    folder,
    files: files.map((file) => file.replace(/^package\//, '')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * @param {string} folder made by `installConsumer`
 * @param {string} entry a file of ./entries
 * @param {(string | RegExp)[]} external besides React
 * @returns {Promise<Bundle>}
 */
export async function bundleConsumer(folder, entry, external = []) {
  const { build } = await import('vite');
  const source = readFileSync(new URL(`entries/${entry}`, import.meta.url), 'utf8');
  writeFileSync(`${folder}/${entry}`, source);
  const result = await build({
    configFile: false,
    root: folder,
    mode: 'production',
    logLevel: 'error',
    // Under Vitest this process is a "test"; a bundle for people is not.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      rolldownOptions: {
        input: `${folder}/${entry}`,
        external: [/^react($|\/)/, /^react-dom($|\/)/, ...external],
        checks: { moduleLevelDirective: false },
      },
    },
  });
  if (!('output' in result)) throw new Error('Vite gave no single bundle.');
  const chunks = result.output.filter((file) => file.type === 'chunk');
  const atStart = new Set();
  const load = (/** @type {string} */ fileName) => {
    const chunk = chunks.find((one) => one.fileName === fileName);
    if (!chunk || atStart.has(chunk)) return;
    atStart.add(chunk);
    chunk.imports.forEach(load);
  };
  for (const chunk of chunks) if (chunk.isEntry) load(chunk.fileName);
  const pieces = chunks.map((chunk) => ({
    isAtStart: atStart.has(chunk),
    name: chunk.fileName,
    bytes: gzipSync(chunk.code, { level: 9 }).length,
    modules: Object.entries(chunk.modules).map(([id, { renderedLength }]) => ({
      id: id.slice(id.lastIndexOf('node_modules/') + 'node_modules/'.length),
      length: renderedLength,
    })),
  }));
  return { start: pieces.filter((one) => one.isAtStart), lazy: pieces.filter((one) => !one.isAtStart) };
}

export function weight(/** @type {Piece[]} */ pieces) {
  return pieces.reduce((sum, piece) => sum + piece.bytes, 0);
}

/** What an install leaves on the disk: packages, and bytes of their files. */
export function installedSize(/** @type {string} */ folder) {
  const lock = JSON.parse(readFileSync(`${folder}/package-lock.json`, 'utf8'));
  const packages = Object.keys(lock.packages).filter((path) => path !== '');
  const files = readdirSync(`${folder}/node_modules`, { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + statSync(`${file.parentPath}/${file.name}`).size, 0);
  return { packages: packages.length, installedBytes: bytes };
}
