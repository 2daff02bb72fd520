// npm run build: the package in dist/, JavaScript first because Vite empties the folder, then the declarations.
import { ensureInstalled } from './install.mjs';
import { bin, handOver } from './shell.mjs';

await ensureInstalled();
/** @type {[string, string[]][]} */
const steps = [
  ['vite', ['build', '--logLevel', 'warn']],
  ['tsc', ['-p', 'tsconfig.build.json']],
];
for (const [program, args] of steps) {
  const code = await handOver(bin(program), args);
  if (code !== 0) process.exit(code);
}
