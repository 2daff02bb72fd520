// Weighs the packed tarball in every way of using it. `node bench/size/measure.mjs` prints the table after a build.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { budgets } from './budgets.mjs';
import { bundleConsumer, installConsumer, installedSize, weight } from './consumer.mjs';

const query = /^@tanstack\//;

export async function measure() {
  const { folder, remove } = await installConsumer();
  try {
    const bundles = {
      hooksWithoutQuery: await bundleConsumer(folder, 'hooks.tsx', [query]),
      hooks: await bundleConsumer(folder, 'hooks.tsx'),
      modals: await bundleConsumer(folder, 'modals.tsx'),
      headless: await bundleConsumer(folder, 'headless.ts'),
    };
    const styles = gzipSync(readFileSync(`${folder}/node_modules/mfa-kit/dist/styles.css`), { level: 9 }).length;
    return { bundles, measured: { ...weigh(bundles), styles, ...installedSize(folder) } };
  } finally {
    remove();
  }
}

/** @typedef {Record<'hooksWithoutQuery' | 'hooks' | 'modals' | 'headless', import('./consumer.mjs').Bundle>} Bundles */

function weigh(/** @type {Bundles} */ { hooksWithoutQuery, hooks, modals, headless }) {
  const isDialog = (/** @type {import('./consumer.mjs').Piece} */ piece) =>
    piece.modules.some(({ id }) => id.startsWith('@radix-ui/'));
  // English is built in, and nobody loads two more languages.
  const isTranslation = (/** @type {import('./consumer.mjs').Piece} */ piece) =>
    piece.modules.some(({ id }) => /\/ui\/messages\/[a-z]{2}\.js$/.test(id) && !id.endsWith('/en.js'));
  // Names of passkey makers: a table of data, asked for when passkeys are listed.
  const isTable = (/** @type {import('./consumer.mjs').Piece} */ piece) =>
    piece.modules.some(({ id }) => id.endsWith('/ui/passkeyProviders.js'));
  return {
    hooksWithoutQuery: weight(hooksWithoutQuery.start),
    hooks: weight(hooks.start),
    modalsAtStart: weight(modals.start),
    everything: weight([...modals.start, ...modals.lazy.filter((piece) => !isTranslation(piece) && !isTable(piece))]),
    headless: weight([...headless.start, ...headless.lazy]),
    dialogPiece: largest(modals.lazy.filter(isDialog)),
    otherPiece: largest(modals.lazy.filter((piece) => !isDialog(piece))),
  };
}

function largest(/** @type {import('./consumer.mjs').Piece[]} */ pieces) {
  return Math.max(0, ...pieces.map((piece) => piece.bytes));
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const { measured, bundles } = await measure();
  for (const [name, budget] of Object.entries(budgets)) {
    console.log(
      `${name.padEnd(18)} ${String(measured[/** @type {keyof typeof budgets} */ (name)]).padStart(10)} of ${budget}`,
    );
  }
  console.log('\nloaded on demand by the modals:');
  for (const { name, bytes } of bundles.modals.lazy) console.log(`  ${String(bytes).padStart(7)} ${name}`);
  for (const name of /** @type {const} */ (['hooksWithoutQuery', 'headless'])) {
    console.log(`\nlargest modules of ${name}, in characters before minifying:`);
    const modules = bundles[name].start.flatMap((piece) => piece.modules);
    for (const { id, length } of modules.sort((a, b) => b.length - a.length).slice(0, 25)) {
      console.log(`  ${String(length).padStart(7)} ${id}`);
    }
  }
}
