/** P-01: who installs the kit for its hooks gets, and needs, nothing of the server. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, inject, test } from 'vitest';
import { run } from '../../scripts/shell.mjs';

const { folder } = inject('consumer');
const installed = `${folder}/node_modules/mfa-kit`;
const manifest = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8'));
const isOptional = (name: string) => manifest.peerDependenciesMeta[name]?.optional === true;
const doors: Record<string, string> = Object.fromEntries(
  Object.entries<{ default?: string }>(manifest.exports).flatMap(([door, target]) =>
    target.default ? [[door, target.default]] : [],
  ),
);

/** Packages that a door reaches for, by whatever road; without `isLazyToo` only those that are there before it opens. */
function packagesBehind(door: string, isLazyToo: boolean): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    const { module } = parseSync(file, text);
    const specifiers = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
      ...(isLazyToo ? module.dynamicImports : []).map(({ moduleRequest }) =>
        text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
      ),
    ];
    for (const specifier of specifiers) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else packages.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  visit(join(installed, doors[door] ?? ''));
  return [...packages].sort();
}

test.each(Object.keys(doors))('what "%s" imports is declared', (door) => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const isKnown = (name: string) =>
    declared.includes(name) || name.startsWith('node:') || builtinModules.includes(name);
  expect(packagesBehind(door, true).filter((name) => !isKnown(name))).toEqual([]);
});

test('every dependency and every peer is imported by some door', () => {
  const imported = Object.keys(doors).flatMap((door) => packagesBehind(door, true));
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  // Wanted by the dialog, and by whoever renders at all.
  const behindAnother = ['react-dom'];
  expect(declared.filter((name) => !imported.includes(name) && !behindAnother.includes(name))).toEqual([]);
});

test.each(['.', './client'])('"%s" reaches for nothing optional', (door) => {
  expect(packagesBehind(door, true).filter(isOptional)).toEqual([]);
});

test('the client brings no React, and what speaks to the browser about passkeys only when one is wanted', () => {
  expect(packagesBehind('./client', true)).toEqual(['@simplewebauthn/browser']);
  expect(packagesBehind('./client', false)).toEqual([]);
});

test('the server brings no React, and no database driver before one is chosen', () => {
  const packages = [...packagesBehind('./server', true), ...packagesBehind('./server/memory', true)];
  expect(packages.filter((name) => ['react', 'react-dom', 'kysely', 'libsql', 'pg'].includes(name))).toEqual([]);
});

describe('in Node, with the peers of the hooks alone', () => {
  const evaluate = (code: string) => run(process.execPath, ['--input-type=module', '-e', code], { cwd: folder });

  test.each(['mfa-kit', 'mfa-kit/client'])('%s is imported, as a server that renders pages does', async (door) => {
    expect(await evaluate(`await import('${door}')`)).toEqual({ code: 0, output: '' });
  });

  test('the server says which packages are missing and what to run', async () => {
    const { code, output } = await evaluate(
      `import { createMfaServer, generateKeys } from 'mfa-kit/server';
       import { memoryStore } from 'mfa-kit/server/memory';
       await createMfaServer({
         environmentId: crypto.randomUUID(),
         appName: 'App',
         store: memoryStore(),
         keys: await generateKeys(),
         baseUrl: 'http://localhost:3000/api/v0',
         origins: ['http://localhost:3000'],
       });`,
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(/npm install .*hono/);
  });

  test.each([
    ['sqlite', "sqliteStore({ file: 'never.db' })", 'libsql'],
    ['postgres', "postgresStore({ url: 'postgres://localhost/never' })", 'pg'],
  ])('the %s store says which packages are missing and what to run', async (name, call, missing) => {
    const { code, output } = await evaluate(
      `const { ${name}Store } = await import('mfa-kit/server/${name}');
       await ${call}.start();`,
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(new RegExp(`npm install .*${missing}`));
  });
});
