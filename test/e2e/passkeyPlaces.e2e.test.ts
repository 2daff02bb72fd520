/**
 * Threat: a page that shows this one inside itself has a person prove something to it unawares (U-08); and a page without
 * HTTPS promises what it cannot do. Both for real, by addresses that only this browser knows.
 */
import type { Route } from 'playwright';
import { expect, test } from 'vitest';
import type { Person } from './support/Person.js';
import { openVisit } from './support/visit.js';

const visit = openVisit('both');

/** Another site, and on this machine too: browsers keep pages of the network from framing those. */
const host = 'http://127.0.0.1:49151';
const frame = (url: string): string =>
  `<!doctype html><title>Host</title><iframe src="${url}" width="900" height="900">`;

/** Harbor's own page, without the header that forbids to frame it. */
const unforbidden = async (route: Route): Promise<void> => {
  const response = await route.fetch();
  const { 'content-security-policy': _forbids, ...headers } = response.headers();
  await route.fulfill({ response, headers });
};

const visitHost = async (person: Person): Promise<void> => {
  await person.page.route(`${host}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: frame(person.harbor.url) }),
  );
  await person.page.goto(host);
};

test('Harbor forbids to be framed', async () => {
  const ada = await visit.arrive();
  await visitHost(ada);
  await expect.poll(() => ada.page.frames().at(-1)?.url()).toContain('chrome-error:');
});

test('framed all the same by another site, it begins no ceremony and says why', async () => {
  const ada = await visit.arrive();
  await expect.poll(() => ada.requests.some((request) => request.includes('/passkeys/'))).toBe(true);
  await ada.page.route(`${visit.harbor.url}/`, unforbidden);
  await visitHost(ada);
  const inside = ada.page.frameLocator('iframe');
  await inside.getByText('Passkeys do not work inside another page.').waitFor();
  expect(await inside.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  // One by the page that stood alone before.
  expect(ada.requests.filter((request) => request.includes('/passkeys/'))).toHaveLength(1);
});

test('without HTTPS it says so, and asks the browser for nothing', async () => {
  const ada = await visit.arrive();
  const { origin } = new URL(visit.harbor.url);
  await ada.page.route('http://harbor.example/**', async (route) => {
    const url = route.request().url().replace('http://harbor.example', origin);
    if (url.endsWith('/demo/inbox')) return route.abort();
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await ada.page.goto('http://harbor.example/');
  expect(await ada.page.evaluate(() => window.isSecureContext)).toBe(false);
  await ada.page.getByText('Passkeys work on secure pages only').waitFor();
  expect(await ada.button('Sign in with a passkey').count()).toBe(0);
  expect(ada.requests.filter((request) => /harbor\.example.*\/passkeys\//.test(request))).toEqual([]);
});
