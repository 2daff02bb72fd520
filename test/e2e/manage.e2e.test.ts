/** Managing what is enrolled: each change asks for a fresh proof where one is due, then does by itself what was asked. */
import { afterEach, expect, test } from 'vitest';
import { endure } from './support/faults.js';
import type { Enrolled, Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

afterEach(() => visit.harbor.setPolicy({ sessionBased: true, enrollment: 'signup' }));

/** Longer ago than a proof counts as fresh (security.md D9: 300 s). */
const wait = () => visit.harbor.advance(301);

const press = (person: Person, name: string | RegExp) => person.dialog.getByRole('button', { name }).first().click();

/** Signs up and opens management, where enrolment is optional. */
const openManagement = async (): Promise<{ ada: Person } & Enrolled> => {
  const ada = await visit.arrive();
  const enrolled = await ada.signUp();
  await visit.harbor.setPolicy({ sessionBased: true, enrollment: 'none' });
  await ada.page.reload();
  await ada.isIn();
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await ada.dialog.getByText('Authenticator app').first().waitFor();
  return { ada, ...enrolled };
};

test('moving to a new phone with a stale proof: a code first, then the new app, and the old one is dead', async () => {
  const { ada, app: old } = await openManagement();
  await wait();
  await press(ada, 'Move to a new phone');
  await ada.typeCode(old.code());
  const found = await ada.scan();
  expect(found.secret).not.toBe(old.secret);
  await ada.button('Continue').click();
  await ada.typeCode(found.code());
  await ada.dialog.getByText('Last used now').waitFor();
  await press(ada, 'Close');

  await visit.harbor.advance(30);
  await ada.signOut();
  await ada.signIn();
  await ada.typeCode(old.code());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.typeCode(found.code());
  await ada.isIn();
  ada.expectQuietConsole();
});

test('removing the app with a stale proof: confirm, a code, and it is gone together with its codes', async () => {
  const { ada, app } = await openManagement();
  await wait();
  await press(ada, 'Remove');
  await press(ada, 'Remove');
  await ada.typeCode(app.code());
  await ada.dialog.getByText('No second step yet').waitFor();
  await ada.dialog.getByRole('button', { name: 'Close' }).first().click();
  await ada.page.getByText('None yet').waitFor();

  await ada.signOut();
  await ada.signIn();
  await ada.isIn();
  ada.expectQuietConsole();
});

test('a removal survives every fault on the way', async () => {
  const { ada } = await openManagement();
  await press(ada, 'Remove');
  const id = /\/users\/mfa\/[\w-]+$/;
  const path = await new Promise<string>((resolve) => {
    const hold = '**/users/mfa/*';
    void ada.page.route(hold, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (route.request().method() !== 'DELETE' || !id.test(pathname)) return route.fallback();
      await route.abort('internetdisconnected');
      await ada.page.unroute(hold);
      resolve(id.exec(pathname)?.[0] ?? '');
    });
    void press(ada, 'Remove');
  });
  await ada.dialog.getByText(/offline|couldn’t reach/).waitFor();
  await endure(ada, { method: 'DELETE', path, act: () => press(ada, 'Remove') });
  await ada.dialog.getByText('No second step yet').waitFor();
});

test('new codes with a stale proof: a code first; the old codes stay good until the new ones are saved', async () => {
  const { ada, app, codes } = await openManagement();
  await wait();
  await press(ada, 'Get new codes');
  await ada.typeCode(app.code());
  const renewed = await ada.readCodes();
  expect(renewed.some((code) => codes.includes(code))).toBe(false);
  await ada.page.keyboard.press('Escape');
  await press(ada, 'Leave');
  await ada.dialog.waitFor({ state: 'detached' });

  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(codes[0] ?? '');
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
});

test('where a second step is required the only one cannot be removed, and why is said', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await ada.dialog.getByText('A second step is required here').waitFor();
  expect(await ada.dialog.getByRole('button', { name: 'Remove' }).count()).toBe(0);
});

test('a first app in an old session: the code by e-mail once more, and it goes on by itself', async () => {
  await visit.harbor.setPolicy({ sessionBased: true, enrollment: 'none' });
  const ada = await visit.arrive();
  await ada.signIn();
  await ada.isIn();
  await ada.go('#/security');
  await wait();
  await ada.button('Add authenticator app').click();
  await ada.dialog.getByRole('heading', { name: 'Sign in again first' }).waitFor();
  const before = visit.harbor.mailsTo(ada.email).length;
  await press(ada, 'Send code');
  await expect.poll(() => visit.harbor.mailsTo(ada.email).length).toBeGreaterThan(before);
  await ada.typeCode(visit.harbor.mailsTo(ada.email).at(-1) ?? '');
  await ada.scanText();
});

test('a session that ran out leads to the sign-in page', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await ada.go('#/security');
  await ada.button('Approve once').click();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await visit.harbor.advance(2 * 3600);
  await ada.typeCode(app.code());
  await ada.heading('Sign in to Harbor').waitFor();
  await ada.dialog.waitFor({ state: 'detached' });
  ada.expectQuietConsole();
});
