// npm start: installs what is missing and runs the demo: one process, one port, an embedded database in .demo-data.

import { mkdirSync } from 'node:fs';
import { createServer as createNetServer } from 'node:net';
import { root, sourceAliases } from './doors.mjs';
import { ensureInstalled } from './install.mjs';
import { say } from './shell.mjs';

await ensureInstalled();
const { createServer } = await import('vite');
const { default: react } = await import('@vitejs/plugin-react');

const port = await choosePort();
const dataFolder = process.env.MFA_DEMO_DATA ?? `${root}.demo-data`;
mkdirSync(dataFolder, { recursive: true });
const viteServer = await createServer({
  configFile: false,
  root: `${root}demo`,
  appType: 'custom',
  // One port for everything: without a socket of Vite's own, a change to the demo's page needs a reload.
  server: { middlewareMode: true, hmr: false, ws: false },
  plugins: [react()],
  resolve: { alias: sourceAliases() },
  logLevel: 'warn',
});
const { startDemo } = await viteServer.ssrLoadModule('/server.ts');
const demo = await startDemo({ port, dataFolder, viteServer });
say(
  `\n  The demo runs at ${demo.url}\n\n  Sign-in codes are printed here. Ctrl+C stops it; your users stay in ${dataFolder}.\n`,
);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void demo
      .close()
      .then(() => viteServer.close())
      .finally(() => process.exit(0));
  });
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
    const probe = createNetServer();
    probe.once('error', () => resolve(false));
    probe.listen(candidate, () => probe.close(() => resolve(true)));
  });
}
