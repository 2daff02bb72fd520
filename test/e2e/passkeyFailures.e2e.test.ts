/**
 * Threat: a ceremony that fails leaves a person before a wrong sentence, a dead button, a rejected promise or a lock they
 * did nothing for. F-15: each failure its own quiet sentence, another click works, no try is counted, and whoever awaits
 * the proof goes on waiting for it.
 */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import {
  areAllFree,
  inDialog,
  readMethods,
  savePasskey,
  signUpByBoth,
  signUpByPasskey,
  startButton,
} from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

/** The page that asked has been told nothing yet. */
const isStillPending = async (person: Person): Promise<boolean> =>
  (await person.page.getByText(/Closed without approving|A single-use token|Something went wrong/).count()) === 0;

const expectQuiet = async (person: Person, sentence: string | RegExp): Promise<void> => {
  const told = person.dialog.getByText(sentence);
  await told.waitFor();
  // Said as information, not in the colours of an error.
  expect(await told.locator('xpath=ancestor-or-self::*[@data-state][1]').getAttribute('data-state')).not.toBe('error');
  expect(await isStillPending(person)).toBe(true);
  expect(areAllFree(await readMethods(person))).toBe(true);
};

const prompt = async (person: Person): Promise<void> => {
  await person.go('#/security');
  await person.button('Approve once').click();
  await person.dialog.getByRole('heading', { name: 'Use your passkey' }).waitFor();
};

const approved = (person: Person): Promise<void> => person.page.getByText('A single-use token').waitFor();

test('cancelled: a quiet sentence, and the next click works', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await authenticator.setVerified(false);
  await prompt(ada);
  await expectQuiet(ada, 'That was cancelled, or took too long.');
  for (let time = 0; time < 6; time += 1) {
    await startButton(ada).click();
    await expectQuiet(ada, 'That was cancelled, or took too long.');
  }
  await authenticator.setVerified(true);
  await startButton(ada).click();
  await approved(ada);
  ada.expectQuietConsole();
});

test('timed out by the browser: the same, as the browser does not say which it was', async () => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await authenticator.setTouched(false);
  await ada.page.route('**/users/passkeys/authenticate', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), timeout: 10_000 } });
  });
  await prompt(ada);
  await expectQuiet(ada, 'That was cancelled, or took too long.');
  await authenticator.setTouched(true);
  await startButton(ada).click();
  await approved(ada);
});

test('an extension that never answers: after a while where to look, in the end a sentence and another try', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada);
  await ada.page.addInitScript(() => {
    const ask = navigator.credentials.get.bind(navigator.credentials);
    let isFirst = true;
    const get = (options: CredentialRequestOptions) => {
      const answer = isFirst ? new Promise<Credential | null>(() => undefined) : ask(options);
      isFirst = false;
      return answer;
    };
    Object.defineProperty(navigator.credentials, 'get', { value: get });
  });
  await ada.page.clock.install({ time: visit.harbor.clock() });
  await ada.page.reload();
  await prompt(ada);
  await ada.dialog.getByText('Your browser is asking you now.').waitFor();
  await ada.page.clock.fastForward(16_000);
  await expectQuiet(ada, 'Nothing there? Your password manager may be asking');
  await ada.page.clock.fastForward(300_000);
  await expectQuiet(ada, 'Nothing has answered.');
  await startButton(ada).click();
  await approved(ada);
});

test('already registered: no error, and the way to what is there', async () => {
  const ada = await visit.arrive();
  await signUpByPasskey(ada, 'internal', 'Desk');
  await ada.go('#/security');
  await ada.button('Add a passkey').click();
  await startButton(ada).click();
  await expectQuiet(ada, 'This device already has a passkey for your account.');
  expect(await inDialog(ada, 'Try again').count()).toBe(0);
  await inDialog(ada, 'See your passkeys').click();
  await ada.dialog.getByText('Desk').first().waitFor();
  expect((await readMethods(ada)).passkeys).toHaveLength(1);
});

