/** One browser and one Harbor for a test file, and people who are shown out after each test. */
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from '../../support/chromium.js';
import { Harbor } from './Harbor.js';
import { Person } from './Person.js';

export interface Visit {
  harbor: Harbor;
  browser: Browser;
  arrive: (options?: Parameters<typeof Person.arrive>[2]) => Promise<Person>;
}

export const openVisit = (): Visit => {
  const people: Person[] = [];
  let harbor: Harbor | undefined;
  let browser: Browser | undefined;

  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The visit has not begun: use it inside a test.');
    return value;
  };

  beforeAll(async () => {
    [harbor, browser] = await Promise.all([Harbor.open(), launchChromium()]);
  });
  afterEach(async () => {
    await Promise.all(people.splice(0).map((person) => person.leave()));
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
