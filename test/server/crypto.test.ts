/** The seam between WebCrypto and the platform's own calls, and what is sealed with them. */
import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSemaphore } from '../../src/server/crypto.js';
import { createPepper } from '../../src/server/pepper.js';
import { createVault } from '../../src/server/vault.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const ring = (id: string, others: Record<string, string> = {}) => ({
  active: id,
  keys: { ...others, [id]: nodeRandomBytes(32).toString('base64url') },
});
const owner = { userId: 'ada', id: 'device' };

describe('in a page, without Node', () => {
  const load = async (isPage: boolean) => {
    vi.resetModules();
    if (isPage) vi.stubGlobal('process', undefined);
    const module = await import('../../src/server/crypto.js');
    vi.unstubAllGlobals();
    return module;
  };

  test('hashes, comparisons and identifiers are the same as with it', async () => {
    const [node, page] = [await load(false), await load(true)];
    const key = node.randomBytes(32);
    for (const text of ['', 'a', 'ä€😀', 'x'.repeat(10_000)]) {
      expect(await page.sha256(text)).toBe(await node.sha256(text));
      expect(await page.hmacSha256(key, text)).toBe(await node.hmacSha256(key, text));
    }
    for (const { timingSafeEqual } of [node, page]) {
      expect(timingSafeEqual('123456', '123456')).toBe(true);
      expect(timingSafeEqual('123456', '123457')).toBe(false);
      expect(timingSafeEqual('123456', '12345')).toBe(false);
      expect(timingSafeEqual('é', 'e\u0301')).toBe(false);
    }
    expect(page.randomUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(page.randomToken()).toMatch(/^[\w-]{43}$/);
  });

  test('a whole server runs', async () => {
    vi.resetModules();
    vi.stubGlobal('process', undefined);
    const { createMfaServer, generateKeys } = await import('mfa-kit/server');
    const { memoryStore } = await import('mfa-kit/server/memory');
    const mails: string[] = [];
    const mfa = await createMfaServer({
      environmentId: '11111111-2222-4333-8444-555555555555',
      store: memoryStore(),
      keys: await generateKeys(),
      baseUrl: 'http://localhost/api/v0',
      origins: ['http://localhost'],
      appName: 'Story',
      sessionTransport: 'bearer',
      sendEmail: ({ code }) => void mails.push(code),
    });
    const post = (path: string, body: object) =>
      mfa.fetch(
        new Request(`http://localhost/api/v0/sdk/11111111-2222-4333-8444-555555555555${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      );
    const { verificationUUID } = (await (
      await post('/emailVerifications/create', { email: 'a@example.com' })
    ).json()) as {
      verificationUUID: string;
    };
    const signedIn = await post('/emailVerifications/signin', { verificationUUID, verificationToken: mails[0] });
    expect(signedIn.status).toBe(200);
    await mfa.close();
  });
});

describe('sealed texts', () => {
  test('open for their purpose and owner alone', async () => {
    const vault = createVault(ring('a'));
    const sealed = await vault.seal('totp-secret', owner, 'JBSWY3DP');
    expect(sealed).toMatch(/^v1\.a\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect(await vault.open('totp-secret', owner, sealed)).toBe('JBSWY3DP');
    await expect(vault.open('recovery-codes', owner, sealed)).rejects.toThrow('cannot be opened');
    await expect(vault.open('totp-secret', { ...owner, userId: 'eve' }, sealed)).rejects.toThrow('cannot be opened');
    await expect(vault.open('totp-secret', { ...owner, id: 'other' }, sealed)).rejects.toThrow('cannot be opened');
    await expect(createVault(ring('a')).open('totp-secret', owner, sealed)).rejects.toThrow('cannot be opened');
  });

  test('with any character changed do not open', async () => {
    const vault = createVault(ring('a', { b: nodeRandomBytes(32).toString('base64url') }));
    const sealed = await vault.seal('totp-secret', owner, 'JBSWY3DP');
    for (let index = 0; index < sealed.length; index += 1) {
      for (const other of ['A', 'b', '.']) {
        if (sealed[index] === other) continue;
        const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
        await expect(vault.open('totp-secret', owner, changed)).rejects.toThrow('cannot be opened');
      }
    }
    for (const cut of [
      sealed.slice(0, -1),
      sealed.slice(0, -6),
      sealed.slice(0, sealed.lastIndexOf('.')),
      `${sealed}A`,
      '',
      'v1',
      '__proto__',
    ]) {
      await expect(vault.open('totp-secret', owner, cut)).rejects.toThrow('cannot be opened');
    }
  });

  test('of the same text are all different', async () => {
    const vault = createVault(ring('a'));
    const sealed = await Promise.all(Array.from({ length: 2000 }, () => vault.seal('totp-secret', owner, 'same')));
    expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(2000);
  });

  test('under an older key open while it is in the ring, and count as stale', async () => {
    const old = ring('old');
    const sealed = await createVault(old).seal('totp-secret', owner, 'x');
    const next = createVault(ring('new', old.keys));
    expect(await next.open('totp-secret', owner, sealed)).toBe('x');
    expect(next.isStale(sealed)).toBe(true);
    expect(next.isStale(await next.seal('totp-secret', owner, 'x'))).toBe(false);
  });

  test('a pepper comes off again, for its owner alone', async () => {
    const pepper = createPepper(ring('p'));
    const hash = new Uint8Array(nodeRandomBytes(32));
    const peppered = await pepper.add('p', owner, hash);
    expect(await pepper.remove('p', owner, peppered)).toEqual(hash);
    expect(await pepper.add('p', { ...owner, userId: 'eve' }, hash)).not.toBe(peppered);
    await expect(pepper.add('q', owner, hash)).rejects.toThrow('no pepper');
  });
});

test('a semaphore lets so many work at once and no more, and goes on after a failure', async () => {
  const turn = createSemaphore(2);
  let running = 0;
  let most = 0;
  const work = (index: number) =>
    turn(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (index % 3 === 0) throw new Error('failed');
      return index;
    });
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => work(index)));
  expect(most).toBe(2);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});
