import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/doors.mjs';
import { sourceFiles } from './importGraph.js';

const here = 'test/house/facts.test.ts';
const everywhere = ['src', 'test', 'stories', 'demo', 'bench'].flatMap(sourceFiles).filter((file) => file !== here);

function linesWith(pattern: RegExp, files: string[]): string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
}

test('no module of ours is ever mocked', () => {
  expect(linesWith(/\b(vi|jest)\.(mock|doMock|unstable_mockModule)\(/, everywhere)).toEqual([]);
});

test('every test runs', () => {
  const pattern = /\b(it|test|describe|suite)\.(only|skip|skipIf|runIf|todo|fails)\b|\b(xit|xtest|xdescribe)\(/;
  expect(linesWith(pattern, everywhere)).toEqual([]);
});

test('every test file is in a place where a project of Vitest looks', () => {
  const endings: [folder: string, ending: RegExp][] = [
    ['test/browser/', /\.browser\.test\.tsx?$/],
    ['test/e2e/', /\.e2e\.test\.ts$/],
    ['test/', /(?<!\.(browser|e2e))\.(test\.tsx?|test-d\.tsx?)$/],
  ];
  const tests = sourceFiles('test').filter((file) => /\.test(-d)?\.tsx?$/.test(file));
  const isLost = (file: string) => !endings.find(([folder]) => file.startsWith(folder))?.[1].test(file);
  expect(tests.filter(isLost)).toEqual([]);
});

test('no test sleeps for a while and hopes', () => {
  expect(linesWith(/waitForTimeout\(/, everywhere)).toEqual([]);
});

test('no check is silenced in the sources', () => {
  const pattern = /@ts-(ignore|nocheck|expect-error)|(eslint|oxlint)-disable|biome-ignore/;
  expect(linesWith(pattern, sourceFiles('src'))).toEqual([]);
});

test('nothing is left for later', () => {
  expect(linesWith(/\b(TODO|FIXME|XXX|HACK)\b/, everywhere)).toEqual([]);
});

test('no file of the sources is longer than 300 lines', () => {
  const long = sourceFiles('src').filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});
