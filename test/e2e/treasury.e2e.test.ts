/**
 * Threat: the session is stolen, or malware sits in the page, and money moves, the key leaves, or an approval for one thing
 * is used for another. And what people hate: two prompts for one click, lost forms. S-34, S-35, C-07, C-08.
 */
import { afterEach, expect, test } from 'vitest';
import { inDialog, savePasskey, signUpByBoth, signUpByPasskey, startButton } from './support/passkeys.js';
import {
  approval,
  card,
  expectPaid,
  isSent,
  isSigned,
  openTreasury,
  send,
  sendCard,
  sign,
} from './support/treasury.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');
afterEach(() => visit.harbor.setPolicy({ sessionBased: true, enrollment: 'signup', methods: 'both' }));

test('a transfer shows amount, payee and note in its prompt, is booked once, and the page goes on by itself', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await openTreasury(ada);
  await authenticator.setVerified(false);
  await send(ada);
  const asked = (await approval(ada).innerText()).replace(/\s+/g, ' ');
  for (const shown of ['Send Harbor marks', '250.00 HM', 'Invoice 2207', 'Counts once']) expect(asked).toContain(shown);
  await ada.dialog.getByText('That was cancelled').waitFor();
  await authenticator.setVerified(true);
  await startButton(ada).click();
  await isSent(ada);
  await expectPaid(ada, '25000');
  ada.expectQuietConsole();
});

test('replayed, with another amount, and with the session alone: each refused, and why is said', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await openTreasury(ada);
  const desk = card(ada, 'Attacker’s desk');
  const outcome = desk.getByRole('list', { name: 'What Harbor answered' }).getByRole('listitem').first();
  const attempt = async (name: string, says: string) => {
    await desk.getByRole('button', { name, exact: true }).click();
    await outcome.getByText(says).waitFor();
    expect(await outcome.innerText()).toContain('insufficient_user_authentication');
  };
  await send(ada);
  await isSent(ada);
  await desk.getByRole('button', { name: 'Capture my last request' }).click();
  await attempt('Replay it', 'A second one finds it spent.');
  await attempt('Replay with the stolen session and no proof', 'The session alone does nothing here.');
  await expectPaid(ada, '25000');

  // Its proof unspent, so that nothing but the payload it is bound to can refuse it.
  await desk.getByLabel('Hold my next one back').check();
  await send(ada, '10.00');
  await sendCard(ada).getByText('held this back').waitFor();
  await desk.getByRole('button', { name: 'Capture my last request' }).click();
  await attempt('Replay with another amount', 'this is another.');
  await expectPaid(ada, '25000');
});

test('a prompt that is closed leaves the form as it was', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await openTreasury(ada);
  await authenticator.setVerified(false);
  await send(ada);
  await ada.dialog.getByText('That was cancelled').waitFor();
  await inDialog(ada, 'Cancel').click();
  await ada.dialog.waitFor({ state: 'detached' });
  expect(await sendCard(ada).getByLabel('Amount in HM').inputValue()).toBe('250.00');
  expect(await sendCard(ada).getByLabel('Note').inputValue()).toBe('Invoice 2207');
  await expectPaid(ada);
});

test('two signatures within ten minutes: one prompt; after that, another', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await openTreasury(ada);
  const proofs = () => ada.requests.filter((request) => request.endsWith('/users/mfa/auth/passkey')).length;
  await sign(ada, 'Berth 4');
  await isSigned(ada, 'Berth 4');
  await sign(ada, 'Berth 5');
  await isSigned(ada, 'Berth 5');
  expect(proofs()).toBe(1);
  await visit.harbor.advance(601);
  await sign(ada, 'Berth 6');
  await isSigned(ada, 'Berth 6');
  expect(proofs()).toBe(2);
});

test('a code is not enough for the key: a passkey is asked for first, and takes it out', async () => {
  await visit.harbor.setPolicy({ methods: 'app' });
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await visit.harbor.setPolicy({ methods: 'both' });
  await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await ada.page.reload();
  await ada.isIn();
  await openTreasury(ada);
  await visit.harbor.advance(400);
  await card(ada, 'Export the private key').getByRole('button', { name: 'Export private key' }).click();
  // Adding the passkey wants the factor there is; that alone opens nothing.
  await ada.typeCode(app.code());
  await startButton(ada).click();
  await savePasskey(ada);
  await ada.button('Put it away').waitFor();
});

test('nothing enrolled, and a second step wanted before money moves: enrol, save the codes, and the transfer is booked', async () => {
  await visit.harbor.setPolicy({ enrollment: 'action' });
  const ada = await visit.arrive();
  await ada.signIn();
  await ada.isIn();
  await openTreasury(ada);
  await send(ada);
  await inDialog(ada, /^Authenticator app/).click();
  const app = await ada.scan();
  await ada.button('Continue').click();
  await ada.typeCode(app.code());
  await ada.saveCodes();
  await isSent(ada);
  await expectPaid(ada, '25000');
});

test('a passkey that fails, a wrong code, then the right one: the same click goes through', async () => {
  const ada = await visit.arrive();
  const { authenticator, app } = await signUpByBoth(ada);
  await openTreasury(ada);
  await visit.harbor.advance(30);
  await authenticator.setVerified(false);
  await send(ada);
  await ada.dialog.getByText('That was cancelled').waitFor();
  await ada.button('Try another way').click();
  await inDialog(ada, /^Authenticator app/).click();
  await ada.typeCode(app.wrongCode());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.typeCode(app.code());
  await isSent(ada);
  await expectPaid(ada, '25000');
});
