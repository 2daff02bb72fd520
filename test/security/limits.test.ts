/**
 * Threat: somebody who knows the first factor guesses the second, by patience, by many sessions, by making the server fail
 * at the right moment, or by a door that forgot to count. S-08, S-10 to S-13.
 */

import { memoryStore } from 'mfa-kit/server/memory';
import { describe, expect, test } from 'vitest';
import type { Store, StoreTransaction } from '../../src/server/store/Store.js';
import { Person, read } from '../support/person.js';
import { baseUrl, startTestServer, type TestServer } from '../support/server.js';
import { wrongCode } from '../support/totp.js';

const TOTP = '/users/mfa/auth/totp';
const RECOVERY = '/users/mfa/auth/recovery';
const NO_CODE = 'ABCD-EFGH-JKMN-PQRS';

interface Document {
  paths: Record<
    string,
    Record<string, { requestBody?: { content: { 'application/json': { schema: { properties?: object } } } } }>
  >;
}

const startWith = async (changes = {}): Promise<{ server: TestServer; ada: Person }> => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrol();
  return { server, ada };
};

const keepSignedIn = async (ada: Person) => {
  ada.token = '';
  await ada.signIn();
};

describe('S-08 every route that takes a code is limited', () => {
  test('whatever the API document lists with a code in its body', async () => {
    const { server } = await startWith();
    const document = (await (await server.mfa.fetch(new Request(`${baseUrl}/openapi.json`))).json()) as Document;
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => {
        const fields = Object.keys(requestBody?.content['application/json'].schema.properties ?? {});
        const isCode = fields.some((field) => /code|token|otp/i.test(field) && !/MfaToken|Acknowledgement/.test(field));
        return isCode ? [{ method: method.toUpperCase(), path: path.replace(/^.*\{environmentId\}/, '') }] : [];
      }),
    );
    expect(routes.length).toBeGreaterThanOrEqual(4);
    for (const { method, path } of routes) {
      const ada = new Person(server);
      await ada.enrol();
      const sent = await ada.send('POST', '/emailVerifications/create', { email: ada.email });
      const fields = { type: 'totp', verificationUUID: sent.body.verificationUUID };
      const codes: (string | undefined)[] = [];
      for (let index = 0; index < 7; index += 1) {
        const guess = path.includes('recovery') ? NO_CODE : wrongCode(ada.secret, server.clock(), index);
        codes.push(
          (await ada.send(method, path, { ...fields, code: guess, verificationToken: `x${guess}` })).body.code,
        );
      }
      const isEmail = path.includes('emailVerifications');
      const [wrong, limited] = isEmail
        ? ['wrong_email_verification_token', 'too_many_email_verification_attempts']
        : ['mfa_invalid_code', 'mfa_rate_limited'];
      expect([path, ...codes]).toEqual([path, wrong, wrong, wrong, wrong, wrong, limited, limited]);
    }
  });

  test('the wrong code that begins a wait says how long it is, and the next one waits', async () => {
    const server = await startTestServer();
    const ada = await startPerson(server);
    const waits: (string | null)[] = [];
    for (let index = 0; index < 6; index += 1) {
      const code = wrongCode(ada.secret, server.clock(), index);
      waits.push((await ada.send('POST', TOTP, { code })).headers.get('retry-after'));
    }
    expect(waits).toEqual([null, null, null, null, '30', '30']);
  });

  test('one address that fails a hundred times, over any number of people, is refused for a while', async () => {
    const server = await startTestServer();
    const people = await Promise.all(Array.from({ length: 21 }, () => startPerson(server)));
    const answers: (string | undefined)[] = [];
    for (const ada of people) {
      for (let index = 0; index < 5; index += 1) {
        const code = wrongCode(ada.secret, server.clock(), index);
        answers.push((await ada.send('POST', TOTP, { code }, { from: '203.0.113.9' })).body.code);
      }
    }
    expect(answers.indexOf('too_many_requests')).toBe(100);
    const [one] = people.slice(-1);
    const refused = await one?.send('POST', TOTP, { code: '000000' }, { from: '203.0.113.9' });
    expect(refused?.headers.get('retry-after')).toBe('600');
    // Others are not held up by it.
    expect((await one?.send('POST', TOTP, { code: one.code(1) }, { from: '203.0.113.10' }))?.status).toBe(200);
  });

  test('a /64 counts as one address', async () => {
    const server = await startTestServer();
    const people = await Promise.all(Array.from({ length: 21 }, () => startPerson(server)));
    let last: string | undefined;
    for (const [index, ada] of people.entries()) {
      for (let guess = 0; guess < 5; guess += 1) {
        const from = `2001:db8:1:2:${index.toString(16)}:${guess}::1`;
        last = (await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), guess) }, { from })).body
          .code;
      }
    }
    expect(last).toBe('too_many_requests');
  });
});

