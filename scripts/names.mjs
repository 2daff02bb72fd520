// npm run names: writes docs/names.md from the lists of test/contract/names.
import { writeFileSync } from 'node:fs';
import { createServer } from 'vite';
import { root } from './doors.mjs';

const server = await createServer({ configFile: false, root, logLevel: 'error', server: { middlewareMode: true } });
const { namesPage } = await server.ssrLoadModule('/test/contract/names/page.ts');
writeFileSync(`${root}docs/names.md`, namesPage());
await server.close();
