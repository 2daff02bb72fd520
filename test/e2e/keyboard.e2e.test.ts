/** U-07: the whole road without a mouse: focus where it is needed, kept inside the dialog, given back afterwards. */
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit();

/** The accessible name of what has focus. */
const focused = (person: Person): Promise<string> =>
  person.page.evaluate(() => {
    const { activeElement: element } = document;
    if (!(element instanceof HTMLElement)) return '';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
    return (element.getAttribute('aria-label') ?? label ?? '').trim();
  });

/** Presses Tab until something of that name has focus. */
const tabTo = async (person: Person, name: RegExp): Promise<void> => {
  for (let press = 0; press < 40; press += 1) {
    if (name.test(await focused(person))) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}; it ended on "${await focused(person)}".`);
};

test('from sign-in to Harbor with the keyboard alone', async () => {
  const ada = await visit.arrive();
  const { keyboard } = ada.page;
  await tabTo(ada, /Work e-mail/);
  await keyboard.type(ada.email);
  await keyboard.press('Enter');
  const code = await ada.readMail(0);
  await expect.poll(() => focused(ada)).toContain('Code from the e-mail');
  await keyboard.type(code);
  await keyboard.press('Enter');

  const app = await ada.scan();
  await tabTo(ada, /^Continue$/);
  await keyboard.press('Enter');
  await expect.poll(() => focused(ada)).toBe('6-digit code');
  await keyboard.type(app.code());
  await ada.readCodes();
  await tabTo(ada, /I wrote them down/);
  await keyboard.press('Enter');
  await tabTo(ada, /I have saved these codes/);
  await keyboard.press('Space');
  await tabTo(ada, /^Finish$/);
  await keyboard.press('Enter');
  await ada.isIn();
});

test('focus stays inside the dialog and goes back to the button that opened it', async () => {
  const ada = await visit.arrive();
  await ada.signUp();
  await ada.go('#/security');
  await ada.page.getByText('10 of 10 left').waitFor();
  await tabTo(ada, /Approve once/);
  await ada.page.keyboard.press('Enter');
  await ada.dialog.getByLabel('6-digit code').waitFor();
  await expect.poll(() => focused(ada)).toBe('6-digit code');
  for (let press = 0; press < 12; press += 1) {
    await ada.page.keyboard.press('Tab');
    const isInside = await ada.page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null);
    expect(isInside, `press ${press} left the dialog for "${await focused(ada)}"`).toBe(true);
  }
  await ada.page.keyboard.press('Escape');
  await ada.dialog.waitFor({ state: 'detached' });
  await expect.poll(() => focused(ada)).toBe('Approve once');
});