const startPerson = async (server: TestServer): Promise<Person> => {
  const ada = new Person(server);
  await ada.enrol();
  return ada;
};

describe('S-10 a server that fails gives no guess away', () => {
  /** A store whose transactions fail while `isDown`, after doing their work: the worst moment. */
  const breakable = () => {
    const store = memoryStore();
    const state = { isDown: false, failures: 0 };
    const broken: Store = {
      ...store,
      transaction: <T>(work: (tx: StoreTransaction) => Promise<T>) =>
        store.transaction(async (tx) => {
          const result = await work(tx);
          if (state.isDown || state.failures > 0) {
            state.failures -= 1;
            throw new Error('disk full at SELECT secret FROM totp_device');
          }
          return result;
        }),
    };
    return { broken, state };
  };

  test('wrong codes stay counted when the database fails after they were looked at', async () => {
    const { broken, state } = breakable();
    const { server, ada } = await startWith({ store: broken });
    state.isDown = true;
    for (let index = 0; index < 5; index += 1) {
      const answer = await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), index) });
      expect(answer.status).toBe(500);
      expect(JSON.stringify(answer.body)).not.toMatch(/disk|SELECT|at .*\.ts/);
      expect(answer.body.payload?.requestId).toBe(answer.headers.get('x-dyn-request-id'));
    }
    expect((await ada.send('POST', TOTP, { code: ada.code(1) })).status).toBe(429);
  });

  test('also when the database is back in time to give the guess away', async () => {
    const { broken, state } = breakable();
    const { server, ada } = await startWith({ store: broken });
    for (let index = 0; index < 5; index += 1) {
      state.failures = 1;
      await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), index) });
    }
    state.failures = 0;
    expect((await ada.send('POST', TOTP, { code: ada.code(1) })).status).toBe(429);
  });

  test('a good code that the database lost costs nothing and stays good', async () => {
    const { broken, state } = breakable();
    const { server, ada } = await startWith({ store: broken });
    server.clock.advance(30_000);
    state.isDown = true;
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(500);
    state.isDown = false;
    expect((await ada.send('POST', TOTP, { code: '000000' })).body.payload?.attemptsLeft).toBe(3);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(200);
  });

  test('a busy store is answered with 503 and Retry-After, and no try is spent', async () => {
    const store = memoryStore();
    const { StoreBusyError } = await import('../../src/server/store/Store.js');
    const state = { busyFor: 0 };
    const busy: Store = {
      ...store,
      transaction: <T>(work: (tx: StoreTransaction) => Promise<T>) => {
        if (state.busyFor === 0) return store.transaction(work);
        state.busyFor -= 1;
        return Promise.reject(new StoreBusyError('no writer slot'));
      },
    };
    const { server, ada } = await startWith({ store: busy });
    server.clock.advance(30_000);
    state.busyFor = 1;
    const answer = await ada.send('POST', TOTP, { code: ada.code() });
    expect(answer).toMatchObject({ status: 503, body: { code: 'temporarily_unavailable' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ada.send('POST', TOTP, { code: '000000' })).body.payload?.attemptsLeft).toBe(4);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(200);
  });

  test('a sealed secret that cannot be opened is our failure: no success, no try spent', async () => {
    const store = memoryStore();
    const state = { isDamaged: false };
    const damaged: Store = {
      ...store,
      listTotpDevices: async (userId) =>
        (await store.listTotpDevices(userId)).map((device) =>
          state.isDamaged ? { ...device, secret: `${device.secret.slice(0, -3)}AAA` } : device,
        ),
    };
    const { server, ada } = await startWith({ store: damaged });
    server.clock.advance(30_000);
    state.isDamaged = true;
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(503);
    state.isDamaged = false;
    expect((await ada.send('POST', TOTP, { code: '000000' })).body.payload?.attemptsLeft).toBe(4);
  });
});

