/**
 * Threat: a secret outlives the moment it was needed for: in storage, an address, the console, a cache, a log or the
 * database (security.md C-03, C-04, C-05, C-06, S-21).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from './support/Person.js';
import { readHeap, readPageTraces } from './support/traces.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();
const terminal: string[] = [];

beforeAll(() => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
      terminal.push(String(chunk));
      return write(chunk, ...(rest as []));
    });
  }
});
afterAll(() => vi.restoreAllMocks());

/** Every way a secret may be written, by what it is. */
const canariesOf = (secret: string, codes: readonly string[]): Map<string, string[]> =>
  new Map([
    ['secret', [secret, secret.replace(/(.{4})(?=.)/g, '$1 '), Secret.fromBase32(secret).hex]],
    ['uri', ['otpauth://totp', `secret%3D${secret}`]],
    ...codes.map((code, index): [string, string[]] => [`code ${index + 1}`, [code, code.replaceAll('-', '')]]),
  ]);

const findIn = (traces: Record<string, string>, canaries: Map<string, string[]>): string[] =>
  Object.entries(traces).flatMap(([where, text]) =>
    [...canaries].flatMap(([what, spellings]) =>
      spellings.some((spelling) => text.toLowerCase().includes(spelling.toLowerCase())) ? [`${what} in ${where}`] : [],
    ),
  );

/** Enrols, fails, succeeds, saves, confirms for a token, signs out and in: with a token of each kind. */
const walk = async (person: Person): Promise<{ secret: string; codes: string[] }> => {
  await person.signIn();
  const app = await person.scan();
  await person.button('Continue').click();
  await person.typeCode(app.wrongCode());
  await person.dialog.getByText('That code didn’t match').waitFor();
  await person.typeCode(app.code());
  const codes = await person.readCodes();
  await person.dialog.getByRole('button', { name: 'Copy' }).click();
  await person.saveCodes();
  await person.isIn();
  await person.harbor.advance(30);
  await person.go('#/security');
  await person.button('Approve once').click();
  await person.typeCode(app.code());
  await person.page.getByText('A single-use token').waitFor();
  return { secret: app.secret, codes };
};

test('after the flow no secret is in storage, address, history, console, requests or the page', async () => {
  const ada = await visit.arrive({ permissions: ['clipboard-read', 'clipboard-write'] });
  const bodies: string[] = [];
  ada.page.on('response', (response) => {
    if (!response.url().includes('/api/')) return;
    void response.text().then(
      (text) => bodies.push(text),
      () => undefined,
    );
  });
  const { secret, codes } = await walk(ada);
  const token = /mfa_[\w-]{20,}/.exec(bodies.join('\n'))?.[0] ?? '';
  expect(token).not.toBe('');
  const canaries = canariesOf(secret, codes).set('token', [token]);
  const cookies = await ada.context.cookies();
  expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
    { httpOnly: true, sameSite: 'Strict' },
  ]);
  canaries.set('session', [cookies[0]?.value ?? 'no cookie at all']);

  const traces = await readPageTraces(ada.page);
  expect(findIn({ ...traces, console: ada.console.join('\n'), requests: ada.requests.join('\n') }, canaries)).toEqual(
    [],
  );
});

test('after the flow no secret is left in the memory of the page: query caches, mutations, React', async () => {
  const ada = await visit.arrive();
  const { secret, codes } = await walk(ada);
  await ada.go('#/');
  await ada.heading('In harbor today').waitFor();
  const heap = await readHeap(ada.page);
  expect(heap.length).toBeGreaterThan(100_000);
  expect(heap).toContain(ada.email);
  const canaries = canariesOf(secret, codes);
  // Part of the kit's own code, and no secret by itself.
  canaries.delete('uri');
  expect(findIn({ heap }, canaries)).toEqual([]);
});

test('after the flow no secret is in the server’s log or in a byte of its database', async () => {
  const ada = await visit.arrive();
  const { secret, codes } = await walk(ada);
  const canaries = canariesOf(secret, codes);
  const files = readdirSync(visit.harbor.dataFolder).filter((name) => name.startsWith('harbor.db'));
  expect(files).toContain('harbor.db');
  const bytes = files.map((name) => readFileSync(join(visit.harbor.dataFolder, name)));
  const database = bytes.map((file) => file.toString('latin1')).join('\n');
  expect(database).toContain(ada.email);
  expect(findIn({ database, log: visit.harbor.printed.join('\n'), terminal: terminal.join('') }, canaries)).toEqual([]);
  const raw = Buffer.from(Secret.fromBase32(secret).buffer);
  expect(bytes.some((file) => file.includes(raw))).toBe(false);
});

test('once the codes are saved no route of the kit gives them again', async () => {
  const ada = await visit.arrive();
  const { secret, codes } = await walk(ada);
  const answers: string[] = [];
  ada.page.on('response', (response) => {
    void response.text().then(
      (text) => answers.push(text),
      () => undefined,
    );
  });
  await ada.page.reload();
  await ada.heading('Security').waitFor();
  await ada.button('Manage devices').click();
  await ada.dialog.waitFor();
  await ada.page.waitForLoadState('load');
  expect(findIn({ answers: answers.join('\n') }, canariesOf(secret, codes))).toEqual([]);
});
