/** Every published name is there, under its name; what is not is named with its reason; the page says neither more nor less. */
import { readFileSync } from 'node:fs';
import * as published from '@dynamic-labs/sdk-api-core';
import * as kit from 'mfa-kit';
import * as plain from 'mfa-kit/client';
import * as native from 'mfa-kit/native';
import { expect, test } from 'vitest';
import { createPage, renderHookOn } from '../support/renderWithMfa.js';
import { baseUrl, environmentId } from '../support/server.js';
import { namesPage } from './names/page.js';
import { client, enums, leftOut, members, objectForm, react, selfNamed } from './names/published.js';

type Hook = () => Record<string, unknown>;
type Module = Record<string, unknown>;

/** What a hook gives, in a provider. */
const given = async (hook: string): Promise<Record<string, unknown>> => {
  const page = await createPage();
  const useIt = (kit as Module)[hook] as Hook;
  return renderHookOn(page, () => useIt()).result.current;
};

test('the React package’s exports', () => {
  const missing = [...react.hooks, ...react.others].filter((name) => !(name in kit));
  expect(missing).toEqual([]);
});

test.each(Object.entries(members))('the members of %s', async (hook, names) => {
  const members = await given(hook);
  expect(names.filter((name) => !(name in members))).toEqual([]);
});

test.each(Object.entries(selfNamed))('%s gives a function that carries itself as %s', async (hook, name) => {
  const run = await given(hook);
  expect(run).toBeTypeOf('function');
  expect(run[name]).toBe(run);
});

test('the plain client’s exports', () => {
  expect(
    [...client.functions, ...client.errors].filter((name) => typeof (plain as Module)[name] !== 'function'),
  ).toEqual([]);
});

test('the members of a client, and those of the object form in both doors', () => {
  for (const { createClient } of [plain, native]) {
    const one = createClient({ environmentId, apiBaseUrl: baseUrl });
    expect(client.getters.filter((name) => !(name in one))).toEqual([]);
    const found = (path: string) =>
      path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], one);
    expect(objectForm.filter((path) => found(path) === undefined)).toEqual([]);
    one.close();
  }
});

test.each(enums)('%s has the published members and values, in every door', (name) => {
  const theirs = Object.entries((published as unknown as Record<string, Record<string, string>>)[name] ?? {});
  const wanted = theirs.filter(([, value]) => !/^(console|business_account):/.test(value));
  expect(wanted.length).toBeGreaterThan(1);
  for (const door of [kit, plain, native] as Module[])
    expect(Object.entries(door[name] ?? {}).sort()).toEqual(wanted.sort());
});

test('what is left out is not there', () => {
  const names = leftOut.flatMap(([those]) => those);
  expect(names.filter((name) => name in kit || name in plain)).toEqual([]);
});

test('the page is what the lists say: `npm run names` writes it', () => {
  expect(readFileSync('docs/names.md', 'utf8')).toBe(namesPage());
});
