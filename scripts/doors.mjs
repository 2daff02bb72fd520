// The doors of the package, read from package.json "exports" so that builds, aliases and tests never keep a list of their own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ name: string, entry: string, source: string }} Door `name` is what people import, `entry` the path in dist without its ending. */

/** @returns {Door[]} every door that leads to a module */
export function moduleDoors() {
  const { name, exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path, target]) => {
      const entry = target.default.replace('./dist/', '').replace(/\.js$/, '');
      return { name: name + path.slice(1), entry, source: `${root}src/${entry}.ts` };
    });
}

/** Lets the demo, the stories and the tests import the doors by their public names and still read the sources. */
export function sourceAliases() {
  return [
    { find: /^mfa-kit\/styles\.css$/, replacement: `${root}src/ui/styles.css` },
    ...moduleDoors().map((door) => ({ find: new RegExp(`^${door.name}$`), replacement: door.source })),
  ];
}
