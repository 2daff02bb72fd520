/**
 * Threat: a passkey counts for more than the policy says, or a session that should not adds one, keeps what it had, or
 * goes on under the factors as they were. S-12, S-26, S-28, S-33, S-37, D9.
 */
import { describe, expect, test } from 'vitest';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { Person } from '../support/person.js';
import { origin, startTestServer } from '../support/server.js';
import { randomHandle, SoftAuthenticator } from '../support/softAuthenticator.js';

const REGISTER = '/users/passkeys/register';
const SIGN_IN = '/users/passkeys/signin';
const stale = 301_000;

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrolPasskey();
  return { server, ada };
};

const begin = async (person: Person, options = {}) => {
  const answer = await person.send('GET', REGISTER, undefined, options);
  return {
    answer,
    made: () => new SoftAuthenticator({ origin }).register(answer.body as unknown as PasskeyRegistrationOptions),
  };
};

describe('what the authenticator has to show', () => {
  const outcomes: Record<'required' | 'preferred', Record<'with' | 'without', unknown[]>> = {
    required: {
      with: [200, 200, 200],
      without: [
        'passkey_user_verification_required',
        'passkey_user_verification_required',
        'passkey_user_verification_required',
      ],
    },
    preferred: { with: [200, 200, 200], without: [200, 200, 'passkey_user_verification_required'] },
  };
  for (const userVerification of ['required', 'preferred'] as const) {
    test.each(['with', 'without'] as const)(
      `${userVerification}: %s user verification, to enrol, to prove, to sign in`,
      async (shown) => {
        const { server, ada } = await start();
        await server.mfa.admin.updatePolicy({ passkeys: { userVerification } });
        const uv = shown === 'with';
        const answers = [
          await ada.makePasskey({}, { uv }, new SoftAuthenticator({ origin })),
          await ada.usePasskey({}, { uv }),
          await ada.signInWithPasskey({}, { uv }),
        ];
        expect(answers.map(({ status, body }) => body.code ?? status)).toEqual(outcomes[userVerification][shown]);
      },
    );
  }

  test('is asked of the browser as the policy has it, and always in full where somebody signs in', async () => {
    const { ada } = await start({ policy: { passkeys: { userVerification: 'preferred' } } });
    const asked = async (path: string) => (await ada.send('GET', path)).body;
    expect((await asked(REGISTER)).authenticatorSelection?.userVerification).toBe('preferred');
    expect((await asked('/users/passkeys/authenticate')).userVerification).toBe('preferred');
    expect((await asked(SIGN_IN)).userVerification).toBe('required');
  });
});

