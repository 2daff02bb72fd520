/** U-06: what axe objects to, and what does not fit, on what is on screen in every setting. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Person } from './Person.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const settings = [
  { scheme: 'light', direction: 'ltr', width: 1280, text: '100%' },
  { scheme: 'dark', direction: 'rtl', width: 1280, text: '100%' },
  { scheme: 'light', direction: 'rtl', width: 320, text: '100%' },
  { scheme: 'dark', direction: 'ltr', width: 320, text: '100%' },
  { scheme: 'light', direction: 'ltr', width: 320, text: '200%' },
  { scheme: 'dark', direction: 'rtl', width: 320, text: '200%' },
] as const;

/** What axe objects to, and what does not fit, in every setting. */
export const inspect = async (person: Person, name: string): Promise<string[]> => {
  const { page } = person;
  const found: string[] = [];
  for (const { scheme, direction, width, text } of settings) {
    const where = `${name}, ${scheme} ${direction} ${width} px ${text}`;
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 720 });
    await page.evaluate(
      ([dir, size]) => {
        document.documentElement.dir = dir;
        document.documentElement.style.fontSize = size;
      },
      [direction, text] as const,
    );
    await page.waitForFunction(
      (theme) =>
        document.documentElement.dataset.theme === theme &&
        [...document.querySelectorAll('[data-mfa-theme]')].every((one) => one.getAttribute('data-mfa-theme') === theme),
      scheme,
    );
    // Colours on their way from one theme to the other are nobody's choice. A caret blinks for ever.
    await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const ending = () =>
        document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
      // One may begin where another ends.
      while (ending().length > 0) await Promise.allSettled(ending().map(({ finished }) => finished));
    });
    // As an expression of the debugger: the page's own policy forbids a script that did not come with it.
    await page.evaluate(axeSource);
    const { violations, overflow } = await page.evaluate(
      async (wanted) => {
        const results = await (window as typeof window & { axe: typeof axe }).axe.run(document, {
          runOnly: wanted,
          resultTypes: ['violations'],
        });
        return {
          violations: results.violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`,
          ),
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        };
      },
      [...tags],
    );
    found.push(...violations.map((violation) => `${where}: ${violation}`));
    if (overflow > 0) found.push(`${where}: wider than the window by ${overflow} px`);
  }
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr';
    document.documentElement.style.fontSize = '';
  });
  await page.setViewportSize({ width: 1280, height: 720 });
  return found;
};
