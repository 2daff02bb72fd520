/**
 * Threat: what changes while a prompt is up (another tab, the policy, the session, the connection) leaves a call that
 * never settles, a prompt that can never be proven, or a second transfer.
 */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import {
  approveDelegate,
  card,
  expectPaid,
  isSent,
  openTreasury,
  readAccount,
  send,
  sendCard,
  submitOrder,
} from './support/treasury.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('app');

const signUp = async (person: Person) => {
  const enrolled = await person.signUp();
  await openTreasury(person);
  return enrolled;
};

test('a delegate approved leaves a reshare, which is asked for at the next sign-in and settled by the server', async () => {
  const ada = await visit.arrive();
  const { app } = await signUp(ada);
  await approveDelegate(ada);
  await ada.typeCode(app.code());
  await card(ada, 'Waits for you').getByText('Deal Mira Okafor a share of the key').first().waitFor();
  await ada.dialog.waitFor({ state: 'detached' });
  await visit.harbor.advance(30);

  // Closed at the first sign-in: not now. It comes again at the next one.
  await ada.signOut();
  await ada.signIn();
  await ada.typeCode(app.code());
  await ada.dialog.getByText('Change who holds your key').waitFor();
  await ada.page.keyboard.press('Escape');
  await ada.isIn();
  expect((await readAccount(ada)).waiting).toHaveLength(1);
  await visit.harbor.advance(30);

  await ada.signOut();
  await ada.signIn();
  await ada.typeCode(app.code());
  await ada.dialog.getByText('Change who holds your key').waitFor();
  await visit.harbor.advance(30);
  await ada.typeCode(app.code());
  await ada.isIn();
  await expect.poll(async () => (await readAccount(ada)).waiting).toEqual([]);
  expect((await readAccount(ada)).delegates).toMatchObject([{ label: 'Mira Okafor', hasShare: true }]);

  await openTreasury(ada);
  await ada.page.reload();
  await card(ada, 'Delegates').getByText('Holds a share').waitFor();
  expect(await ada.dialog.count()).toBe(0);
  ada.expectQuietConsole();
});

test('a reload while the prompt is up sends nothing, and opens no prompt by itself', async () => {
  const ada = await visit.arrive();
  await signUp(ada);
  await send(ada);
  await ada.dialog.waitFor();
  await ada.page.reload();
  await sendCard(ada).waitFor();
  expect(await ada.dialog.count()).toBe(0);
  await expectPaid(ada);
});

test('without a connection the prompt says so and goes on when it is back; the transfer is booked once', async () => {
  const ada = await visit.arrive();
  const { app } = await signUp(ada);
  await send(ada);
  await ada.dialog.waitFor();
  await ada.context.setOffline(true);
  await ada.typeCode(app.code());
  await ada.dialog
    .getByText(/connection/i)
    .first()
    .waitFor();
  await ada.context.setOffline(false);
  await ada.retypeCode(app.code());
  await isSent(ada);
  await expectPaid(ada, '25000');
});

test('a form sent without a connection says so and keeps what was typed', async () => {
  const ada = await visit.arrive();
  await signUp(ada);
  await ada.context.setOffline(true);
  await send(ada);
  await sendCard(ada).getByText('Harbor could not be reached').waitFor();
  expect(await sendCard(ada).getByLabel('Amount in HM').inputValue()).toBe('250.00');
  await ada.context.setOffline(false);
  await submitOrder(ada);
  await ada.dialog.waitFor();
});

test('the session ended in another tab while the prompt is up: signed out here as well, and nothing sent', async () => {
  const ada = await visit.arrive();
  await signUp(ada);
  const tab = await ada.openTab();
  await tab.isIn();
  await send(ada);
  await ada.dialog.waitFor();
  await tab.signOut();
  await ada.heading('Sign in to Harbor').waitFor();
  expect(await ada.dialog.count()).toBe(0);
});

test('a session that is over by the time something is sent: signed out here, in words', async () => {
  const ada = await visit.arrive();
  await signUp(ada);
  await ada.context.clearCookies();
  await send(ada);
  await ada.heading('Sign in to Harbor').waitFor();
});
