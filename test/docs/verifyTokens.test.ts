/** The page for other back ends is true: its cases are the rule's, its TypeScript is what runs, its addresses are served. */
import { readFileSync } from 'node:fs';
import { AccessTokenError, isFullyAuthenticatedScope } from 'mfa-kit/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClock } from '../support/clock.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';
import { listInvoices } from './pages/backEnd.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/verify-tokens.md');
const section = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const cases = [...section('The scope rule').matchAll(/^\| `(.+)` \| (yes|no) \|$/gm)];

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the scope rule', () => {
  test.each(cases.map(([, scope = '', answer = '']) => [scope, answer]))('%s: %s', (scope, answer) => {
    expect(isFullyAuthenticatedScope(JSON.parse(scope))).toBe(answer === 'yes');
  });

  test('every row of its table is a case, and the two answers are both there', () => {
    const rows = section('The scope rule').match(/^\| .*\|$/gm) ?? [];
    expect(cases).toHaveLength(rows.length - 1);
    expect(cases.length).toBeGreaterThan(20);
    expect(new Set(cases.map(([, , answer]) => answer))).toEqual(new Set(['yes', 'no']));
  });

  test('a token without scope is no full session, as the page says', () => {
    expect(isFullyAuthenticatedScope(undefined)).toBe(false);
  });
});

test('the TypeScript of the page lets a full session in, and says why it lets nobody else', async () => {
  expect(section('JavaScript and TypeScript')).toContain(`\`\`\`ts\n${read('test/docs/pages/backEnd.ts')}\`\`\``);
  const server = await startTestServer({
    environmentId: '0b5a3f0e-58c5-4a44-9d0c-7d8f1b1f2f11',
    baseUrl: 'https://app.example.com/api/v0',
    origins: ['https://app.example.com'],
    clock: createClock(Date.now()),
  });
  vi.stubGlobal('fetch', (url: string) => server.mfa.fetch(new Request(url)));
  const ada = new Person(server);
  await ada.enrol();
  const ask = (headers: HeadersInit) =>
    listInvoices(new Request('https://invoices.example.com/', { headers })).then(async (answer) => [
      answer.status,
      ((await answer.json()) as { code?: string }).code,
    ]);
  expect(await ask({ authorization: `Bearer ${ada.token}` })).toEqual([200, undefined]);
  expect(await ask({})).toEqual([401, 'not_signed_in']);
  expect(await ask({ authorization: `Bearer ${ada.token}x` })).toEqual([401, 'invalid_token']);
  await ada.signIn();
  expect(await ask({ authorization: `Bearer ${ada.token}` })).toEqual([403, 'insufficient_scope']);
});

test('every code of an access token that was not accepted is listed with its status', () => {
  const listed = [...section('JavaScript and TypeScript').matchAll(/^\| `(\w+)` \| (\d+) \|/gm)];
  const known = /const statuses = \{([^}]*)\}/.exec(read('src/server/accessTokenError.ts'))?.[1] ?? '';
  expect(listed.map(([, code, status]) => `${code}: ${status}`).join(', ')).toBe(known.trim());
  for (const [, code, status] of listed) {
    expect(new AccessTokenError(code as AccessTokenError['code']).status).toBe(Number(status));
  }
});

test.each(['Python', 'Go', 'Java', 'Ruby'])('the sample in %s names everything it must compare with', (language) => {
  const sample = /```\w+\n([\s\S]*?)```/.exec(section(language))?.[1] ?? '';
  for (const word of ['at+jwt', 'ES256', 'user:basic', 'requiresAdditionalAuth', '4096', 'https://app.example.com']) {
    expect(sample).toContain(word);
  }
  expect(sample).toMatch(/iss/i);
  expect(sample).not.toMatch(/HS256|none/);
});
