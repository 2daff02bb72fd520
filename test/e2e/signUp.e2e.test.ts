/** The main road, in a real browser against the demo over HTTP. */
import { expect, test } from 'vitest';
import { openVisit } from './support/visit.js';

const visit = openVisit();

test('a newcomer signs in, is shown a QR code by itself, confirms it, saves ten codes and is in', async () => {
  const ada = await visit.arrive();
  await ada.signIn();

  const begun = ada.page.waitForResponse((response) => response.url().endsWith('/users/mfa/register/totp'));
  const app = await ada.scan();
  const { uri } = (await (await begun).json()) as { uri: string };
  expect(app.issuer).toBe('Harbor');
  expect(app.account).toBe(ada.email);
  expect(uri).toContain(`secret=${app.secret}`);

  await ada.button('Continue').click();
  await ada.typeCode(app.wrongCode());
  await ada.dialog.getByText('That code didn’t match').waitFor();
  await expect.poll(() => ada.dialog.getByLabel('6-digit code').inputValue()).toBe('');
  await ada.typeCode(app.code());

  const codes = await ada.saveCodes();
  expect(new Set(codes).size).toBe(10);
  await ada.isIn();
  ada.expectQuietConsole();
});

test('what is drawn is the address that the server gave, to the last character', async () => {
  const ada = await visit.arrive({ email: `"o'brien+2fa"@exämple.com`.replace('ä', 'a').replaceAll('"', '') });
  await ada.signIn();
  const begun = ada.page.waitForResponse((response) => response.url().endsWith('/users/mfa/register/totp'));
  const drawn = await ada.scanText();
  const { uri } = (await (await begun).json()) as { uri: string };
  expect(drawn).toBe(uri);
});

test('signing in again costs exactly one request from the opened modal to being verified', async () => {
  const ada = await visit.arrive();
  const { app } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.dialog.getByLabel('6-digit code').waitFor();
  const before = ada.requests.length;
  const proven = ada.page.waitForResponse((response) => response.url().endsWith('/users/mfa/auth/totp'));
  await ada.typeCode(app.code());
  await proven;
  const since = ada.requests.slice(before).filter((request) => request.includes('/api/'));
  expect(since).toEqual([expect.stringMatching(/^POST .*\/users\/mfa\/auth\/totp$/)]);
  await ada.isIn();
  ada.expectQuietConsole();
});

test('a recovery code signs in, and nine are left', async () => {
  const ada = await visit.arrive();
  const { codes } = await ada.signUp();
  await ada.signOut();
  await ada.signIn();
  await ada.useRecoveryCode(codes[0] ?? '');
  await ada.dialog.getByText('You have 9 backup codes left.').waitFor();
  await ada.button('Continue').click();
  await ada.isIn();
  await ada.go('#/security');
  await ada.page.getByText('9 of 10 left').waitFor();
  ada.expectQuietConsole();
});

test('a used recovery code is refused the second time', async () => {
  const ada = await visit.arrive();
  const { codes } = await ada.signUp();
  for (const attempt of ['first', 'second']) {
    await ada.signOut();
    await ada.signIn();
    await ada.useRecoveryCode(codes[0] ?? '');
    if (attempt === 'second') break;
    await ada.button('Continue').click();
    await ada.isIn();
  }
  await ada.dialog.getByText(/didn’t match|used before/).waitFor();
});

test('nothing is asked of any origin but the application’s own', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.button('Manage devices').click();
  await ada.dialog.waitFor();
  const elsewhere = ada.requests.filter(
    (request) => !request.includes(` ${visit.harbor.url}/`) && !/ (data|blob):/.test(request),
  );
  expect(elsewhere).toEqual([]);
});

test('twenty clicks in a row save the codes once', async () => {
  const ada = await visit.arrive();
  await ada.signIn();
  const app = await ada.scan();
  await ada.button('Continue').click();
  await ada.typeCode(app.code());
  await ada.readCodes();
  await ada.dialog.getByRole('button', { name: 'I wrote them down' }).click();
  await ada.dialog.getByLabel('I have saved these codes').check();
  await ada.dialog.getByRole('button', { name: 'Finish' }).evaluate((button) => {
    for (let click = 0; click < 20; click += 1) (button as HTMLButtonElement).click();
  });
  await ada.isIn();
  expect(ada.requests.filter((request) => /^PUT .*\/users$/.test(request))).toHaveLength(1);
});
