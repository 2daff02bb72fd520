/**
 * Threat: changing phones leaves the old app working beside the new one, or leaves nothing working at all.
 */
import { expect, test } from 'vitest';
import type { FakeAuthenticatorApp } from '../../stories/support/FakeAuthenticatorApp.js';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

const signInWith = async (person: Person, app: FakeAuthenticatorApp): Promise<void> => {
  await visit.harbor.advance(30);
  await person.signOut();
  await person.signIn();
  await person.typeCode(app.code());
};

test('a lost phone: recovery code, new app, new codes; the old app is dead and the new one works', async () => {
  const ada = await visit.arrive();
  const { app: lost, codes: oldCodes } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(oldCodes[0] ?? '');

  await ada.dialog.getByRole('button', { name: /Set up a new authenticator app/ }).click();
  const found = await ada.scan();
  expect(found.secret).not.toBe(lost.secret);
  await ada.button('Continue').click();
  await ada.typeCode(found.code());
  const newCodes = await ada.saveCodes();
  expect(newCodes).toHaveLength(10);
  expect(newCodes.some((code) => oldCodes.includes(code))).toBe(false);
  await ada.isIn();

  await signInWith(ada, lost);
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.typeCode(found.code());
  await ada.isIn();

  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(oldCodes[1] ?? '');
  await ada.dialog.getByText('That backup code didn’t match').waitFor();
  await ada.dialog.getByLabel('Backup code').fill(newCodes[0] ?? '');
  await ada.button('Continue').click();
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
});

test('a replacement given up half-way leaves the old app and the old codes as they were', async () => {
  const ada = await visit.arrive();
  const { app, codes } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(codes[0] ?? '');
  await ada.dialog.getByRole('button', { name: /Set up a new authenticator app/ }).click();
  const begun = await ada.scan();
  await ada.page.reload();
  await ada.isIn();

  await signInWith(ada, begun);
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.typeCode(app.code());
  await ada.isIn();
});
