// npm run storybook: every screen in every state, against the real server running in the page.
import { ensureInstalled } from './install.mjs';
import { bin, handOver, say } from './shell.mjs';

await ensureInstalled();
const port = process.env.PORT ?? '6006';
say(`Storybook opens at http://localhost:${port} in a few seconds. Ctrl+C stops it.`);
const args = ['dev', '--ci', '--no-open', '--no-version-updates', '--port', port];
process.exit(await handOver(bin('storybook'), args));
