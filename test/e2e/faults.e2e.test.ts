/**
 * Threat: a request that fails leaves a person before a spinner, a blank, or a sentence about something else. Each request
 * of each screen goes through no connection, 500, 429, a malformed answer and a slow one.
 */
import { expect, test } from 'vitest';
import { endure } from './support/faults.js';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

const tryAgain = (person: Person) => () => person.dialog.getByRole('button', { name: 'Try again' }).click();

test('sign-in, enrolment and the codes survive every fault', async () => {
  const ada = await visit.arrive();
  await ada.page.getByLabel('Work e-mail').fill(ada.email);
  await endure(ada, {
    method: 'POST',
    path: '/emailVerifications/create',
    act: () => ada.button('Send me a code').click(),
    within: 'main',
  });
  await ada.page.getByLabel('Code from the e-mail').fill(await ada.readMail(0));
  await endure(ada, {
    method: 'POST',
    path: '/emailVerifications/signin',
    act: () => ada.button('Sign in').click(),
    within: 'main',
  });
  await ada.dialog.waitFor();
  await ada.scanText();

  await endure(ada, {
    method: 'GET',
    path: '/users/mfa/register/totp',
    act: async () => {
      await ada.page.reload();
    },
    retry: tryAgain(ada),
  });
  const app = await ada.scan();
  await ada.button('Continue').click();
  await endure(ada, { method: 'POST', path: '/users/mfa/auth/totp', act: () => ada.retypeCode(app.code()) });

  await ada.readCodes();
  await endure(ada, {
    method: 'GET',
    path: '/users/mfa/recovery',
    act: async () => {
      await ada.page.reload();
    },
    retry: tryAgain(ada),
  });
  await ada.readCodes();
  await ada.dialog.getByRole('button', { name: 'I wrote them down' }).click();
  await ada.dialog.getByLabel('I have saved these codes').check();
  await endure(ada, {
    method: 'PUT',
    path: '/users',
    act: () => ada.dialog.getByRole('button', { name: /Finish|Try again/ }).click(),
  });
  await ada.isIn();
  ada.expectQuietConsole();
});

test('deciding what to ask for survives every fault', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await endure(ada, {
    method: 'GET',
    path: '/users/mfa/methods',
    act: async () => {
      await ada.page.reload();
    },
    retry: tryAgain(ada),
  });
  await ada.dialog.getByLabel('6-digit code').waitFor();
});

test('verifying with a code and with a recovery code survives every fault', async () => {
  const ada = await visit.arrive();
  const { app, codes } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await endure(ada, { method: 'POST', path: '/users/mfa/auth/totp', act: () => ada.retypeCode(app.code()) });
  await ada.isIn();

  await ada.signOut();
  await ada.signIn();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  let isOpen = false;
  await endure(ada, {
    method: 'POST',
    path: '/users/mfa/auth/recovery',
    act: async () => {
      if (isOpen) {
        await ada.dialog.getByLabel('Backup code').fill(codes[0] ?? '');
        await ada.button('Continue').click();
      } else await ada.useRecoveryCode(codes[0] ?? '');
      isOpen = true;
    },
  });
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
});

test('a new set of codes survives every fault, and the old one stays good until it is saved', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await ada.go('#/security');
  await endure(ada, {
    method: 'POST',
    path: '/users/mfa/recovery',
    act: () => ada.openNewCodes(),
    retry: tryAgain(ada),
  });
  expect(await ada.readCodes()).toHaveLength(10);
  expect(app.code()).toHaveLength(6);
});

test('managing devices survives every fault', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.page.getByText('10 of 10 left').waitFor();
  const pattern = '**/users/mfa/methods*';
  await ada.page.route(pattern, (route) => route.abort('internetdisconnected'));
  await ada.page.reload();
  await ada.page.getByText('What is set up could not be read.').waitFor();
  await ada.page.unroute(pattern);
  await ada.button('Try again').click();
  await ada.page.getByText('10 of 10 left').waitFor();
});

test('a demo that cannot be reached says so and comes back by itself or at the click', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.page.route('**/api/**', (route) => route.abort('internetdisconnected'));
  await ada.page.reload();
  await ada.heading('Harbor could not be reached').waitFor();
  await ada.page.unroute('**/api/**');
  await ada.button('Try again').click();
  await ada.isIn();
});

test('too many wrong codes: a pause that counts down, is not reset by a reload, and ends by itself', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.guess(app);
  await ada.page.reload();
  await ada.dialog
    .getByText(/Too many tries/)
    .first()
    .waitFor();
  await ada.page.clock.install();
  await ada.page.reload();
  await ada.dialog
    .getByText(/Too many tries/)
    .first()
    .waitFor();
  await visit.harbor.advance(31);
  await ada.page.clock.fastForward(31_000);
  await ada.typeCode(app.code());
  await ada.isIn();
});
