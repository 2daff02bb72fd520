/** P-06: what the built files must never contain, because an application's content security policy or its reviewers forbid it. */
import { readFileSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';

const { folder, files } = inject('consumer');
const read = (file: string) => readFileSync(`${folder}/node_modules/mfa-kit/${file}`, 'utf8');
const built = files.filter((file) => /\.(js|css)$/.test(file));

/** Comments are for people; a link to a standard in one is no request. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;])\/\/.*$/gm, '$1');

describe('no built file contains', () => {
  test.each([
    ['eval', /\beval\s*\(/],
    ['new Function', /\bnew Function\b|(?<![\w.])Function\s*\(/],
    ['innerHTML', /\b(inner|outer)HTML\b|insertAdjacentHTML/],
    ['dangerouslySetInnerHTML', /dangerouslySetInnerHTML/],
    ['document.write', /document\.write/],
    ['localStorage', /\blocalStorage\b/],
    ['a listener for messages of other windows', /addEventListener\(\s*['"`]message['"`]/],
    // Addresses in sentences for developers use the names that are reserved for examples.
    ['a remote address', /(?<!\w)(https?:)?\/\/(?![\w.-]*\bexample\b)[\w-]+(\.[\w-]+)+/],
  ])('%s', (_name, pattern) => {
    expect(built.filter((file) => pattern.test(withoutComments(read(file))))).toEqual([]);
  });
});
