/** One browser and one Harbor for a test file, and people who are shown out after each test. */
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { outputFolder } from '../../../scripts/shell.mjs';
import { launchChromium } from '../../support/chromium.js';
import { Harbor } from './Harbor.js';
import { Person } from './Person.js';

export interface Visit {
  harbor: Harbor;
  browser: Browser;
  arrive: (options?: Parameters<typeof Person.arrive>[2]) => Promise<Person>;
}

/** With `app` the authenticator app is all there is, and its screens come without a choice before them. */
export const openVisit = (methods: 'app' | 'passkey' | 'both' = 'app'): Visit => {
  const people: Person[] = [];
  let harbor: Harbor | undefined;
  let browser: Browser | undefined;

  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The visit has not begun: use it inside a test.');
    return value;
  };

  beforeAll(async () => {
    [harbor, browser] = await Promise.all([Harbor.open(), launchChromium()]);
    await harbor.setPolicy({ methods });
  });
  afterEach(async ({ task }) => {
    const present = people.splice(0).filter((person) => !person.page.isClosed());
    if (task.result?.state === 'fail')
      await Promise.all(present.map((person, index) => picture(person, task.name, index)));
    await Promise.all(present.map((person) => person.leave()));
  });
  afterAll(async () => {
    await browser?.close();
    await harbor?.close();
  });

  return {
    get harbor() {
      return opened(harbor);
    },
    get browser() {
      return opened(browser);
    },
    arrive: async (options) => {
      const person = await Person.arrive(opened(browser), opened(harbor), options);
      people.push(person);
      return person;
    },
  };
};

/** What a person saw when a test failed, and what their browser said. */
const picture = async (person: Person, test: string, index: number): Promise<void> => {
  const name = `${outputFolder('e2e')}/${test.replace(/\W+/g, '-').slice(0, 80)}-${index}`;
  await person.page.screenshot({ path: `${name}.png` });
  writeFileSync(`${name}.txt`, [...person.console, '', ...person.requests].join('\n'));
};