describe('S-33 signing in with a passkey', () => {
  test.each(['none', 'action', 'signup'] as const)(
    'counts for both factors, where enrolment is %s',
    async (enrollment) => {
      const { server, ada } = await start({ policy: { enrollment } });
      const { body } = await ada.signInWithPasskey({ createMfaToken: { singleUse: true } });
      expect(body.user?.scope).toBe('user:basic');
      expect(body.mfaToken).toMatch(/^mfa_/);
      const claims = JSON.parse(Buffer.from(ada.token.split('.')[1] ?? '', 'base64url').toString()) as object;
      expect(claims).toMatchObject({
        acr: 'phr',
        amr: ['swk', 'user', 'mfa'],
        auth_time: Math.floor(server.clock() / 1000),
      });
      // A factor proven just now: enough to change factors with.
      expect((await ada.makePasskey({}, {}, new SoftAuthenticator({ origin }))).status).toBe(200);
    },
  );

  test('counts for the first alone where the policy says so', async () => {
    const { ada } = await start({ policy: { passkeys: { signIn: 'first_factor' } } });
    const { body } = await ada.signInWithPasskey({ createMfaToken: { singleUse: true } });
    expect(body.user?.scope).toBe('requiresAdditionalAuth');
    expect(body.mfaToken).toBeUndefined();
    expect((await ada.makePasskey({}, {}, new SoftAuthenticator({ origin }))).body.code).toBe('insufficient_scope');
    expect((await ada.usePasskey()).body.user?.scope).toBe('user:basic');
  });

  test('wants the user handle of its owner; an unknown passkey is told as one', async () => {
    const { server, ada } = await start();
    const bob = new Person(server);
    await bob.enrolPasskey();
    expect((await ada.signInWithPasskey({}, { userHandle: null })).body.code).toBe('passkey_invalid');
    const handle = bob.authenticator.credentials[0]?.userHandle ?? '';
    expect((await ada.signInWithPasskey({}, { userHandle: handle })).body.code).toBe('passkey_invalid');
    const unknown = await ada.signInWithPasskey({}, { id: randomHandle() });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'passkey_not_found' } });
    expect(unknown.body.minifiedJwt).toBeUndefined();
  });

  test('a copy signs nobody in', async () => {
    const { server, ada } = await start();
    await ada.usePasskey({}, { counter: 9 });
    expect((await ada.signInWithPasskey({}, { counter: 9 })).body.code).toBe('passkey_clone_suspected');
    expect(server.notifications.at(-1)).toMatchObject({ type: 'passkey_clone_suspected', email: ada.email });
  });

  test('a hundred bad answers from one address close the door there, and nowhere else', async () => {
    const { ada } = await start();
    const guess = () => ada.authenticator.authenticate({ challenge: randomHandle(), rpId: 'app.test' });
    const from = '198.51.100.7';
    for (let index = 0; index < 100; index += 1) {
      expect((await ada.send('POST', SIGN_IN, guess(), { from })).body.code).toBe('passkey_challenge_expired');
    }
    expect((await ada.send('POST', SIGN_IN, guess(), { from })).body.code).toBe('too_many_requests');
    expect((await ada.signInWithPasskey()).status).toBe(200);
  });

  test('challenges are given to one address three hundred times in ten minutes', async () => {
    const { server } = await start();
    const ask = (from: string) => server.request('GET', SIGN_IN, { from });
    for (let index = 0; index < 300; index += 1) expect((await ask('198.51.100.8')).status).toBe(200);
    const refused = await ask('198.51.100.8');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('198.51.100.9')).status).toBe(200);
    server.clock.advance(600_000);
    expect((await ask('198.51.100.8')).status).toBe(200);
  });
});

describe('S-26 adding a passkey', () => {
  test('a stale session is told before the browser asks anybody for a touch, with what would satisfy', async () => {
    const { server, ada } = await start();
    server.clock.advance(stale);
    const { answer } = await begin(ada);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'elevated_access_token_required', payload: { satisfiedBy: ['passkey', 'recovery'] } },
    });
  });

  test('what was begun with a fresh proof may be finished while its challenge lives', async () => {
    const { server, ada } = await start();
    server.clock.advance(290_000);
    const { made } = await begin(ada);
    server.clock.advance(200_000);
    expect((await ada.send('POST', REGISTER, made())).status).toBe(200);
  });

  test('a single-use token is spent by the registration and not by the options', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.makePasskey({ createMfaToken: { singleUse: true } });
    // The codes are saved late: the token that enrolment asked for is minted now, the proof is old.
    server.clock.advance(stale);
    const headers = { 'x-mfa-auth-token': (await ada.acknowledge()).body.mfaToken ?? '' };
    // Published clients bring it only with what they made: that the session has one is enough for the options.
    const { made } = await begin(ada);
    expect((await ada.send('POST', REGISTER, made())).status).toBe(403);
    const again = await begin(ada, { headers });
    expect((await ada.send('POST', REGISTER, again.made(), { headers })).status).toBe(200);
    server.clock.advance(stale);
    expect((await begin(ada)).answer.status).toBe(403);
    const spent = await begin(ada, { headers });
    expect((await ada.send('POST', REGISTER, spent.made(), { headers })).status).toBe(403);
  });

  test('a passkey enrolled meanwhile in another session leaves a waiting one to prove it', async () => {
    const server = await startTestServer({ policy: { enrollment: 'signup' }, keepOtherSessions: true });
    const [ada, other] = [new Person(server, 'ada@example.com'), new Person(server, 'ada@example.com')];
    await ada.signIn();
    await other.signIn();
    const { made } = await begin(other);
    await ada.makePasskey();
    expect((await other.send('POST', REGISTER, made())).body.code).toBe('insufficient_scope');
  });

  test('an authenticator app begun elsewhere before there was a factor cannot be confirmed afterwards', async () => {
    const server = await startTestServer({ keepOtherSessions: true });
    const [ada, mallory] = [new Person(server, 'ada@example.com'), new Person(server, 'ada@example.com')];
    await mallory.signIn();
    await mallory.beginTotp();
    await ada.signIn();
    await ada.makePasskey();
    const planted = await mallory.send('POST', '/users/mfa/auth/totp', { id: mallory.deviceId, code: mallory.code() });
    expect(planted.body.code).toBe('mfa_invalid_code');
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(0);
  });
});

