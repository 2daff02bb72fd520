// npm start: installs what is missing, builds the demo and runs it: one process, one port, an embedded database in .demo-data.
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { buildDemo } from './demo.mjs';
import { root } from './doors.mjs';
import { ensureInstalled } from './install.mjs';
import { outputFolder, say } from './shell.mjs';

await ensureInstalled();
say('Building the demo.');
const { pageFolder, startDemo } = await buildDemo({ outFolder: outputFolder('demo/') });
const dataFolder = process.env.MFA_DEMO_DATA ?? `${root}.demo-data`;
mkdirSync(dataFolder, { recursive: true });
const demo = await startDemo({ port: await choosePort(), dataFolder, pageFolder }).catch((error) => {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  say(isTaken ? `Port ${process.env.PORT} is taken: set PORT to another one, or to none.` : String(error));
  process.exit(1);
});
say(`
  The demo runs at ${demo.url}

  Sign-in codes are printed here and shown in the inbox on the page.
  Users, devices and codes stay in ${dataFolder}; Ctrl+C stops the demo.
`);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void demo.close().finally(() => process.exit(0)));
}

/** The port asked for, or the first free one from 5173 up. */
async function choosePort() {
  if (process.env.PORT) return Number(process.env.PORT);
  for (let candidate = 5173; candidate < 5273; candidate++) {
    if (await isFree(candidate)) return candidate;
  }
  return 0;
}

/** @returns {Promise<boolean>} */
function isFree(/** @type {number} */ candidate) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(candidate, 'localhost', () => probe.close(() => resolve(true)));
  });
}
