/**
 * Threat: a passkey that fails leads somebody to a weaker method unasked, or what interrupts it loses the proof that is
 * awaited, the passkey that was made, or the codes that came with it. C-08, F-08, F-10, F-16.
 */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import {
  areAllFree,
  inDialog,
  readMethods,
  signUpByBoth,
  signUpByPasskey,
  startButton,
  watchCeremonies,
} from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

const cancelled = (person: Person): Promise<void> =>
  person.dialog.getByText('That was cancelled, or took too long.').waitFor();

/** What the page was told by the rejected promise. */
const closed = (person: Person, reason: string): Promise<void> =>
  person.page.getByText(`Closed without approving, reason ${reason}. Nothing happened.`).waitFor();

test('the passkey fails, the person picks the app, the code is accepted: the caller has its token', async () => {
  const ada = await visit.arrive();
  const { authenticator, app } = await signUpByBoth(ada);
  await visit.harbor.advance(30);
  await authenticator.setVerified(false);
  await ada.button('Approve once').click();
  await cancelled(ada);
  // No code is asked for until the person wants it.
  await startButton(ada).click();
  await cancelled(ada);
  expect(await ada.dialog.getByLabel('6-digit code').count()).toBe(0);

  await ada.button('Try another way').click();
  await inDialog(ada, /^Authenticator app/).click();
  await ada.typeCode(app.wrongCode());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.typeCode(app.code());
  await ada.page.getByText('A single-use token').waitFor();
  expect(areAllFree(await readMethods(ada))).toBe(true);
  ada.expectQuietConsole();
});

test('the passkey fails at sign-in, the app gets in, and is what is asked for first the next time', async () => {
  const ada = await visit.arrive();
  const { authenticator, app } = await signUpByBoth(ada);
  await visit.harbor.advance(30);
  await authenticator.setVerified(false);
  await ada.signOut();
  await ada.signIn();
  await cancelled(ada);
  await ada.button('Try another way').click();
  await inDialog(ada, /^Authenticator app/).click();
  await ada.typeCode(app.code());
  await ada.isIn();
  await ada.signOut();
  await ada.signIn();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  ada.expectQuietConsole();
});

test('it begins by itself after a click, and once', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await ada.go('#/security');
  const ceremonies = await watchCeremonies(ada);
  await authenticator.setVerified(false);
  await ada.button('Approve once').click();
  await cancelled(ada);
  expect((await ceremonies()).begun).toBe(1);
  await authenticator.setVerified(true);
  await startButton(ada).click();
  await ada.page.getByText('A single-use token').waitFor();
  expect((await ceremonies()).begun).toBe(2);
  ada.expectQuietConsole();
});

test.each([
  ['that is not in front', () => Object.defineProperty(document, 'hasFocus', { value: () => false })],
  ['that is hidden', () => Object.defineProperty(document, 'visibilityState', { value: 'hidden' })],
  // Playwright's own questions count as gestures, so that a page just reloaded cannot be had.
  ['nobody has touched', () => Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } })],
  ['of a browser that does not say', () => Object.defineProperty(navigator, 'userActivation', { value: undefined })],
] as const)('a page %s waits for a click', async (_where, pretend) => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await ada.page.addInitScript(pretend);
  await ada.page.reload();
  await ada.go('#/security');
  const ceremonies = await watchCeremonies(ada);
  await ada.button('Approve once').click();
  await expect.poll(() => startButton(ada).getAttribute('aria-disabled')).not.toBe('true');
  expect((await ceremonies()).begun).toBe(0);
  await startButton(ada).click();
  await ada.page.getByText('A single-use token').waitFor();
});

test('closing while the browser asks ends the ceremony with the prompt, and both begin again', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await ada.go('#/security');
  const ceremonies = await watchCeremonies(ada);
  await authenticator.setTouched(false);
  const ways: [string, () => Promise<void>][] = [
    ['cancelled', () => inDialog(ada, 'Cancel').click()],
    ['escape', () => ada.page.keyboard.press('Escape')],
    ['outside', () => ada.page.mouse.click(5, 5)],
  ];
  for (const [reason, close] of ways) {
    await ada.button('Approve once').click();
    await ada.dialog.getByText('Your browser is asking you now.').waitFor();
    await close();
    await closed(ada, reason);
    await expect.poll(async () => (await ceremonies()).open).toBe(0);
  }
  await authenticator.setTouched(true);
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();
  expect(await ceremonies()).toEqual({ begun: 4, open: 0, mostOpen: 1 });
  ada.expectQuietConsole();
});

test('a reload at each step of a first passkey goes on from there, with nothing lost', async () => {
  const ada = await visit.arrive();
  const authenticator = await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await ada.signIn();
  await inDialog(ada, /^Passkey/).click();
  await startButton(ada).waitFor();
  await ada.page.reload();
  await inDialog(ada, /^Passkey/).click();
  await authenticator.setTouched(false);
  await startButton(ada).click();
  await ada.dialog.getByText('Your browser is asking you now.').waitFor();
  await ada.page.reload();
  await authenticator.setTouched(true);
  await inDialog(ada, /^Passkey/).click();
  await startButton(ada).click();
  await ada.dialog.getByRole('heading', { name: 'Your passkey is saved' }).waitFor();
  await ada.page.reload();
  const shown = await ada.readCodes();
  await ada.page.reload();
  expect(await ada.saveCodes()).toEqual(shown);
  await ada.isIn();
  expect((await readMethods(ada)).passkeys).toHaveLength(1);
  ada.expectQuietConsole();
});

test('left before it was named, a passkey is there all the same', async () => {
  const ada = await visit.arrive();
  const { authenticator: desk } = await signUpByPasskey(ada);
  await desk.unplug();
  await desk.plugInAnother('hybrid');
  await ada.go('#/security');
  await ada.button('Add a passkey').click();
  await startButton(ada).click();
  await ada.dialog.getByRole('heading', { name: 'Your passkey is saved' }).waitFor();
  await ada.page.keyboard.press('Escape');
  await ada.dialog.waitFor({ state: 'detached' });
  await ada.page.getByText('2 set up').waitFor();
  ada.expectQuietConsole();
});

test('two tabs wait for the same person: one proof lets both in', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await ada.signOut();
  // Playwright has every tab believe that it is in front.
  await ada.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  const other = await ada.openTab();
  await VirtualAuthenticator.plugIn(other.page, 'internal');
  await other.signIn();
  await cancelled(other);
  await ada.page.bringToFront();
  await startButton(ada).click();
  await ada.isIn();
  await other.page.bringToFront();
  await other.isIn();
  ada.expectQuietConsole();
  other.expectQuietConsole();
});
