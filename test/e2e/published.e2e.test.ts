/** An application written with the published imports, aliased to this kit and not changed: each of its roads, first and later. */
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FakeAuthenticatorApp } from '../../stories/support/FakeAuthenticatorApp.js';
import { launchChromium } from '../support/chromium.js';
import { openPublishedSite, type PublishedSite } from './support/publishedSite.js';
import { VirtualAuthenticator } from './support/VirtualAuthenticator.js';

let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => expect(complaints.splice(0)).toEqual([]));

const arrive = async (site: PublishedSite, hash: '' | '#own' | '#plain') => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(`${site.url}/${hash}`);
  return page;
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const send = async (page: Page, label: string, value: string) => {
  const form = page.locator('form', { has: page.getByLabel(label, { exact: true }) });
  await form.getByLabel(label).fill(value);
  await form.getByRole('button', { name: 'Send' }).click();
};

const signIn = async (page: Page, site: PublishedSite, email = 'ada@example.com') => {
  const before = site.mails.length;
  await send(page, 'E-mail', email);
  await page.getByLabel('Code from the e-mail').waitFor();
  await expect.poll(() => site.mails.length).toBeGreaterThan(before);
  await send(page, 'Code from the e-mail', site.mails.at(-1) ?? '');
};

const isIn = (page: Page) => page.getByRole('heading', { name: 'Welcome, ada@example.com' }).waitFor();
const says = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();
const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

const logOut = async (page: Page, site: PublishedSite) => {
  await button(page, 'Log out').click();
  await page.getByLabel('E-mail').waitFor();
  site.advance(30);
};

test('an app in its own interface: enrolled, used, and used again in a later session, action with a code included', async () => {
  const site = await openPublishedSite();
  const page = await arrive(site, '#own');
  await signIn(page, site);
  await button(page, 'Use an app').click();
  const app = new FakeAuthenticatorApp(await page.getByLabel('For the QR code').innerText(), site.clock);
  await send(page, 'Code from the app', app.wrongCode());
  await page.getByRole('alert').getByText('MfaInvalidOtpError').first().waitFor();
  await send(page, 'Code from the app', app.code());
  await expect.poll(() => page.getByRole('listitem').count()).toBe(10);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await button(page, 'I have saved them').click();
  await isIn(page);
  expect((await heard(page)).filter((name) => name === 'onAuthSuccess')).toHaveLength(1);

  await button(page, 'Is a proof needed?').click();
  await says(page, 'true');
  site.advance(30);
  await send(page, 'Code to export with', app.code());
  await says(page, 'exported by totp');
  await logOut(page, site);
  await signIn(page, site);
  await send(page, 'Code from the app', app.code());
  await isIn(page);
  site.advance(30);
  await send(page, 'Code to export with', app.code());
  await says(page, 'exported by totp');
  expect((await heard(page)).filter((name) => name === 'onAuthSuccess' || name === 'onLogout')).toEqual([
    'onAuthSuccess',
    'onLogout',
    'onAuthSuccess',
  ]);
});

test('a passkey in its own interface: made, used for an action, and used again at a later sign-in', async () => {
  const site = await openPublishedSite();
  const page = await arrive(site, '#own');
  await VirtualAuthenticator.plugIn(page, 'internal');
  await signIn(page, site);
  await button(page, 'Use a passkey').click();
  await button(page, 'I have saved them').click();
  await isIn(page);
  await button(page, 'Export with a passkey').click();
  await says(page, 'exported by passkey');
  await logOut(page, site);
  await signIn(page, site);
  await button(page, 'Use a passkey').click();
  await isIn(page);
  await button(page, 'Export with a passkey').click();
  await says(page, 'exported by passkey');
});

test('the prebuilt modal: enrolled, every screen opened by its setter, an action, and a later sign-in', async () => {
  const site = await openPublishedSite();
  const page = await arrive(site, '');
  const dialog = page.getByRole('dialog');
  const typeCode = (code: string) => dialog.getByLabel('6-digit code').fill(code);
  await signIn(page, site);
  await dialog.getByRole('button', { name: /Authenticator app/ }).click();
  const app = FakeAuthenticatorApp.fromKey(
    await dialog.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText(),
    site.clock,
  );
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await typeCode(app.code());
  await dialog.getByRole('button', { name: 'I wrote them down' }).click();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Finish' }).click();
  await isIn(page);
  await dialog.waitFor({ state: 'detached' });

  for (const [name, what] of [
    ['Open the choice', dialog.getByRole('heading')],
    ['Open the code', dialog.getByLabel('6-digit code')],
    ['Open the recovery code', dialog.getByLabel('Backup code')],
    ['Open the list', dialog.getByText('Authenticator app')],
  ] as const) {
    await button(page, name).click();
    await what.first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  await button(page, 'Export with the prompt').click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await says(page, 'MFA view closed');
  site.advance(30);
  await button(page, 'Export with the prompt').click();
  await typeCode(app.code());
  await says(page, 'exported by totp');
  await dialog.waitFor({ state: 'detached' });

  await logOut(page, site);
  await signIn(page, site);
  await typeCode(app.code());
  await isIn(page);
  site.advance(30);
  await button(page, 'Export with the prompt').click();
  await typeCode(app.code());
  await says(page, 'exported by totp');
  expect((await heard(page)).filter((name) => name === 'mfaCompletionSuccess')).toHaveLength(4);
});

test('the plain client: sign-in, enrolment, codes and a token, with one client that every function finds', async () => {
  const site = await openPublishedSite();
  const page = await arrive(site, '#plain');
  await button(page, 'Begin').click();
  await signIn(page, site);
  const said = page.getByRole('status');
  await said.getByText('otpauth:').waitFor();
  const app = new FakeAuthenticatorApp(await said.innerText(), site.clock);
  await send(page, 'Code from the app', app.code());
  await page.getByLabel('Another code').waitFor();
  await says(page, '10 codes');
  site.advance(30);
  await send(page, 'Another code', app.code());
  await says(page, '2 proofs, mfa_');
});
