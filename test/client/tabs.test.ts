// Several tabs, reloads, a cookie: who is signed in comes from the server, and no secret travels between tabs (F-10, D11).
import { getMfaDevices, initializeClient, logout, type MfaStorage, refreshUser } from 'mfa-kit/client';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { type ClientOn, createClientOn } from '../support/clientOn.js';
import { baseUrl, environmentId, origin, startTestServer, type TestServer } from '../support/server.js';

const pages: ClientOn[] = [];
const messages: unknown[] = [];
const listener = new BroadcastChannel(`mfa-kit:${environmentId}`);
listener.onmessage = ({ data }) => messages.push(data);

afterAll(() => listener.close());

afterEach(() => {
  for (const { client } of pages.splice(0)) client.close();
  messages.length = 0;
  vi.unstubAllGlobals();
});

const open = async (options: Parameters<typeof createClientOn>[0]) => {
  const page = await createClientOn(options);
  pages.push(page);
  return page;
};

/** A storage like the browser's, or one that takes its time like React Native's. */
const createStorage = (isAsync: boolean) => {
  const kept = new Map<string, string>();
  const later = <T>(run: () => T) => (isAsync ? Promise.resolve().then(run) : run());
  const storage: MfaStorage = {
    getItem: (key) => later(() => kept.get(key) ?? null),
    setItem: (key, value) => later(() => kept.set(key, value)),
    removeItem: (key) => later(() => kept.delete(key)),
  };
  return { kept, storage };
};

/** A browser's part in cookie mode: it keeps the cookie and says where a request comes from; the page sees neither. */
const createBrowser = (server: TestServer) => {
  let cookie = '';
  return {
    hasCookie: () => cookie !== '',
    dropCookie() {
      cookie = '';
    },
    async fetch(request: Request) {
      if (request.credentials !== 'same-origin') throw new TypeError('a cookie would not be sent');
      const headers = new Headers(request.headers);
      if (cookie) headers.set('cookie', cookie);
      headers.set('sec-fetch-site', 'same-origin');
      headers.set('origin', origin);
      const body = request.method === 'GET' ? undefined : await request.text();
      const response = await server.mfa.fetch(new Request(request.url, { method: request.method, headers, body }));
      const set = response.headers.get('set-cookie');
      if (set) cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '');
      response.headers.delete('set-cookie');
      return response;
    },
  };
};

describe.each([
  ['at once', false],
  ['later', true],
])('a storage that answers %s', (_, isAsync) => {
  test('keeps the session over a reload, and nothing but the token', async () => {
    const { kept, storage } = createStorage(isAsync);
    const before = await open({ client: { storage } });
    await before.signIn('ada@example.com');
    await expect.poll(() => [...kept]).toEqual([[`mfa-kit:${environmentId}`, before.client.token]]);

    const after = await open({ on: before.server, client: { storage } });
    await initializeClient(after.client);
    expect(after.client.user?.email).toBe('ada@example.com');
    expect(after.client.session.getSnapshot().status).toBe('signedIn');
    expect(after.events.map(([name]) => name)).toContain('tokenChanged');

    await logout(after.client);
    await expect.poll(() => kept.size).toBe(0);
  });

  test('tells other tabs of a sign-in and a sign-out, by name alone', async () => {
    const { storage } = createStorage(isAsync);
    const one = await open({ client: { storage } });
    const two = await open({ on: one.server, client: { storage } });
    await Promise.all([initializeClient(one.client), initializeClient(two.client)]);
    await one.signIn('ada@example.com');
    await expect.poll(() => two.client.user?.email).toBe('ada@example.com');
    await logout(one.client);
    await expect.poll(() => two.client.session.getSnapshot().status).toBe('signedOut');
    expect(two.events.at(-1)).toEqual(['logout', { reason: 'signed-out-elsewhere' }]);
    await expect.poll(() => new Set(messages)).toEqual(new Set(['session']));
  });
});

test('a reload never shows somebody as signed out who is signed in', async () => {
  const { storage } = createStorage(false);
  const before = await open({ client: { storage } });
  await before.signIn();
  const after = await open({ on: before.server, client: { storage } });
  const shown: string[] = [];
  after.client.session.subscribe(() => shown.push(after.client.session.getSnapshot().status));
  await initializeClient(after.client);
  expect(shown).toEqual(['signedIn']);
});

test('somebody who signs in while a kept session is being read stays signed in', async () => {
  const { storage } = createStorage(false);
  const before = await open({ client: { storage } });
  await before.signIn('ada@example.com');
  const after = await open({ on: before.server, client: { storage } });
  const release = after.wire.holdAnswer('GET /users');
  const started = initializeClient(after.client);
  await expect.poll(() => after.wire.sentTo('GET /users').length).toBe(1);
  await after.signIn('grace@example.com');
  release();
  await started;
  expect(after.client.user?.email).toBe('grace@example.com');
});

test('a storage emptied by another tab signs out without asking anybody', async () => {
  const { kept, storage } = createStorage(false);
  const page = await open({ client: { storage } });
  await page.signIn();
  await expect.poll(() => kept.size).toBe(1);
  page.wire.sent.length = 0;
  kept.clear();
  listener.postMessage('session');
  await expect.poll(() => page.client.session.getSnapshot().status).toBe('signedOut');
  expect(page.wire.sent).toEqual([]);
});

