/** The page for moving over is true: its snippets are the files that run, and its people keep their apps. */
import { readFileSync } from 'node:fs';
import { authenticateTotpMfaDevice, getMfaRecoveryCodes, isUserMissingMfaAuth } from 'mfa-kit/client';
import { expect, test } from 'vitest';
import { createClientOn } from '../support/clientOn.js';
import { startTestServer } from '../support/server.js';
import { importPeople } from './pages/importPeople.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/migration.md');

test.each(['aliases.ts', 'importPeople.ts'])('%s stands on the page as it is compiled and run', (file) => {
  expect(page).toContain(`\`\`\`ts\n${read(`test/docs/pages/${file}`)}\`\`\``);
});

test('what it links to is there', () => {
  const paths = [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) expect(read(`docs/${path}`).length).toBeGreaterThan(0);
});

test('people who were brought along sign in with the app they have, and are shown new codes', async () => {
  const server = await startTestServer();
  const rows = [
    { id: 'u-1', email: 'ada@example.com', createdAt: 1_700_000_000_000, totpSecret: 'JBSWY3DPEHPK3PXP'.repeat(2) },
  ];
  await importPeople(server.mfa, rows);
  await importPeople(server.mfa, rows);
  const { client, signIn, code } = await createClientOn({ on: server });
  await signIn('ada@example.com');
  expect(client.user?.id).toBe('u-1');
  expect(isUserMissingMfaAuth(client)).toBe(true);
  await authenticateTotpMfaDevice({ code: code(rows[0]?.totpSecret ?? '') }, client);
  expect(client.session.getSnapshot().status).toBe('codesUnsaved');
  expect((await getMfaRecoveryCodes(client)).recoveryCodes).toHaveLength(10);
});
