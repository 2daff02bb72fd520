// npm test: installs what is missing, runs every check in turn, and ends with one line that says how it went.
//   npm test                              everything
//   npm test -- unit lint                 some checks, by name or group
//   npm test -- node test/server/         some files of a Vitest project

import { checks, soak } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { root } from './doors.mjs';
import { ensureInstalled } from './install.mjs';
import { ensurePostgres } from './postgres.mjs';
import { say } from './shell.mjs';

const wanted = process.argv.slice(2).filter((argument) => !argument.includes('/'));
const files = process.argv.slice(2).filter((argument) => argument.includes('/'));
const chosen = choose(wanted);

const started = Date.now();
await prepare(chosen);
const env = { ...process.env, NO_COLOR: process.stdout.isTTY ? '' : '1', FORCE_COLOR: undefined };
let passed = 0;
let failed = 0;
for (const check of chosen) {
  const from = Date.now();
  if (chosen.length === 1) say(`${check.title}:`);
  const outcome = await check.run({ env, show: chosen.length === 1, files });
  passed += outcome.passed;
  failed += outcome.failed;
  if (!outcome.isOk && chosen.length > 1) process.stdout.write(`\n${outcome.output}\n`);
  const count = outcome.passed + outcome.failed;
  const tally = count > 1 ? `, ${outcome.passed} of ${count}` : '';
  say(`${outcome.isOk ? 'ok    ' : 'FAILED'} ${check.title}${tally} (${seconds(from)})`);
}
say(`\nDone in ${seconds(started)}.`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function choose(/** @type {string[]} */ names) {
  if (names.includes('soak')) return [soak];
  if (names.length === 0) return checks;
  for (const name of names) {
    if (checks.some((check) => check.name === name || check.groups.includes(name))) continue;
    const known = checks.flatMap((check) => [check.name, ...check.groups]);
    say(`There is no check named "${name}". There are: ${[...new Set(known)].join(', ')}, soak.`);
    process.exit(2);
  }
  const asked = checks.filter((check) => names.some((name) => check.name === name || check.groups.includes(name)));
  const needed = new Set(asked.flatMap((check) => check.needs ?? []));
  return checks.filter((check) => asked.includes(check) || needed.has(check.name));
}

async function prepare(/** @type {import('./checks.mjs').Check[]} */ selection) {
  const names = selection.map((check) => check.name);
  try {
    await ensureInstalled();
    if (names.includes('react18')) await ensureInstalled(`${root}test/react18/`);
    if (['browser', 'storybook', 'e2e'].some((name) => names.includes(name))) await ensureChromium();
    if (['node', 'soak'].some((name) => names.includes(name))) await ensurePostgres();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    say('0 passed, 1 failed');
    process.exit(1);
  }
}

function seconds(/** @type {number} */ from) {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`;
}
