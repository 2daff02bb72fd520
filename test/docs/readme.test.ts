/** The README is true: its snippets are the files that run here, its tables name what there is and nothing else. */
import { readdirSync, readFileSync } from 'node:fs';
import * as client from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { errorCodes } from '../../src/wire/errorCodes.js';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readme = read('README.md');
const section = (title: string, text = readme): string =>
  text.split(new RegExp(`^#+ .*${title}.*$`, 'm'))[1]?.split(/^#{1,3} /m)[0] ?? '';
const words = (text: string): Set<string> =>
  new Set([...text.matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? []));

/** The options an interface declares, read from its source. */
const members = (path: string, name: string): string[] => {
  const body =
    read(path)
      .split(new RegExp(`(?:interface|type) ${name}\\b[^{]*\\{`))[1]
      ?.split(/^\}/m)[0] ?? '';
  return [...body.matchAll(/^ {2}(\w+)\??:/gm)].flatMap((match) => match[1] ?? []);
};

const marked = [...readme.matchAll(/<!-- snippet: (\S+) -->\n```tsx?\n([\s\S]*?)\n```/g)];

test('every snippet stands in the README as it is compiled and run', () => {
  const files = readdirSync(new URL('test/docs/snippets', root));
  expect(marked.map((match) => match[1]).sort()).toEqual(files.sort());
  for (const [, file, text] of marked) expect(`${text}\n`).toBe(read(`test/docs/snippets/${file}`));
});

test('no code stands in the README beside the snippets that run', () => {
  expect(readme.match(/```(?:tsx?|jsx?)\n/g)?.length).toBe(marked.length);
});

test('every hook is in the table, and no other', () => {
  const exported = [...`${read('src/index.ts')}${read('src/reactDoor.ts')}`.matchAll(/\b(use[A-Z]\w+)\b(?! *\.js)/g)]
    .flatMap((match) => match[1] ?? [])
    .filter((name) => !/(?:ReturnType|Parameters)$/.test(name));
  const listed = [...section('Hooks').matchAll(/^\| (.*?) \|/gm)]
    .flatMap((match) => [...(match[1] ?? '').matchAll(/`(use\w+)/g)])
    .map((match) => match[1]);
  expect([...new Set(listed)].sort()).toEqual([...new Set(exported)].sort());
});

test('every error code is in the table', () => {
  const listed = words(section('Errors'));
  const own = [
    ...(read('src/client/errors.ts').match(/type ClientErrorCode =([\s\S]*?);/)?.[1] ?? '').matchAll(/'(\w+)'/g),
  ];
  const missing = [...Object.keys(errorCodes), ...own.map((match) => match[1] ?? '')].filter(
    (code) => !listed.has(code),
  );
  expect(own.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});

test.each([
  ['createMfaServer', 'src/server/options.ts', 'MfaServerOptions'],
  ['createMfaClient', 'src/client/createMfaClient.ts', 'MfaClientOptions'],
])('every option of %s is in its table', (title, path, name) => {
  const listed = [...section(title).matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(members(path, name).sort());
});

test('every option of <MfaProvider> is in its table', () => {
  const provider = read('src/MfaProvider.tsx').split('export const MfaProvider =')[0] ?? '';
  const types = provider.slice(
    provider.indexOf('export type MfaProviderSource'),
    provider.indexOf('const createHandles'),
  );
  const own = [...types.matchAll(/^ {4,6}(\w+)\??:/gm)].flatMap((match) => match[1] ?? []);
  const options = new Set([...own, ...members('src/ui/MfaModals.tsx', 'MfaModalsProps')]);
  options.delete('children');
  // The alternative without the other three stands on one line of the type.
  options.add('client');
  const listed = [...section('<MfaProvider>').matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual([...options].sort());
});

test('everything the policy can say of an action is in its table', () => {
  const policy = read('src/server/policy.ts').split('\n  actions: v.array(')[1]?.split('\n  ),')[0] ?? '';
  const fields = [...policy.matchAll(/^ {6}(\w+): v\./gm)].map((match) => match[1]);
  const listed = [...section('What each action asks for').matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
  expect(fields.length).toBeGreaterThan(5);
  expect(listed.sort()).toEqual(fields.sort());
});

test('the two commands and the guides it links to are there', () => {
  expect(readme).toContain('npm start');
  expect(readme).toContain('npm test');
  for (const [, path] of readme.matchAll(/\]\(((?!#|http)[^)]+)\)/g))
    expect(readFileSync(new URL(path ?? '', root)).length).toBeGreaterThan(0);
  expect(Object.keys(client)).toContain('createMfaClient');
});
