/**
 * Threat: a security key that anybody can touch passes for a person who was recognised (security.md D7). Without a PIN or
 * fingerprint of its own it is refused, or counts as a second factor where the policy says so, and never signs in alone.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { areAllFree, inDialog, readMethods, savePasskey, signUpByPasskey, startButton } from './support/passkeys.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');
const keys = ['usbWithoutPin', 'u2f'] as const;

afterEach(() => visit.harbor.setPolicy({ userVerification: 'required' }));

/** From the sign-in page to the prompt for a new passkey, a key plugged in. */
const comeToThePrompt = async (kind: (typeof keys)[number]): Promise<Person> => {
  const ada = await visit.arrive();
  await VirtualAuthenticator.plugIn(ada.page, kind);
  await ada.signIn();
  await inDialog(ada, /^Passkey/).click();
  await startButton(ada).waitFor();
  return ada;
};

describe.each(keys)('%s', (kind) => {
  test('by default it is refused with a sentence of its own, and another way is there', async () => {
    const ada = await comeToThePrompt(kind);
    await inDialog(ada, 'Use a security key').click();
    await ada.dialog.getByText('your security key has no PIN or fingerprint, which is needed here').waitFor();
    expect(areAllFree(await readMethods(ada))).toBe(true);
    await ada.button('Try another way').click();
    await inDialog(ada, /^Authenticator app/).click();
    await ada.enrolApp();
  });

  test('where the policy prefers verification it is a second factor', async () => {
    await visit.harbor.setPolicy({ userVerification: 'preferred' });
    const ada = await comeToThePrompt(kind);
    await inDialog(ada, 'Use a security key').click();
    await savePasskey(ada, 'Blue key');
    await ada.saveCodes();
    await ada.isIn();
    await ada.go('#/security');
    await ada.button('Approve once').click();
    await ada.page.getByText('A single-use token').waitFor();
    await ada.signOut();
    await ada.signIn();
    await ada.isIn();

    // A sign-in asks for verification whatever the policy says of second factors.
    await ada.signOut();
    await ada.button('Sign in with a passkey').click();
    await ada.page.getByText('That was cancelled, or took too long').waitFor();
    await ada.heading('Sign in to Harbor').waitFor();
  });

  test('it is refused again once the policy demands verification', async () => {
    await visit.harbor.setPolicy({ userVerification: 'preferred' });
    const ada = await comeToThePrompt(kind);
    await inDialog(ada, 'Use a security key').click();
    await savePasskey(ada);
    const codes = await ada.saveCodes();
    await ada.isIn();
    await visit.harbor.setPolicy({ userVerification: 'required' });
    await ada.signOut();
    await ada.signIn();
    await ada.dialog.getByText('That was cancelled, or').waitFor();
    await inDialog(ada, /^(Try again|Use a security key)/).click();
    await ada.dialog.getByText('your security key has no PIN or fingerprint, which is needed here').waitFor();
    await ada.useRecoveryCode(codes[0] ?? '');
    await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
  });
});

test('where the policy prefers verification, an answer without it is good as a second factor and never signs in', async () => {
  await visit.harbor.setPolicy({ userVerification: 'preferred' });
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await authenticator.answerWrongly({ isBadUV: true });
  await ada.go('#/security');
  await ada.button('Approve once').click();
  await ada.page.getByText('A single-use token').waitFor();
  await ada.signOut();
  await ada.button('Sign in with a passkey').click();
  await ada.page.getByText('That key did not ask for a PIN or fingerprint.').waitFor();
  await ada.heading('Sign in to Harbor').waitFor();
});
