/** Passkeys through the kit's modals, in a real browser: made, used, named and removed. */
import { expect, test } from 'vitest';
import { addPasskey, inDialog, readMethods, signUpByPasskey } from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

const places = [
  { kind: 'internal', synced: 'On one device only' },
  { kind: 'hybrid', synced: 'Synced to your other devices' },
] as const;

test.each(places)('with $kind: enrol, verify, sign in, rename, remove', async ({ kind, synced }) => {
  const ada = await visit.arrive();
  const { authenticator, codes } = await signUpByPasskey(ada, kind, 'Desk');
  expect(codes).toHaveLength(10);
  expect((await readMethods(ada)).passkeys).toMatchObject([{ alias: 'Desk', isSynced: kind === 'hybrid' }]);
  expect(await authenticator.credential()).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });

  await ada.go('#/security');
  await ada.page.getByRole('list', { name: 'Your passkeys' }).getByText('Desk').waitFor();
  await ada.page.getByText(synced).waitFor();
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();

  await ada.signOut();
  await ada.signIn();
  await ada.isIn();

  await ada.signOut();
  await ada.button('Sign in with a passkey').click();
  await ada.isIn();
  expect(await ada.dialog.count()).toBe(0);

  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await inDialog(ada, 'Rename').click();
  await ada.dialog.getByLabel('New name for Desk').fill('Kitchen');
  await inDialog(ada, 'Save').click();
  await ada.dialog.getByText('Kitchen', { exact: true }).waitFor();
  // The only second step where one is required.
  expect(await ada.dialog.getByRole('button', { name: 'Remove' }).count()).toBe(0);
  await inDialog(ada, 'Close').click();

  await visit.harbor.setPolicy({ enrollment: 'none' });
  try {
    await ada.page.reload();
    await ada.button('Manage devices').click();
    await inDialog(ada, 'Remove').click();
    await inDialog(ada, 'Remove').click();
    await ada.dialog.getByText('No second step yet').waitFor();
  } finally {
    await visit.harbor.setPolicy({ enrollment: 'signup' });
  }
  expect((await readMethods(ada)).passkeys).toEqual([]);
  ada.expectQuietConsole();
});

test('a change with a stale proof asks for the passkey first, then does by itself what was asked', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada, 'internal', 'Desk');
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await inDialog(ada, 'Rename').waitFor();
  await visit.harbor.advance(301);
  await inDialog(ada, 'Rename').click();
  await ada.dialog.getByLabel('New name for Desk').fill('Kitchen');
  await inDialog(ada, 'Save').click();
  await ada.dialog.getByText('Kitchen', { exact: true }).waitFor();
  ada.expectQuietConsole();
});

test('a second passkey on another authenticator, and either one is good', async () => {
  const ada = await visit.arrive();
  const { authenticator: desk } = await signUpByPasskey(ada, 'internal', 'Desk');
  const held = await desk.credential();
  const phone = await desk.plugInAnother('hybrid');
  await desk.unplug();
  await visit.harbor.advance(1);
  await addPasskey(ada, 'Phone');
  expect((await readMethods(ada)).passkeys.map(({ alias }) => alias)).toEqual(['Desk', 'Phone']);

  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();
  const again = await phone.plugInAnother('internal');
  await phone.unplug();
  await again.add(held);
  await ada.button('Approve for a while').click();
  await ada.page.getByText('A persistent token').waitFor();
});

test('somebody with a passkey signs in on a device without it, by a backup code', async () => {
  const email = `away-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const home = await visit.arrive({ email });
  const { codes } = await signUpByPasskey(home);
  const away = await visit.arrive({ email });
  await VirtualAuthenticator.plugIn(away.page, 'internal');
  await away.signIn();
  await away.dialog.getByText('That was cancelled, or took too long').waitFor();
  await away.useRecoveryCode(codes[0] ?? '');
  await away.dialog.getByText('You have 9 backup codes left.').waitFor();
});
