/** Passkeys on a page that draws everything itself: the hooks alone, and no modal. */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { readMethods, watchCeremonies } from './support/passkeys.js';
import { type kinds, VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

const saveCodes = async (person: Person): Promise<string[]> => {
  await person.button('Show my backup codes').click();
  const list = person.page.locator('.own-codes code');
  await list.first().waitFor();
  const codes = await list.allInnerTexts();
  await person.page.getByLabel('I wrote them down or printed them').check();
  await person.button('Done').click();
  return codes;
};

const enrol = async (person: Person, kind: keyof typeof kinds): Promise<VirtualAuthenticator> => {
  const authenticator = await VirtualAuthenticator.plugIn(person.page, kind);
  await person.go('#/your-own-ui');
  await person.signIn();
  await person.button('Set up a passkey').click();
  expect(await saveCodes(person)).toHaveLength(10);
  await person.heading('Your own UI').waitFor();
  return authenticator;
};

test.each(['internal', 'hybrid'] as const)('with %s: enrol, verify, sign in, rename, remove', async (kind) => {
  const ada = await visit.arrive();
  const authenticator = await enrol(ada, kind);
  expect(await authenticator.credentials()).toHaveLength(1);

  await ada.button('Use my passkey').click();
  await ada.page.getByText('A single-use token').waitFor();

  await ada.signOut();
  await ada.go('#/your-own-ui');
  await ada.signIn();
  await ada.button('Use my passkey').click();
  await ada.heading('Your own UI').waitFor();

  await ada.signOut();
  await ada.button('Sign in with a passkey').click();
  await ada.isIn();

  await ada.go('#/your-own-ui');
  const name = ada.page.getByLabel(/^Name of the passkey of/);
  await name.fill('Kitchen');
  await ada.button('Rename').click();
  await expect.poll(async () => (await readMethods(ada)).passkeys[0]?.alias).toBe('Kitchen');

  await ada.button('Remove').click();
  await ada.page.getByText('the last one stays').waitFor();
  await visit.harbor.setPolicy({ enrollment: 'none' });
  try {
    await ada.button('Remove').click();
    await ada.button('Set up a passkey').waitFor();
  } finally {
    await visit.harbor.setPolicy({ enrollment: 'signup' });
  }
  expect((await readMethods(ada)).passkeys).toEqual([]);
  // The browser was told, so that it offers the passkey to nobody any more.
  await expect.poll(() => authenticator.credentials()).toEqual([]);
  expect(await ada.dialog.count()).toBe(0);
  ada.expectQuietConsole();
});

test('a passkey and an authenticator app beside each other, and a code where the passkey is cancelled', async () => {
  const ada = await visit.arrive();
  const authenticator = await enrol(ada, 'internal');
  await ada.button('Set up an authenticator app').click();
  const app = await ada.scan();
  await ada.page.getByLabel('Type the code it shows').fill(app.code());
  await ada.button('Turn it on').click();
  await ada.page.getByText('The six digits it shows').waitFor();

  await authenticator.setVerified(false);
  await ada.button('Use my passkey').click();
  await ada.page.getByText('That was cancelled, or took too long').waitFor();
  await visit.harbor.advance(30);
  await ada.page.getByLabel('Code from your authenticator app').fill(app.code());
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();
  ada.expectQuietConsole();
});

test('twenty clicks in a row are one ceremony', async () => {
  const ada = await visit.arrive();
  await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await ada.go('#/your-own-ui');
  const ceremonies = await watchCeremonies(ada);
  await ada.signIn();
  const begin = ada.button('Set up a passkey');
  await begin.waitFor();
  await begin.evaluate((element) => {
    for (let click = 0; click < 20; click += 1) (element as HTMLButtonElement).click();
  });
  await ada.button('Show my backup codes').waitFor();
  expect((await ceremonies()).begun).toBe(1);
});

test('going to another page ends the ceremony, and the next one begins alone', async () => {
  const ada = await visit.arrive();
  const authenticator = await enrol(ada, 'internal');
  const ceremonies = await watchCeremonies(ada);
  await authenticator.setTouched(false);
  await ada.button('Use my passkey').click();
  await ada.button('Your browser is asking…').waitFor();
  await ada.go('#/security');
  await ada.button('Approve once').click();
  await ada.dialog.getByText('Your browser is asking you now.').waitFor();
  expect(await ceremonies()).toEqual({ begun: 2, open: 1, mostOpen: 1 });
  await ada.button('Stop waiting').click();
  await ada.dialog.getByText('Stopped. Try again when you’re ready.').waitFor();
  await authenticator.setTouched(true);
  await ada.button('Try again').click();
  await ada.page.getByText('A single-use token').waitFor();
  expect(await ceremonies()).toEqual({ begun: 3, open: 0, mostOpen: 1 });
  ada.expectQuietConsole();
});

test('another ceremony on the same page ends the one that is open', async () => {
  const ada = await visit.arrive();
  const authenticator = await enrol(ada, 'internal');
  await authenticator.plugInAnother('hybrid');
  const ceremonies = await watchCeremonies(ada);
  await authenticator.setTouched(false);
  await ada.button('Use my passkey').click();
  await ada.button('Your browser is asking…').waitFor();
  await ada.button('Add another passkey').click();
  await ada.page.getByText('2 set up').waitFor();
  // Ended by the page itself, which is nobody's mistake and nothing to tell.
  await ada.button('Use my passkey').waitFor();
  expect(await ada.page.getByRole('alert').allInnerTexts()).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/\w/)]),
  );
  expect(await ceremonies()).toEqual({ begun: 2, open: 0, mostOpen: 1 });
});
