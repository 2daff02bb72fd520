import { existsSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';

const { folder, files } = inject('consumer');
const installed = `${folder}/node_modules/mfa-kit`;
const manifest = JSON.parse(readFileSync(`${installed}/package.json`, 'utf8'));

test('every door leads to a file of the tarball, with its types', () => {
  const targets = Object.values<string | Record<string, string>>(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  expect(targets.length).toBeGreaterThan(10);
  expect(targets.filter((target) => !existsSync(`${installed}/${target}`))).toEqual([]);
});

test('the tarball holds the build and the papers, and nothing else', () => {
  const pages = ['migration', 'names', 'troubleshooting', 'verify-tokens'].map((page) => `docs/${page}.md`);
  const papers = ['package.json', 'README.md', 'LICENSE', 'SECURITY.md', 'CHANGELOG.md', ...pages];
  const isExpected = (file: string) => papers.includes(file) || /^dist\/.*\.(js|d\.ts|css)$/.test(file);
  expect(files.filter((file) => !isExpected(file))).toEqual([]);
  expect(papers.filter((paper) => !files.includes(paper))).toEqual([]);
});

test('every module of the build has its declarations', () => {
  const modules = files.filter((file) => file.endsWith('.js'));
  expect(modules.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
});

test('nothing runs when the package is installed', () => {
  expect(
    Object.keys(manifest.scripts).filter((name) => /install|^(pre|post)?(pack|publish)|prepare/.test(name)),
  ).toEqual([]);
});
