/**
 * Threat: a page that is reloaded, closed or replaced in the middle of an enrolment leaves a secret nobody scanned, codes
 * nobody saw, or an account nobody can open (security.md F-09; cookie mode).
 */
import { expect, test } from 'vitest';
import { openVisit } from './support/visit.js';

const visit = openVisit();

test('reloading at every step of enrolment goes on where it was, with the same secret and the same codes', async () => {
  const ada = await visit.arrive();
  await ada.signIn();
  const first = await ada.scanText();
  await ada.page.reload();
  expect(await ada.scanText()).toBe(first);

  await ada.button('Continue').click();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await ada.page.reload();
  expect(await ada.scanText()).toBe(first);

  const app = await ada.scan();
  await ada.button('Continue').click();
  await ada.typeCode(app.wrongCode());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await ada.page.reload();
  expect(await ada.scanText()).toBe(first);

  await ada.button('Continue').click();
  await ada.typeCode(app.code());
  const shown = await ada.readCodes();
  await ada.page.reload();
  expect(await ada.readCodes()).toEqual(shown);

  await ada.dialog.getByRole('button', { name: 'I wrote them down' }).click();
  await ada.page.reload();
  expect(await ada.readCodes()).toEqual(shown);

  await ada.saveCodes();
  await ada.isIn();
  await ada.page.reload();
  await ada.isIn();
  ada.expectQuietConsole();
});

test('a tab closed before the first code leaves an account that can still be entered and set up', async () => {
  const email = `closed-${Date.now()}@example.com`;
  const first = await visit.arrive({ email });
  await first.signIn();
  const drawn = await first.scanText();
  await first.leave();

  const second = await visit.arrive({ email });
  await second.signIn();
  const app = await second.scan();
  // The pending app belongs to the sign-in that began it: another one may get another secret, never a locked door.
  expect(drawn).toContain('otpauth://totp/');
  await second.button('Continue').click();
  await second.typeCode(app.code());
  await second.saveCodes();
  await second.isIn();
});

test('a tab closed before the codes were saved shows the same codes at the next sign-in', async () => {
  const email = `unsaved-${Date.now()}@example.com`;
  const first = await visit.arrive({ email });
  await first.signIn();
  const app = await first.scan();
  await first.button('Continue').click();
  await first.typeCode(app.code());
  const shown = await first.readCodes();
  await first.leave();
  await visit.harbor.advance(30);

  const second = await visit.arrive({ email });
  await second.signIn();
  await second.typeCode(app.code());
  expect(await second.readCodes()).toEqual(shown);
  await second.saveCodes();
  await second.isIn();
});

test('going back from the code field shows the same QR code', async () => {
  const ada = await visit.arrive();
  await ada.signIn();
  const drawn = await ada.scanText();
  await ada.button('Continue').click();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await ada.dialog.getByRole('button', { name: 'Back' }).click();
  expect(await ada.scanText()).toBe(drawn);
});
