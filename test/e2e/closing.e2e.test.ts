/** Closing at each screen: whoever awaits an answer is told so, nothing is left open, and the same can be opened again. */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

/** What the page was told by the rejected promise. */
const closed = (person: Person, reason: string) =>
  person.page.getByText(`Closed without approving, reason ${reason}. Nothing happened.`);

const prompt = async (person: Person): Promise<void> => {
  await person.go('#/security');
  await person.button('Approve once').click();
  await person.dialog.getByLabel('6-digit code').waitFor();
};

const inDialog = (person: Person, name: string) => person.dialog.getByRole('button', { name }).first();

test('each way of closing a prompt rejects with its reason, and the prompt opens again', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  const ways: [string, () => Promise<void>][] = [
    ['cancelled', () => inDialog(ada, 'Cancel').click()],
    ['cancelled', () => inDialog(ada, 'Close').click()],
    ['escape', () => ada.page.keyboard.press('Escape')],
    ['outside', () => ada.page.mouse.click(5, 5)],
  ];
  for (const [reason, close] of ways) {
    await prompt(ada);
    await close();
    await ada.dialog.waitFor({ state: 'detached' });
    await closed(ada, reason).waitFor();
  }
  await prompt(ada);
  await ada.typeCode(app.code());
  await ada.page.getByText('A single-use token').waitFor();
  ada.expectQuietConsole();
});

test('a prompt closed at the recovery code, or while codes are paused, rejects and opens again', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await prompt(ada);
  await ada.button('Try another way').click();
  await ada.dialog.getByLabel('Backup code').waitFor();
  await inDialog(ada, 'Cancel').click();
  await closed(ada, 'cancelled').waitFor();

  await prompt(ada);
  await ada.guess(app);
  await ada.page.keyboard.press('Escape');
  await closed(ada, 'escape').waitFor();
  await ada.button('Approve once').click();
  await ada.dialog.getByText('Too many tries').waitFor();
  ada.expectQuietConsole();
});

test('a prompt that enrols first rejects when it is closed at the QR code, the first code or the codes', async () => {
  await visit.harbor.setPolicy({ sessionBased: true, enrollment: 'none' });
  try {
    const ada = await visit.arrive();
    await ada.signIn();
    await ada.isIn();
    await ada.go('#/security');

    await ada.button('Approve once').click();
    const first = await ada.scanText();
    await ada.page.keyboard.press('Escape');
    await ada.page.getByText('Leave setup?').waitFor();
    await inDialog(ada, 'Leave').click();
    await closed(ada, 'escape').waitFor();

    await ada.button('Approve once').click();
    expect(await ada.scanText()).toBe(first);
    const app = await ada.scan();
    await ada.button('Continue').click();
    await ada.dialog.getByLabel('6-digit code').waitFor();
    await inDialog(ada, 'Cancel').click();
    await closed(ada, 'cancelled').waitFor();

    await ada.button('Approve once').click();
    await ada.scanText();
    await ada.button('Continue').click();
    await ada.typeCode(app.code());
    const codes = await ada.readCodes();
    await inDialog(ada, 'Close').click();
    await ada.page.getByText('Leave without saving?').waitFor();
    await inDialog(ada, 'Leave').click();
    await closed(ada, 'cancelled').waitFor();

    await ada.page.reload();
    expect(await ada.saveCodes()).toEqual(codes);
    await ada.page.getByText('10 of 10 left').waitFor();
    ada.expectQuietConsole();
  } finally {
    await visit.harbor.setPolicy({ sessionBased: true, enrollment: 'signup' });
  }
});

test('management closes and opens again', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  for (const close of [() => inDialog(ada, 'Close').click(), () => ada.page.keyboard.press('Escape')]) {
    await ada.button('Manage devices').click();
    await ada.dialog.getByText('Authenticator app').first().waitFor();
    await close();
    await ada.dialog.waitFor({ state: 'detached' });
  }
  ada.expectQuietConsole();
});

test('with codes on screen closing asks first, and staying keeps what was there', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.button('New backup codes').click();
  const shown = await ada.readCodes();
  await ada.page.keyboard.press('Escape');
  await ada.page.getByText('Leave without saving?').waitFor();
  await inDialog(ada, 'Stay').click();
  expect(await ada.readCodes()).toEqual(shown);
  await ada.page.keyboard.press('Escape');
  await inDialog(ada, 'Leave').click();
  await ada.dialog.waitFor({ state: 'detached' });
  ada.expectQuietConsole();
});

test('a session that waits cannot be closed away; logging out leads back to the sign-in page', async () => {
  const ada = await visit.arrive();
  await ada.signIn();
  await ada.scanText();
  await ada.page.keyboard.press('Escape');
  await ada.page.mouse.click(5, 5);
  await ada.scanText();
  await inDialog(ada, 'Log out').click();
  await ada.page.getByText('Leave setup?').waitFor();
  await inDialog(ada, 'Leave').click();
  await ada.heading('Sign in to Harbor').waitFor();
  await ada.dialog.waitFor({ state: 'detached' });
  await ada.signIn();
  await ada.scanText();
  ada.expectQuietConsole();
});
