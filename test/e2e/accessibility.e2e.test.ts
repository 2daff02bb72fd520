/** U-06: axe over every page and every screen, light and dark, left-to-right and right-to-left, 320 px and text at 200 %. */
import { expect, test } from 'vitest';
import { FakeAuthenticatorApp } from '../../stories/support/FakeAuthenticatorApp.js';
import { inspect } from './support/inspect.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();
test('every screen of enrolment and every page passes axe in every setting and fits a narrow window', async () => {
  const ada = await visit.arrive();
  const found: string[] = [];
  const look = async (name: string): Promise<void> => void found.push(...(await inspect(ada, name)));

  await look('sign-in');
  await ada.page.getByText('Demo controls').click();
  await ada.page.getByLabel('set up a second step when they sign up').waitFor();
  await look('demo controls');
  await ada.signIn();
  const app = await ada.scan();
  await look('QrCode');
  await ada.button('Continue').click();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await look('OtpVerification, enrolling');
  await ada.typeCode(app.wrongCode());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await look('OtpVerification, wrong code');
  await ada.typeCode(app.code());
  await ada.readCodes();
  await look('ViewBackupCodes');
  await ada.button('Log out').click();
  await ada.page.getByText('Leave without saving?').waitFor();
  await look('leaving with codes unsaved');
  await ada.button('Stay').click();
  await ada.saveCodes();
  await ada.isIn();
  await look('overview');
  await ada.go('#/security');
  await ada.page.getByText('10 of 10 left').waitFor();
  await look('security');
  await ada.go('#/your-own-ui');
  await ada.button('Make new backup codes').waitFor();
  await look('own UI');
  expect(found).toEqual([]);
});

test('every screen of verifying, recovering and managing passes axe in every setting and fits a narrow window', async () => {
  const ada = await visit.arrive();
  const found: string[] = [];
  const look = async (name: string): Promise<void> => void found.push(...(await inspect(ada, name)));
  const { app, codes } = await ada.signUp();
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await ada.dialog.getByText('Authenticator app').first().waitFor();
  await look('ManageDevices');
  await ada.dialog
    .getByRole('button', { name: /Close|Done/ })
    .first()
    .click();
  await ada.dialog.waitFor({ state: 'detached' });

  await ada.signOut();
  await ada.signIn();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await look('OtpVerification');
  await ada.button('Try another way').click();
  const field = ada.dialog.getByLabel('Backup code');
  const choice = ada.dialog.getByRole('button', { name: /Backup code/ });
  await field.or(choice).first().waitFor();
  if (await choice.isVisible()) {
    await look('ChooseType');
    await choice.click();
  }
  await field.waitFor();
  await look('EnterBackupCodes');
  await field.fill(codes[0] ?? '');
  await ada.button('Continue').click();
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
  await look('RecoveryUsed');
  await ada.button('Continue').click();
  await ada.isIn();

  await ada.signOut();
  await ada.signIn();
  await ada.guess(app);
  await look('Locked');
  expect(found).toEqual([]);
});

test('in a language written right to left the screens turn round, and codes stay as they are', async () => {
  const ada = await visit.arrive();
  const found: string[] = [];
  const look = async (name: string): Promise<void> => void found.push(...(await inspect(ada, name)));
  await ada.page.getByText('Demo controls').click();
  await ada.page.getByLabel('العربية').check();
  await ada.signIn();
  // Not the likeness of the screen before, which fades out beside it.
  const screen = ada.dialog.locator('[data-mfa-part="stage"] > [data-mfa-part="screen"]');
  const onward = screen.locator('[data-mfa-part="button"][data-variant="primary"]');
  const key = screen.locator('[data-mfa-part="secret-key"]');
  await key.waitFor();
  expect(await screen.getAttribute('dir')).toBe('rtl');
  expect(await key.evaluate((element) => getComputedStyle(element).direction)).toBe('ltr');
  const app = FakeAuthenticatorApp.fromKey(await key.innerText(), visit.harbor.clock);
  await look('QrCode, Arabic');
  await onward.click();
  const field = screen.locator('input[name="otp"]');
  await field.waitFor();
  await look('OtpVerification, Arabic');
  await field.fill(app.code().replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit));
  const codes = screen.locator('[data-mfa-part="codes"]');
  await codes.waitFor();
  expect(await codes.getAttribute('dir')).toBe('ltr');
  await look('ViewBackupCodes, Arabic');
  expect(found).toEqual([]);
});