describe('S-11 what a success forgives', () => {
  test('signing in with the first factor forgives nothing', async () => {
    const { server, ada } = await startWith();
    for (let index = 0; index < 4; index += 1)
      await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), index) });
    await keepSignedIn(ada);
    expect(
      (await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock()) })).body.payload,
    ).toBeUndefined();
    expect((await ada.send('POST', TOTP, { code: ada.code(1) })).status).toBe(429);
  });

  test('an authenticator app forgives its own failures and not those of recovery codes', async () => {
    const { server, ada } = await startWith();
    for (let index = 0; index < 3; index += 1)
      await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), index) });
    for (let index = 0; index < 3; index += 1) await ada.send('POST', RECOVERY, { code: NO_CODE });
    expect((await ada.authenticate()).status).toBe(200);
    expect((await ada.send('POST', RECOVERY, { code: NO_CODE })).body.payload?.attemptsLeft).toBe(1);
    const after = await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock()) });
    expect(after.body.payload?.attemptsLeft).toBe(4);
  });

  test('three hundred failures in thirty days suspend, however many successes lie between', async () => {
    const { server, ada } = await startWith();
    let failures = 0;
    for (let hour = 0; failures < 300; hour += 1) {
      server.clock.advance(1_800_000);
      await keepSignedIn(ada);
      for (let index = 0; index < 4 && failures < 300; index += 1) {
        await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), index) });
        failures += 1;
      }
      if (failures < 300) expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(200);
    }
    expect((await ada.send('POST', TOTP, { code: ada.code() })).body.code).toBe('mfa_factor_suspended');
  });
});

describe('S-12 growing waits, and an end to them', () => {
  const suspend = async (server: TestServer, ada: Person): Promise<number[]> => {
    const waits: number[] = [];
    for (let failure = 1; failure <= 50; failure += 1) {
      await keepSignedIn(ada);
      const answer = await ada.send('POST', TOTP, { code: wrongCode(ada.secret, server.clock(), failure) });
      expect(answer.body.code).toBe('mfa_invalid_code');
      const next = await ada.send('GET', '/users/mfa/methods');
      const { lockedUntil } = next.body.factors?.totp ?? {};
      const wait = lockedUntil ? lockedUntil - server.clock() : 0;
      waits.push(wait / 1000);
      server.clock.advance(wait);
    }
    return waits;
  };

  test('waits grow as documented and the fiftieth failure suspends the factor, with a word to its owner', async () => {
    const { server, ada } = await startWith();
    const waits = await suspend(server, ada);
    expect(waits.slice(0, 13)).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    await keepSignedIn(ada);
    const refused = await ada.send('POST', TOTP, { code: ada.code() });
    expect(refused).toMatchObject({ status: 403, body: { code: 'mfa_factor_suspended' } });
    expect(refused.headers.get('retry-after')).toBeNull();
    server.clock.advance(29 * 24 * 3_600_000);
    await keepSignedIn(ada);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).body.code).toBe('mfa_factor_suspended');
    expect((await ada.send('GET', '/users/mfa/methods')).body.factors?.totp).toEqual({
      lockedUntil: null,
      isSuspended: true,
    });
    const told = server.notifications.map(({ type }) => type);
    expect(told.filter((type) => type === 'guessing_suspected')).toHaveLength(1);
    expect(told.filter((type) => type === 'factor_suspended')).toHaveLength(1);
  });

  test('a recovery code still works then, and passing it brings the other factor back', async () => {
    const { server, ada } = await startWith();
    await suspend(server, ada);
    await keepSignedIn(ada);
    expect((await ada.send('POST', RECOVERY, { code: ada.codes[0] })).status).toBe(200);
    expect((await ada.authenticate()).status).toBe(200);
    const audit = await server.mfa.admin.listAudit((await ada.send('GET', '/users')).body.id ?? '');
    const events = audit.map(({ event }) => event);
    expect(events).toContain('factor_suspended');
    expect(events).toContain('factor_unsuspended');
  });

  test('an operator can lift a suspension, once', async () => {
    const { server, ada } = await startWith();
    await suspend(server, ada);
    await keepSignedIn(ada);
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    expect(await server.mfa.admin.liftSuspension(userId, 'totp')).toBe(true);
    expect(await server.mfa.admin.liftSuspension(userId, 'totp')).toBe(false);
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(200);
  });
});

test('S-13 ten thousand requests of an outsider change no counter and lock nobody out', async () => {
  const { server, ada } = await startWith();
  const routes = [TOTP, RECOVERY, '/users/mfa/register/totp'];
  const tokens = [undefined, 'x', 'a.b.c', ada.token.slice(0, -4), `${ada.token}x`];
  for (let index = 0; index < 10_000; index += 1) {
    const token = tokens[index % tokens.length];
    const path = routes[index % routes.length] ?? TOTP;
    const answer = await read(
      await server.request('POST', path, {
        ...(token !== undefined && { token }),
        body: { type: 'totp', code: '000000' },
      }),
    );
    expect(answer.status).toBe(401);
  }
  await ada.signIn();
  expect((await ada.send('GET', '/users/mfa/methods')).body.factors).toEqual({
    totp: { lockedUntil: null, isSuspended: false },
    recovery: { lockedUntil: null, isSuspended: false, left: 10 },
  });
  expect((await ada.authenticate()).status).toBe(200);
});
