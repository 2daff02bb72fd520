/**
 * Threat: an authenticator, or what stands between it and the server, answers with something else than a good signature by
 * a person who is there. S-42, with Chromium's own error injection; the same promise goes on waiting for a good answer.
 */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { areAllFree, readMethods, signUpByPasskey, startButton } from './support/passkeys.js';
import type { VirtualAuthenticator } from './support/VirtualAuthenticator.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

interface Fault {
  name: string;
  inject: (authenticator: VirtualAuthenticator) => Promise<void>;
  repair: (authenticator: VirtualAuthenticator) => Promise<void>;
  code: string;
  /** In the kit's words, and in Harbor's own. */
  sentences: [string, string];
}

const refused: Fault['sentences'] = ['Your passkey didn’t work just now', 'The passkey was not accepted'];
const unverified: Fault['sentences'] = ['didn’t ask for a PIN or fingerprint', 'did not ask for a PIN or fingerprint'];
const cloned: Fault['sentences'] = ['There may be a copy of this passkey', 'There may be a copy of that passkey'];

const bits = (name: string, wrong: Parameters<VirtualAuthenticator['answerWrongly']>[0]) => ({
  name,
  inject: (authenticator: VirtualAuthenticator) => authenticator.answerWrongly(wrong),
  repair: (authenticator: VirtualAuthenticator) => authenticator.answerWrongly(),
});

const backup = (name: string, backupEligibility: boolean, backupState: boolean) => ({
  name,
  inject: (authenticator: VirtualAuthenticator) => authenticator.change({ backupEligibility, backupState }),
  repair: (authenticator: VirtualAuthenticator) =>
    authenticator.change({ backupEligibility: false, backupState: false }),
});

const counter = (name: string, signCount: number) => ({
  name,
  inject: (authenticator: VirtualAuthenticator) => authenticator.change({ signCount }),
  repair: (authenticator: VirtualAuthenticator) => authenticator.change({ signCount: 1000 }),
});

const faults: Fault[] = [
  { ...bits('a bogus signature', { isBogusSignature: true }), code: 'passkey_invalid', sentences: refused },
  {
    ...bits('user verification cleared', { isBadUV: true }),
    code: 'passkey_user_verification_required',
    sentences: unverified,
  },
  { ...bits('user presence cleared', { isBadUP: true }), code: 'passkey_invalid', sentences: refused },
  { ...backup('a backup of what cannot be copied', false, true), code: 'passkey_invalid', sentences: refused },
  { ...backup('one that can be copied all at once', true, false), code: 'passkey_invalid', sentences: refused },
  { ...counter('a counter that begins anew', 0), code: 'passkey_clone_suspected', sentences: cloned },
  { ...counter('a counter that is gone', -1), code: 'passkey_clone_suspected', sentences: cloned },
];

/** The code of the next answer to this path. */
const refusalOf = async (person: Person, path: string): Promise<string> => {
  const response = await person.page.waitForResponse(
    (one) => one.url().endsWith(path) && one.request().method() === 'POST',
  );
  return ((await response.json()) as { code: string }).code;
};

test.each(faults)('as a second factor: $name is refused, and the prompt goes on', async (fault) => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await ada.go('#/security');
  // The counter is past its beginning from here on.
  await ada.button('Approve for a while').click();
  await ada.page.getByText('A persistent token').waitFor();

  await fault.inject(authenticator);
  const refusal = refusalOf(ada, '/users/mfa/auth/passkey');
  await ada.button('Approve once').click();
  expect(await refusal).toBe(fault.code);
  await ada.dialog.getByText(fault.sentences[0]).waitFor();
  expect(areAllFree(await readMethods(ada))).toBe(true);

  await fault.repair(authenticator);
  await startButton(ada).click();
  await ada.page.getByText('A single-use token').waitFor();
  ada.expectQuietConsole();
});

test.each(faults)('at sign-in: $name is refused, and nobody is signed in', async (fault) => {
  const ada = await visit.arrive();
  const { authenticator } = await signUpByPasskey(ada);
  await ada.go('#/security');
  await ada.button('Approve for a while').click();
  await ada.page.getByText('A persistent token').waitFor();
  await ada.signOut();

  await fault.inject(authenticator);
  const refusal = refusalOf(ada, '/users/passkeys/signin');
  await ada.button('Sign in with a passkey').click();
  expect(await refusal).toBe(fault.code);
  await ada.page.getByText(fault.sentences[1]).waitFor();
  await ada.heading('Sign in to Harbor').waitFor();
  expect((await ada.context.cookies()).filter(({ value }) => value !== '')).toEqual([]);

  await fault.repair(authenticator);
  await ada.button('Sign in with a passkey').click();
  await ada.isIn();
  ada.expectQuietConsole();
});