test('a token that ended while nobody looked is renewed from the storage', async () => {
  const { storage } = createStorage(false);
  const before = await open({ client: { storage } });
  await before.signIn();
  before.server.clock.advance(11 * 60_000);
  const after = await open({ on: before.server, client: { storage } });
  await initializeClient(after.client);
  expect(after.client.session.getSnapshot().status).toBe('signedIn');
  expect(await getMfaDevices(after.client)).toEqual([]);
});

test('a session that ended while nobody looked is signed out without an error, and forgotten', async () => {
  const { kept, storage } = createStorage(false);
  const before = await open({ client: { storage } });
  await before.signIn();
  before.server.clock.advance(25 * 3_600_000);
  const after = await open({ on: before.server, client: { storage } });
  await initializeClient(after.client);
  expect(after.client.session.getSnapshot().status).toBe('signedOut');
  await expect.poll(() => kept.size).toBe(0);
});

test('a storage that is broken costs the reload, not the session', async () => {
  const fail = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const page = await open({ client: { storage: { getItem: fail, setItem: fail, removeItem: fail } } });
  await initializeClient(page.client);
  await page.signIn();
  expect(await getMfaDevices(page.client)).toEqual([]);
  await logout(page.client);
});

test('without a storage a token stays in its tab: others neither see it nor ask', async () => {
  const one = await open({});
  const two = await open({ on: one.server });
  await initializeClient(two.client);
  await one.signIn();
  await refreshUser(one.client);
  expect(two.client.session.getSnapshot().status).toBe('signedOut');
  expect(two.wire.sent.map(({ what }) => what)).toEqual(['GET /settings']);
});

describe('with a cookie', () => {
  const cookiePage = async (browser: ReturnType<typeof createBrowser>, server: TestServer) => {
    vi.stubGlobal('location', new URL(baseUrl));
    return open({ on: server, through: browser.fetch });
  };
  const start = async () => {
    const server = await startTestServer({ sessionTransport: 'cookie', origins: [origin, new URL(baseUrl).origin] });
    return { server, browser: createBrowser(server) };
  };

  test('the page never has a token, a reload finds the session, and an ended token does not matter', async () => {
    const { server, browser } = await start();
    const before = await cookiePage(browser, server);
    await before.signIn('ada@example.com');
    expect(before.client.token).toBeNull();
    expect(browser.hasCookie()).toBe(true);
    const { deviceId } = await before.enrol();
    expect(before.client.session.getSnapshot().status).toBe('signedIn');

    const after = await cookiePage(browser, server);
    await initializeClient(after.client);
    expect(after.client.user?.email).toBe('ada@example.com');
    server.clock.advance(11 * 60_000);
    expect(await getMfaDevices(after.client)).toMatchObject([{ id: deviceId }]);
  });

  test('a page of somebody signed out starts without an error', async () => {
    const { server, browser } = await start();
    const page = await cookiePage(browser, server);
    await initializeClient(page.client);
    expect(page.client.session.getSnapshot().status).toBe('signedOut');
    expect(page.events.map(([name]) => name)).not.toContain('logout');
  });

  test('other tabs follow a sign-in and a sign-out', async () => {
    const { server, browser } = await start();
    const one = await cookiePage(browser, server);
    const two = await cookiePage(browser, server);
    await Promise.all([initializeClient(one.client), initializeClient(two.client)]);
    await one.signIn('ada@example.com');
    await expect.poll(() => two.client.user?.email).toBe('ada@example.com');
    await logout(two.client);
    await expect.poll(() => one.client.session.getSnapshot().status).toBe('signedOut');
    expect(browser.hasCookie()).toBe(false);
  });

  test('a cookie the browser dropped at its end signs out', async () => {
    const { server, browser } = await start();
    const page = await cookiePage(browser, server);
    await page.signIn();
    browser.dropCookie();
    await expect(getMfaDevices(page.client)).rejects.toMatchObject({ status: 401, code: 'not_signed_in' });
    expect(page.client.session.getSnapshot().status).toBe('signedOut');
    expect(page.events.at(-1)).toEqual(['logout', { reason: 'token-expired' }]);
  });

  test('what was being read when another tab signed in is not what is believed', async () => {
    const { server, browser } = await start();
    const one = await cookiePage(browser, server);
    const two = await cookiePage(browser, server);
    const release = two.wire.holdAnswer('GET /users');
    const started = initializeClient(two.client);
    await expect.poll(() => two.wire.sentTo('GET /users').length).toBe(1);
    await one.signIn('ada@example.com');
    await expect.poll(() => two.client.user?.email).toBe('ada@example.com');
    release();
    await started;
    expect(two.client.user?.email).toBe('ada@example.com');
  });

  test('and a bearer server, a page keeps to its own token when another tab signs in', async () => {
    vi.stubGlobal('location', new URL(baseUrl));
    const one = await open({});
    const two = await open({ on: one.server });
    await one.signIn('ada@example.com');
    await two.signIn('grace@example.com');
    two.wire.sent.length = 0;
    await one.signIn('ada@example.com');
    await expect.poll(() => messages.length).toBeGreaterThan(2);
    await getMfaDevices(two.client);
    expect(two.wire.sent.map(({ what }) => what)).toEqual(['GET /users/mfa']);
    expect(two.client.user?.email).toBe('grace@example.com');
  });
});
