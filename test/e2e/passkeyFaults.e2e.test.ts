/**
 * Threat: a request around a ceremony fails, and the person is left with a passkey that only their device knows, or before
 * a spinner. Each request goes through no connection, 500, 429, a malformed answer and a slow one (F-08).
 */
import { expect, test } from 'vitest';
import { endure } from './support/faults.js';
import type { Person } from './support/Person.js';
import { inDialog, readMethods, savePasskey, signUpByPasskey, startButton } from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

/** Once the button can be pressed: between two tries the next challenge is fetched. */
const begin = (person: Person) => () => startButton(person).click();

test('making a passkey survives every fault, and there is one passkey in the end', async () => {
  const ada = await visit.arrive();
  const authenticator = await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await ada.signIn();
  await inDialog(ada, /^Passkey/).waitFor();
  await endure(ada, {
    method: 'GET',
    path: '/users/passkeys/register',
    act: () => inDialog(ada, /^Passkey/).click(),
    retry: begin(ada),
  });
  await endure(ada, { method: 'POST', path: '/users/passkeys/register', act: begin(ada) });
  await savePasskey(ada);
  await ada.saveCodes();
  await ada.isIn();
  expect((await readMethods(ada)).passkeys).toHaveLength(1);
  // Those of the tries before took each other's place: an authenticator keeps one for an account.
  expect(await authenticator.credentials()).toHaveLength(1);
  await ada.go('#/security');
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();
  ada.expectQuietConsole();
});

test('proving oneself with a passkey survives every fault, and the prompt goes on', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await ada.go('#/security');
  await authenticator.setTouched(false);
  await endure(ada, {
    method: 'GET',
    path: '/users/passkeys/authenticate',
    act: () => ada.button('Approve once').click(),
    retry: begin(ada),
  });
  await ada.page.keyboard.press('Escape');
  await ada.dialog.waitFor({ state: 'detached' });
  await authenticator.setTouched(true);
  await endure(ada, {
    method: 'POST',
    path: '/users/mfa/auth/passkey',
    act: () => ada.button('Approve for a while').click(),
    retry: begin(ada),
  });
  await ada.page.getByText('A persistent token').waitFor();
  ada.expectQuietConsole();
});

test('signing in with a passkey survives every fault', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await ada.signOut();
  await endure(ada, {
    method: 'POST',
    path: '/users/passkeys/signin',
    act: () => ada.button('Sign in with a passkey').click(),
    within: 'main',
  });
  await ada.isIn();
  ada.expectQuietConsole();
});

test('renaming survives every fault', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada, 'internal', 'Desk');
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await inDialog(ada, 'Rename').click();
  await ada.dialog.getByLabel('New name for Desk').fill('Kitchen');
  await endure(ada, { method: 'PUT', path: '/users/passkeys', act: () => inDialog(ada, 'Save').click() });
  await ada.dialog.getByText('Kitchen', { exact: true }).waitFor();
  ada.expectQuietConsole();
});

test('removing survives every fault', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada, 'internal', 'Desk');
  await visit.harbor.setPolicy({ enrollment: 'none' });
  try {
    await ada.page.reload();
    await ada.isIn();
    await ada.go('#/security');
    await ada.button('Manage devices').click();
    await inDialog(ada, 'Remove').click();
    await endure(ada, { method: 'DELETE', path: '/users/passkeys', act: () => inDialog(ada, 'Remove').click() });
    await ada.dialog.getByText('No second step yet').waitFor();
  } finally {
    await visit.harbor.setPolicy({ enrollment: 'signup' });
  }
  ada.expectQuietConsole();
});
