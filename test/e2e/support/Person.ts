/** Somebody with a browser of their own: what they see of Harbor, and what they do. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { FakeAuthenticatorApp } from '../../../stories/support/FakeAuthenticatorApp.js';
import type { Harbor } from './Harbor.js';
import { readQr } from './readQr.js';

export interface Enrolled {
  app: FakeAuthenticatorApp;
  codes: string[];
}

export class Person {
  /** Everything the page wrote to the console, and what it threw. */
  readonly console: string[] = [];
  /** Addresses of every request, with their methods. */
  readonly requests: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly harbor: Harbor,
    readonly email: string,
  ) {
    page.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.console.push(`thrown: ${error.message}`));
    page.on('request', (request) => this.requests.push(`${request.method()} ${request.url()}`));
  }

  static async arrive(
    browser: Browser,
    harbor: Harbor,
    {
      email = `ada-${crypto.randomUUID().slice(0, 8)}@example.com`,
      ...options
    }: BrowserContextOptions & { email?: string } = {},
  ): Promise<Person> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const stopFollowing = await harbor.follow((now) => page.clock.setFixedTime(now));
    page.on('close', stopFollowing);
    const person = new Person(page, context, harbor, email);
    await page.goto(harbor.url);
    return person;
  }

  /** Another tab of the same browser. */
  async openTab(): Promise<Person> {
    const page = await this.context.newPage();
    page.on('close', await this.harbor.follow((now) => page.clock.setFixedTime(now)));
    const tab = new Person(page, this.context, this.harbor, this.email);
    await page.goto(this.harbor.url);
    return tab;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Asks for a code by e-mail, reads it in the demo's inbox, and types it. */
  async signIn(): Promise<void> {
    const before = this.harbor.mailsTo(this.email).length;
    await this.page.getByLabel('Work e-mail').fill(this.email);
    await this.button('Send me a code').click();
    await this.page.getByLabel('Code from the e-mail').fill(await this.readMail(before));
    await this.button('Sign in').click();
  }

  /** The code of the mail that comes after so many others, once the inbox on the page shows it. */
  async readMail(after: number): Promise<string> {
    await expect.poll(() => this.harbor.mailsTo(this.email).length).toBeGreaterThan(after);
    const code = this.harbor.mailsTo(this.email).at(-1) ?? '';
    const mail = this.page.locator('.inbox-mail', { hasText: this.email }).first();
    await expect.poll(() => mail.locator('.inbox-code').innerText()).toBe(code);
    return code;
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('link', { name: 'Security' }).click();
    await this.button('Sign out').click();
    await this.heading('Sign in to Harbor').waitFor();
    await this.go('#/');
  }

  async go(hash: '#/' | '#/treasury' | '#/security' | '#/your-own-ui'): Promise<void> {
    await this.page.evaluate((to) => {
      window.location.hash = to;
    }, hash);
  }

  /** What a camera reads in the QR code on screen. */
  async scanText(): Promise<string> {
    const image = this.page.getByRole('img', { name: /QR code/ });
    await image.waitFor();
    return readQr(image);
  }

  /** Scans the QR code on screen with an authenticator app. */
  async scan(): Promise<FakeAuthenticatorApp> {
    return new FakeAuthenticatorApp(await this.scanText(), this.harbor.clock);
  }

  /** From the code field to a recovery code, by whichever way the modal offers. */
  async useRecoveryCode(code: string): Promise<void> {
    await this.button('Try another way').click();
    const field = this.dialog.getByLabel('Backup code');
    const choice = this.dialog.getByRole('button', { name: /Backup code/ });
    await field.or(choice).first().waitFor();
    if (await choice.isVisible()) await choice.click();
    await field.fill(code);
    await this.button('Continue').click();
  }

  async typeCode(code: string): Promise<void> {
    await this.dialog.getByLabel('6-digit code').fill(code);
  }

  /** One of the demo's controls; done once the server has taken it. */
  async choosePolicy(label: string): Promise<void> {
    const taken = this.page.waitForResponse((response) => response.request().method() === 'PUT');
    await this.page.getByLabel(label).check();
    expect((await taken).ok()).toBe(true);
  }

  /** Wrong codes until there is a pause. */
  async guess(app: FakeAuthenticatorApp): Promise<void> {
    const right = [-1, 0, 1].map((offset) => app.code(offset));
    const guesses = Array.from({ length: 9 }, (_, index) => String(index).repeat(6)).filter(
      (code) => !right.includes(code),
    );
    for (const guess of guesses.slice(0, 5)) {
      const field = this.dialog.getByLabel('6-digit code');
      await expect.poll(() => field.getAttribute('aria-busy')).not.toBe('true');
      const refused = this.page.waitForResponse((response) => response.url().endsWith('/auth/totp'));
      await field.fill(guess);
      await refused;
    }
    await this.dialog.getByText('Too many tries').first().waitFor();
  }

  /** The same code once more: the field sends a value only once by itself, so the button does it. */
  async retypeCode(code: string): Promise<void> {
    const field = this.dialog.getByLabel('6-digit code');
    await expect.poll(() => field.getAttribute('aria-busy')).not.toBe('true');
    await field.fill('');
    await field.fill(code);
    const verify = this.dialog.getByRole('button', { name: 'Continue' });
    if ((await field.getAttribute('aria-busy')) !== 'true' && (await verify.isVisible())) await verify.click();
  }

  /** New backup codes from the security page, with a fresh proof where one is wanted. */
  async openNewCodes(): Promise<void> {
    await this.button('New backup codes').click();
    await this.dialog.waitFor();
  }

  async readCodes(): Promise<string[]> {
    const list = this.dialog.getByRole('list', { name: 'Backup codes' });
    await list.waitFor();
    return list.locator('code').allInnerTexts();
  }

  async saveCodes(): Promise<string[]> {
    const codes = await this.readCodes();
    await this.dialog.getByRole('button', { name: 'I wrote them down' }).click();
    await this.dialog.getByLabel('I have saved these codes').check();
    await this.dialog.getByRole('button', { name: 'Finish' }).click();
    return codes;
  }

  async isIn(): Promise<void> {
    await this.heading('In harbor today').waitFor();
    await this.dialog.waitFor({ state: 'detached' });
  }

  /** From the sign-in page to Harbor's first page, with an authenticator app and codes saved. */
  async signUp(): Promise<Enrolled> {
    await this.signIn();
    return this.enrolApp();
  }

  /** From the QR code on screen to Harbor's first page. */
  async enrolApp(): Promise<Enrolled> {
    const app = await this.scan();
    await this.button('Continue').click();
    await this.typeCode(app.code());
    const codes = await this.saveCodes();
    await this.isIn();
    // The code just typed is spent: the app shows the next one from here on.
    await this.harbor.advance(30);
    return { app, codes };
  }

  /** What a browser says about a refused request is the server's answer, not a fault of the page. */
  expectQuietConsole(): void {
    const faults = this.console.filter(
      (line) => !line.includes('Failed to load resource') && !/^(debug|info|log):/.test(line),
    );
    expect(faults).toEqual([]);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
