/** What can go wrong on the way to the server, put between the page and one of its requests. */
import type { Route } from 'playwright';
import { expect } from 'vitest';
import type { Person } from './Person.js';

export interface Fault {
  name: string;
  /** What a person must be told. */
  sentence: RegExp;
  answer: (route: Route) => Promise<void>;
}

const refusal =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  (route: Route) =>
    route.fulfill({ status, headers, contentType: 'application/json', body: JSON.stringify({ error: code, code }) });

export const faults: readonly Fault[] = [
  {
    name: 'offline',
    sentence: /offline|couldn’t reach|could not be reached/,
    answer: (route) => route.abort('internetdisconnected'),
  },
  { name: '500', sentence: /went wrong on our side|has trouble just now/, answer: refusal(500, 'server_error') },
  {
    name: '429',
    sentence: /a lot of requests|often in a short time/,
    answer: refusal(429, 'too_many_requests', { 'retry-after': '1' }),
  },
  {
    name: 'a malformed answer',
    sentence: /can’t read|has trouble just now/,
    answer: (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"half": ' }),
  },
];

export interface Ordeal {
  /** Such as `POST` and `/users/mfa/auth/totp`. */
  method: string;
  path: string;
  /** Makes the request, and again after a fault: what a person would do then. */
  act: () => Promise<void>;
  /** What to do after a fault, where it is something else than at first. */
  retry?: () => Promise<void>;
  /** Where the sentence must appear; the dialog unless given. */
  within?: string;
}

/**
 * Sends one request through every fault and through an answer that takes its time: a sentence each time, nothing that
 * stays busy, and the way on works. Ends with the request having been answered.
 */
export const endure = async (person: Person, ordeal: Ordeal): Promise<void> => {
  const { page } = person;
  const { method, path, act, retry = act, within = '[role="dialog"]' } = ordeal;
  const pattern = (url: URL): boolean => url.pathname.endsWith(path);
  const place = page.locator(within);
  let isFirst = true;
  const attempt = async (): Promise<void> => {
    await (isFirst ? act() : retry());
    isFirst = false;
  };

  for (const fault of faults) {
    const handler = (route: Route) => (route.request().method() === method ? fault.answer(route) : route.fallback());
    await page.route(pattern, handler);
    await attempt();
    const told = place.getByText(fault.sentence).first();
    await told.waitFor().catch(async () => {
      throw new Error(
        `${method} ${path}, ${fault.name}: no sentence. On screen: ${await place.innerText().catch(() => 'nothing')}`,
      );
    });
    await expect
      .poll(() => place.locator('[aria-busy="true"]').count(), { message: `${fault.name} left something busy` })
      .toBe(0);
    await page.unroute(pattern, handler);
  }

  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isAsked = false;
  const slow = async (route: Route): Promise<void> => {
    if (route.request().method() !== method) return route.fallback();
    isAsked = true;
    await held;
    await route.continue();
  };
  await page.route(pattern, slow);
  await attempt();
  await expect.poll(() => isAsked).toBe(true);
  const answered = page.waitForResponse(
    (response) => pattern(new URL(response.url())) && response.request().method() === method,
  );
  release();
  await answered;
  await page.unroute(pattern, slow);
};
