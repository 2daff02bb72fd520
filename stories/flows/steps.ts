import { configure, expect, screen, userEvent, waitFor, within } from 'storybook/test';
import type { World } from '../support/createWorld.js';
import { FakeAuthenticatorApp } from '../support/FakeAuthenticatorApp.js';

// Screens, a server and the browser's part are loaded on the way.
configure({ asyncUtilTimeout: 8000 });

/** The dialog is a child of the page's body, not of the story. */
export const dialog = async () => within(await screen.findByRole('dialog'));

export const press = async (name: string | RegExp): Promise<void> => {
  await userEvent.click(await (await dialog()).findByRole('button', { name }));
};

/** Waits for a button that has something to begin with only after a moment, as those for passkeys have. */
export const pressWhenReady = async (name: string | RegExp): Promise<void> => {
  const button = await (await dialog()).findByRole('button', { name });
  await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled', 'true'));
  await userEvent.click(button);
};

/** The first button of every passkey screen. */
export const fingerprint = 'Use fingerprint, face or screen lock';

/** Takes the key on screen into a new authenticator app. */
export const scan = async (world: World): Promise<FakeAuthenticatorApp> => {
  const view = await dialog();
  await view.findByRole('img', { name: /QR code/ });
  const key = document.querySelector('[data-mfa-part="secret-key"]')?.textContent ?? '';
  return FakeAuthenticatorApp.fromKey(key, world.clock);
};

export const typeCode = async (code: string): Promise<void> => {
  const field = await (await dialog()).findByLabelText('6-digit code');
  await userEvent.type(field, code);
};

export const typeRecoveryCode = async (code: string): Promise<void> => {
  const field = await (await dialog()).findByLabelText('Backup code');
  await userEvent.clear(field);
  await userEvent.type(field, code);
  await press('Continue');
};

/** Reads the codes, says that they are saved, and finishes. */
export const saveCodes = async (): Promise<string[]> => {
  const view = await dialog();
  const list = await view.findByRole('list', { name: 'Backup codes' });
  const codes = Array.from(list.querySelectorAll('code'), (code) => code.textContent ?? '');
  await press('I wrote them down');
  await userEvent.click(view.getByLabelText('I have saved these codes'));
  await press('Finish');
  return codes;
};

/** Colours half there on the way are nobody's to judge. */
export const atRest = async (): Promise<void> => {
  const moving = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
};

export const expectIn = async (): Promise<void> => {
  await screen.findByText('ada@example.com is in.');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
};
