/** U-06 and U-07 for passkeys: axe over their pages and screens in every setting, and the whole road without a mouse. */
import { expect, test } from 'vitest';
import { inspect } from './support/inspect.js';
import type { Person } from './support/Person.js';
import { inDialog, savePasskey, startButton } from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

test('every page and screen with passkeys passes axe in every setting and fits a narrow window', async () => {
  const ada = await visit.arrive();
  const found: string[] = [];
  const look = async (name: string): Promise<void> => void found.push(...(await inspect(ada, name)));
  const authenticator = await VirtualAuthenticator.plugIn(ada.page, 'internal');

  await ada.button('Sign in with a passkey').click();
  await ada.page.getByText('That was cancelled, or took too long').waitFor();
  await look('sign-in, cancelled');
  await ada.page.getByText('Demo controls').click();
  await ada.page.getByLabel('also a security key without a PIN').waitFor();
  await look('demo controls');
  await ada.signIn();
  await inDialog(ada, /^Passkey/).waitFor();
  await look('ChooseType');
  await inDialog(ada, /^Passkey/).click();
  await expect.poll(() => startButton(ada).getAttribute('aria-disabled')).not.toBe('true');
  await look('PasskeyPrompt, making');
  await authenticator.setVerified(false);
  await startButton(ada).click();
  await ada.dialog.getByText('That was cancelled').waitFor();
  await look('PasskeyPrompt, cancelled');
  await authenticator.setVerified(true);
  await startButton(ada).click();
  await ada.dialog.getByRole('heading', { name: 'Your passkey is saved' }).waitFor();
  await look('PasskeySaved');
  await savePasskey(ada, 'Desk');
  await ada.saveCodes();
  await ada.isIn();

  await ada.go('#/security');
  await ada.page.getByRole('list', { name: 'Your passkeys' }).waitFor();
  await look('security');
  await authenticator.setTouched(false);
  await ada.button('Approve once').click();
  await ada.dialog.getByText('Your browser is asking you now.').waitFor();
  await look('PasskeyPrompt, asking');
  await ada.page.keyboard.press('Escape');
  await ada.button('Manage devices').click();
  await inDialog(ada, 'Rename').click();
  await ada.dialog.getByLabel('New name for Desk').waitFor();
  await look('ManageDevices, renaming');
  await ada.page.keyboard.press('Escape');
  await inDialog(ada, 'Close').click();
  await ada.go('#/your-own-ui');
  await ada.page.getByLabel(/^Name of the passkey of/).waitFor();
  await look('own UI');
  expect(found).toEqual([]);
});

/** Presses Tab until something of that name has focus. */
const tabTo = async (person: Person, name: RegExp): Promise<void> => {
  const focused = () =>
    person.page.evaluate(() => {
      const { activeElement: element } = document;
      return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
    });
  for (let press = 0; press < 40; press += 1) {
    if (name.test(await focused())) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}; it ended on "${await focused()}".`);
};

test('a passkey is made and used with the keyboard alone', async () => {
  const ada = await visit.arrive();
  const { keyboard } = ada.page;
  await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await ada.signIn();
  await inDialog(ada, /^Passkey/).waitFor();
  await tabTo(ada, /^Passkey/);
  await keyboard.press('Enter');
  await expect.poll(() => startButton(ada).getAttribute('aria-disabled')).not.toBe('true');
  await tabTo(ada, /^Use (fingerprint|your phone|a security key)/);
  await keyboard.press('Enter');
  await ada.dialog.getByRole('heading', { name: 'Your passkey is saved' }).waitFor();
  await tabTo(ada, /^Continue$/);
  await keyboard.press('Enter');
  await ada.saveCodes();
  await ada.isIn();
  await ada.signOut();
  await tabTo(ada, /^Sign in with a passkey$/);
  await keyboard.press('Enter');
  await ada.isIn();
  ada.expectQuietConsole();
});