test('removed in another tab: said so, the browser forgets it, and the app still proves the person', async () => {
  const ada = await visit.arrive();
  const { authenticator, app } = await signUpByBoth(ada);
  await visit.harbor.advance(30);
  await authenticator.setVerified(false);
  await prompt(ada);
  await expectQuiet(ada, 'That was cancelled');

  const other = await ada.openTab();
  await other.go('#/security');
  await other.button('Manage devices').click();
  await inDialog(other, 'Remove').click();
  await inDialog(other, 'Remove').click();
  await expect.poll(async () => (await readMethods(other)).passkeys).toEqual([]);

  await authenticator.setVerified(true);
  expect(await authenticator.credentials()).toHaveLength(1);
  await startButton(ada).click();
  await ada.dialog.getByText('This passkey was removed here.').waitFor();
  await expect.poll(() => authenticator.credentials()).toEqual([]);
  await ada.button('Try another way').click();
  await inDialog(ada, /^Authenticator app/).click();
  await ada.typeCode(app.code());
  await approved(ada);
  ada.expectQuietConsole();
});

test('removed on another device: the session it was used in is over', async () => {
  const email = `both-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const ada = await visit.arrive({ email });
  const { app } = await signUpByBoth(ada);
  await visit.harbor.advance(30);
  const elsewhere = await visit.arrive({ email });
  await VirtualAuthenticator.plugIn(elsewhere.page, 'internal');
  await elsewhere.signIn();
  await elsewhere.dialog.getByText('That was cancelled').waitFor();
  await elsewhere.button('Try another way').click();
  await inDialog(elsewhere, /^Authenticator app/).click();
  await elsewhere.typeCode(app.code());
  await elsewhere.isIn();
  await elsewhere.go('#/security');
  await elsewhere.button('Manage devices').click();
  await inDialog(elsewhere, 'Remove').click();
  await inDialog(elsewhere, 'Remove').click();
  await expect.poll(async () => (await readMethods(elsewhere)).passkeys).toEqual([]);

  await ada.button('Approve once').click();
  await ada.heading('Sign in to Harbor').waitFor();
  await ada.dialog.waitFor({ state: 'detached' });
});

test('this browser knows no passkeys: said before anything is asked, and the app gets in', async () => {
  const email = `both-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const home = await visit.arrive({ email });
  const { app } = await signUpByBoth(home);
  await visit.harbor.advance(30);
  const ada = await visit.arrive({ email });
  await ada.page.addInitScript(() => {
    Reflect.deleteProperty(window, 'PublicKeyCredential');
  });
  await ada.page.reload();
  await ada.page.getByText('This browser cannot use passkeys.').waitFor();
  await ada.signIn();
  await ada.typeCode(app.code());
  await ada.isIn();
  await ada.go('#/security');
  await ada.page.getByText('This browser cannot use them on this page').waitFor();
  expect(await ada.button('Add a passkey').count()).toBe(0);
  ada.expectQuietConsole();
});

test('a page without HTTPS: said before anything is asked, and a newcomer sets up the app', async () => {
  const ada = await visit.arrive();
  await ada.page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await ada.page.reload();
  await ada.page.getByText('Passkeys work on secure pages only').waitFor();
  await ada.signIn();
  await ada.enrolApp();
  ada.expectQuietConsole();
});

test('the screen of a passkey says why it cannot be made here', async () => {
  await visit.harbor.setPolicy({ methods: 'passkey' });
  try {
    const ada = await visit.arrive();
    await ada.page.addInitScript(() => {
      Reflect.deleteProperty(window, 'PublicKeyCredential');
    });
    await ada.page.reload();
    await ada.signIn();
    await ada.dialog.getByText(/can’t use passkeys|Not possible in this browser/).waitFor();
  } finally {
    await visit.harbor.setPolicy({ methods: 'both' });
  }
});

test('refused by the authenticator while one is made: nothing is on the account, and the next click makes it', async () => {
  const ada = await visit.arrive();
  const authenticator = await VirtualAuthenticator.plugIn(ada.page, 'internal');
  await authenticator.setVerified(false);
  await ada.signIn();
  await inDialog(ada, /^Passkey/).click();
  await startButton(ada).click();
  await expectQuiet(ada, 'That was cancelled, or took too long.');
  expect((await readMethods(ada)).passkeys).toEqual([]);
  await authenticator.setVerified(true);
  await startButton(ada).click();
  await savePasskey(ada);
  await ada.saveCodes();
  await ada.isIn();
});
