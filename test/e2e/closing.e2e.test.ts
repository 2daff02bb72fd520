/** Closing at each screen: whoever awaits an answer is told so, nothing is left open, and the same can be opened again. */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

const closed = (person: Person) => person.page.getByText('Closed without approving. Nothing happened.');

const prompt = async (person: Person): Promise<void> => {
  await person.go('#/security');
  await person.button('Approve once').click();
  await person.dialog.getByLabel('6-digit code').waitFor();
};

test('each way of closing a prompt tells the caller that it was closed, and it opens again', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  const ways: [string, () => Promise<void>][] = [
    ['cancel', () => ada.dialog.getByRole('button', { name: 'Cancel' }).click()],
    ['the cross', () => ada.dialog.getByRole('button', { name: 'Close' }).click()],
    ['Escape', () => ada.page.keyboard.press('Escape')],
    ['a click beside it', () => ada.page.mouse.click(5, 5)],
  ];
  for (const [, close] of ways) {
    await prompt(ada);
    await close();
    await ada.dialog.waitFor({ state: 'detached' });
    await closed(ada).waitFor();
  }
  await prompt(ada);
  await ada.typeCode(app.code());
  await ada.page.getByText('A single-use token').waitFor();
  ada.expectQuietConsole();
});

test('every screen of a prompt can be closed', async () => {
  const ada = await visit.arrive();
  await ada.signUp();

  await prompt(ada);
  await ada.button('Try another way').click();
  await ada.dialog
    .getByLabel('Backup code')
    .or(ada.dialog.getByRole('button', { name: /Backup code/ }))
    .first()
    .waitFor();
  await ada.dialog.getByRole('button', { name: 'Cancel' }).click();
  await closed(ada).waitFor();

  await ada.button('Manage devices').click();
  await ada.dialog.waitFor();
  await ada.dialog.getByRole('button', { name: 'Close' }).first().click();
  await ada.dialog.waitFor({ state: 'detached' });
  await ada.button('Manage devices').click();
  await ada.dialog.waitFor();
  ada.expectQuietConsole();
});

test('with a secret on screen closing asks first, and staying keeps what was there', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.button('New backup codes').click();
  const shown = await ada.readCodes();
  await ada.page.keyboard.press('Escape');
  await ada.page.getByText('Leave without saving?').waitFor();
  await ada.button('Stay').click();
  expect(await ada.readCodes()).toEqual(shown);
  await ada.page.keyboard.press('Escape');
  await ada.button('Leave').click();
  await ada.dialog.waitFor({ state: 'detached' });
  ada.expectQuietConsole();
});

test('logging out of a session that waits leads back to the sign-in page', async () => {
  const ada = await visit.arrive();
  await ada.signIn();
  await ada.scanText();
  await ada.dialog.getByRole('button', { name: 'Log out' }).click();
  const leave = ada.button('Leave');
  await leave.or(ada.heading('Sign in to Harbor')).first().waitFor();
  if (await leave.isVisible()) await leave.click();
  await ada.heading('Sign in to Harbor').waitFor();
  await ada.dialog.waitFor({ state: 'detached' });
  await ada.signIn();
  await ada.scanText();
});