describe('S-28 a passkey added or removed', () => {
  test.each(['added', 'removed'] as const)(
    '%s ends other sessions and their tokens, and is told once',
    async (change) => {
      const { server, ada } = await start();
      const other = new Person(server, ada.email);
      await other.signIn();
      const options = (await other.send('GET', '/users/passkeys/authenticate')).body as PasskeyAuthenticationOptions;
      await other.send('POST', '/users/mfa/auth/passkey', {
        ...ada.authenticator.authenticate(options),
        createMfaToken: { singleUse: false },
      });
      server.notifications.length = 0;
      const answer =
        change === 'added'
          ? await ada.makePasskey({}, {}, new SoftAuthenticator({ origin }))
          : await ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId });
      expect(answer.status).toBeLessThan(300);
      expect((await other.send('GET', '/session')).body.code).toBe('session_ended');
      expect((await ada.send('GET', '/session')).status).toBe(204);
      expect(server.notifications.map(({ type }) => type)).toEqual([`factor_${change}`]);
      const audit = await server.mfa.admin.listAudit((await ada.send('GET', '/users')).body.id ?? '');
      expect(audit.filter(({ event }) => event === 'token_revoked')).toHaveLength(1);
    },
  );
});

test.each(['a second factor', 'a sign-in'] as const)(
  'S-12 a suspended app comes back with a passkey as %s',
  async (way) => {
    const { server, ada } = await start();
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    for (let index = 0; index < 50; index += 1) {
      await server.options.store.reserveAttempt({ userId, factor: 'totp', now: server.clock() });
      server.clock.advance(3_600_000);
    }
    await ada.signIn();
    const states = async () => (await ada.send('GET', '/users/mfa/methods')).body.factors?.totp.isSuspended;
    expect(await states()).toBe(true);
    await (way === 'a sign-in' ? ada.signInWithPasskey() : ada.usePasskey());
    expect(await states()).toBe(false);
  },
);

test('S-37 a lost answer is given again, to each of the three', async () => {
  const server = await startTestServer();
  const ada = new Person(server);
  await ada.signIn();
  const twice = async (path: string, body: object, token: string | undefined) => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const send = () => server.request('POST', path, { body, headers, ...(token && { token }) });
    const [first, second] = [await send(), await send()];
    const bodies = [await first.json(), await second.json()] as {
      user: { sessionId: string };
      minifiedJwt: string;
      passkey?: object;
    }[];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(bodies[0]?.user.sessionId).toBe(bodies[1]?.user.sessionId);
    expect(bodies[0]?.passkey).toEqual(bodies[1]?.passkey);
    return bodies[1];
  };
  const options = (await ada.send('GET', REGISTER)).body as unknown as PasskeyRegistrationOptions;
  const registered = await twice(REGISTER, ada.authenticator.register(options), ada.token);
  expect(registered?.passkey).toMatchObject({ origin });
  await ada.signIn();
  const asked = async (path: string) => (await ada.send('GET', path)).body as PasskeyAuthenticationOptions;
  const proof = ada.authenticator.authenticate(await asked('/users/passkeys/authenticate'));
  await twice('/users/mfa/auth/passkey', proof, ada.token);
  await twice(SIGN_IN, ada.authenticator.authenticate(await asked(SIGN_IN)), undefined);
  expect((await server.mfa.admin.stats()).withoutFactor).toBe(0);
});
