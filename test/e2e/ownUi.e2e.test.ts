/** The page that draws everything itself: the hooks carry the same flows, and no modal ever opens. */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

const comeIn = async (person: Person): Promise<void> => {
  await person.go('#/your-own-ui');
  await person.signIn();
};

const saveOwnCodes = async (person: Person): Promise<string[]> => {
  const list = person.page.locator('.own-codes');
  await list.waitFor();
  const codes = await list.locator('code').allInnerTexts();
  await person.page.getByLabel('I wrote them down or printed them').check();
  await person.button('Done').click();
  return codes;
};

test('enrolment, verification and recovery codes with hooks alone', async () => {
  const ada = await visit.arrive();
  await comeIn(ada);
  await ada.button('Set up an authenticator app').click();
  const app = await ada.scan();
  const field = ada.page.getByLabel('Type the code it shows');
  await field.fill(app.wrongCode());
  await ada.button('Turn it on').click();
  await ada.page.getByText('That code did not match').waitFor();
  await field.fill(app.code());
  await ada.button('Turn it on').click();
  await ada.button('Show my backup codes').click();
  const codes = await saveOwnCodes(ada);
  expect(codes).toHaveLength(10);
  await ada.heading('Your own UI').waitFor();

  await visit.harbor.advance(30);
  await ada.page.getByLabel('Code from your authenticator app').fill(app.code());
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();

  await ada.button('Make new backup codes').click();
  const renewed = await saveOwnCodes(ada);
  await ada.page.getByText('Only the new codes work from now on').waitFor();

  await ada.signOut();
  await comeIn(ada);
  await ada.button('Use a backup code').click();
  await ada.page.getByLabel('One of your backup codes').fill(codes[0] ?? '');
  await ada.button('Open Harbor').click();
  await ada.page.getByText('That code did not match').waitFor();
  await ada.page.getByLabel('One of your backup codes').fill(renewed[0] ?? '');
  await ada.button('Open Harbor').click();
  await ada.page.getByText('9 of 10 left').waitFor();
  await expect.poll(() => ada.dialog.count()).toBe(0);
  ada.expectQuietConsole();
});

test('a reload in the middle shows the same secret and the same codes', async () => {
  const ada = await visit.arrive();
  await comeIn(ada);
  await ada.button('Set up an authenticator app').click();
  const first = await ada.scanText();
  await ada.page.reload();
  await ada.button('Set up an authenticator app').click();
  expect(await ada.scanText()).toBe(first);
  const app = await ada.scan();
  await ada.page.getByLabel('Type the code it shows').fill(app.code());
  await ada.button('Turn it on').click();
  await ada.button('Show my backup codes').click();
  const codes = ada.page.locator('.own-codes code');
  await codes.first().waitFor();
  const shown = await codes.allInnerTexts();
  await ada.page.reload();
  await ada.button('Show my backup codes').click();
  await codes.first().waitFor();
  expect(await codes.allInnerTexts()).toEqual(shown);
});

test('twenty clicks in a row make one request', async () => {
  const ada = await visit.arrive();
  await comeIn(ada);
  const begin = ada.button('Set up an authenticator app');
  await begin.waitFor();
  await begin.evaluate((element) => {
    for (let click = 0; click < 20; click += 1) (element as HTMLButtonElement).click();
  });
  await ada.scanText();
  expect(ada.requests.filter((request) => request.endsWith('/register/totp'))).toHaveLength(1);
});

test('with enrolment optional a newcomer is let in, and sets up a second step from the security page', async () => {
  const ada = await visit.arrive();
  await ada.page.getByText('Demo controls').click();
  await ada.choosePolicy('set one up when they like');
  try {
    await ada.signIn();
    await ada.isIn();
    await ada.go('#/security');
    await ada.button('Add authenticator app').click();
    const app = await ada.scan();
    await ada.button('Continue').click();
    await ada.typeCode(app.code());
    await ada.saveCodes();
    await ada.page.getByText('10 of 10 left').waitFor();
    await ada.heading('Security').waitFor();
    ada.expectQuietConsole();
  } finally {
    await ada.page.getByText('Demo controls').click();
    await ada.choosePolicy('set up a second step when they sign up');
  }
});
