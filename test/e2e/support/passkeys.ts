/** What a person does with passkeys in the kit's modals. */
import type { Locator } from 'playwright';
import { environmentId } from '../../../demo/environment.js';
import type { MfaMethodsResponse } from '../../../src/wire/devices.js';
import type { Enrolled, Person } from './Person.js';
import { type kinds, VirtualAuthenticator } from './VirtualAuthenticator.js';

export interface WithPasskey {
  authenticator: VirtualAuthenticator;
  codes: string[];
}

/** The button that lets the browser ask; also when something was tried before. */
export const startButton = (person: Person): Locator =>
  person.dialog.getByRole('button', { name: /^(Use (fingerprint|your phone|a security key)|Try again)/ }).first();

export const inDialog = (person: Person, name: string | RegExp): Locator =>
  person.dialog.getByRole('button', { name }).first();

/** From the choice of methods or the prompt itself to codes saved and Harbor's first page. */
export const enrolPasskey = async (person: Person, name?: string): Promise<string[]> => {
  await inDialog(person, /^Passkey/).click();
  await startButton(person).click();
  await savePasskey(person, name);
  const codes = await person.saveCodes();
  await person.isIn();
  return codes;
};

/** Past the screen that says where the passkey is. */
export const savePasskey = async (person: Person, name?: string): Promise<void> => {
  await person.dialog.getByRole('heading', { name: 'Your passkey is saved' }).waitFor();
  if (name !== undefined) await person.dialog.getByLabel('Its name in your list').fill(name);
  await inDialog(person, 'Continue').click();
};

/** From the sign-in page to Harbor's first page, with a passkey and nothing else. */
export const signUpByPasskey = async (
  person: Person,
  kind: keyof typeof kinds = 'internal',
  name?: string,
): Promise<WithPasskey> => {
  const authenticator = await VirtualAuthenticator.plugIn(person.page, kind);
  await person.signIn();
  return { authenticator, codes: await enrolPasskey(person, name) };
};

/** With an authenticator app, and a passkey added after it: the passkey is what is asked for first. */
export const signUpByBoth = async (person: Person): Promise<WithPasskey & Enrolled> => {
  const authenticator = await VirtualAuthenticator.plugIn(person.page, 'internal');
  await person.signIn();
  await inDialog(person, /^Authenticator app/).click();
  const { app, codes } = await person.enrolApp();
  await addPasskey(person);
  return { authenticator, app, codes };
};

/** Another one, from the security page. */
export const addPasskey = async (person: Person, name?: string): Promise<void> => {
  await person.go('#/security');
  await person.button('Add a passkey').click();
  await startButton(person).click();
  await savePasskey(person, name);
  await person.dialog.waitFor({ state: 'detached' });
};

/** What the page would be told of the person's factors. */
export const readMethods = async (person: Person): Promise<MfaMethodsResponse> =>
  person.page.evaluate(async (id) => {
    const response = await fetch(`/api/v0/sdk/${id}/users/mfa/methods`);
    return (await response.json()) as MfaMethodsResponse;
  }, environmentId);

/** No method takes fewer tries than before. */
export const areAllFree = ({ factors }: MfaMethodsResponse): boolean =>
  factors !== undefined &&
  [factors.totp, factors.recovery].every(({ lockedUntil, isSuspended }) => lockedUntil === null && !isSuspended);

/** From here on counts the ceremonies the page begins and the most that were open at once. */
export const watchCeremonies = async (person: Person): Promise<() => Promise<Ceremonies>> => {
  const watch = (): void => {
    const seen = { begun: 0, open: 0, mostOpen: 0 };
    Object.assign(window, { seenCeremonies: seen });
    const { credentials } = navigator;
    for (const name of ['create', 'get'] as const) {
      const ask = credentials[name].bind(credentials) as (options: CredentialRequestOptions) => Promise<unknown>;
      const watched = async (options: CredentialRequestOptions): Promise<unknown> => {
        seen.begun += 1;
        seen.open += 1;
        seen.mostOpen = Math.max(seen.mostOpen, seen.open);
        let isOver = false;
        const end = (): void => {
          if (!isOver) seen.open -= 1;
          isOver = true;
        };
        options.signal?.addEventListener('abort', end);
        return ask(options).finally(end);
      };
      Object.defineProperty(credentials, name, { value: watched, configurable: true });
    }
  };
  await person.page.addInitScript(watch);
  await person.page.evaluate(watch);
  return () => person.page.evaluate(() => (window as typeof window & { seenCeremonies: Ceremonies }).seenCeremonies);
};

export interface Ceremonies {
  begun: number;
  open: number;
  mostOpen: number;
}
