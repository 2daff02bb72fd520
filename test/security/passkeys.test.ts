/**
 * Threat: the answer of an authenticator is taken where it does not belong: a second time, later, in another session, for
 * another purpose, for somebody else's passkey, or from a copy of it. S-27, S-40, S-41, S-44, S-45.
 */
import { describe, expect, test } from 'vitest';
import type {
  AuthenticatePasskeyRequest,
  PasskeyAuthenticationOptions,
  PasskeyRegistrationOptions,
  RegisterPasskeyRequest,
} from '../../src/wire/passkeys.js';
import { Person } from '../support/person.js';
import { origin, startTestServer } from '../support/server.js';
import { randomHandle, SoftAuthenticator } from '../support/softAuthenticator.js';

const VERIFY = '/users/mfa/auth/passkey';
const REGISTER = '/users/passkeys/register';
const SIGN_IN = '/users/passkeys/signin';
const AUTHENTICATE = '/users/passkeys/authenticate';

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrolPasskey();
  const userId = (await ada.send('GET', '/users')).body.id ?? '';
  const eventsOf = async () => (await server.mfa.admin.listAudit(userId)).map(({ event }) => event);
  return { server, ada, userId, eventsOf };
};

const optionsFor = async (person: Person, path = AUTHENTICATE): Promise<PasskeyAuthenticationOptions> =>
  (await person.send('GET', path)).body as PasskeyAuthenticationOptions;

describe('S-40 a challenge', () => {
  test('is good once: not again after a success', async () => {
    const { ada } = await start();
    const proof = ada.authenticator.authenticate(await optionsFor(ada));
    expect((await ada.send('POST', VERIFY, proof)).status).toBe(200);
    expect((await ada.send('POST', VERIFY, proof)).body.code).toBe('passkey_challenge_expired');
  });

  test('nor after a failure: the right answer to it comes too late', async () => {
    const { ada, eventsOf } = await start();
    const options = await optionsFor(ada);
    const bogus = ada.authenticator.authenticate(options, { signature: (right) => Buffer.alloc(right.length) });
    expect(await ada.send('POST', VERIFY, bogus)).toMatchObject({ status: 422, body: { code: 'passkey_invalid' } });
    const good = ada.authenticator.authenticate(options);
    expect((await ada.send('POST', VERIFY, good)).body.code).toBe('passkey_challenge_expired');
    expect((await eventsOf()).filter((event) => event === 'passkey_fail')).toHaveLength(1);
    expect((await ada.usePasskey()).status).toBe(200);
  });

  test.each([
    [299_000, 200],
    [301_000, 422],
  ])('lives for 300 s: after %i ms the answer is %i', async (later, status) => {
    const { server, ada } = await start();
    const proof = ada.authenticator.authenticate(await optionsFor(ada));
    server.clock.advance(later);
    expect((await ada.send('POST', VERIFY, proof)).status).toBe(status);
  });

  test('belongs to the session that asked for it, and nobody else can use it up', async () => {
    const { server, ada } = await start();
    const other = new Person(server, ada.email);
    await other.signIn();
    const bob = new Person(server);
    await bob.enrolPasskey();
    const proof = ada.authenticator.authenticate(await optionsFor(ada));
    for (const stranger of [other, bob]) {
      expect((await stranger.send('POST', VERIFY, proof)).body.code).toBe('passkey_challenge_expired');
    }
    expect((await ada.send('POST', VERIFY, proof)).status).toBe(200);
  });

  test('belongs to its purpose', async () => {
    const { ada } = await start();
    const answers: [string, string][] = [
      [SIGN_IN, VERIFY],
      [REGISTER, VERIFY],
      [AUTHENTICATE, SIGN_IN],
      [REGISTER, SIGN_IN],
    ];
    for (const [asked, sent] of answers) {
      const { challenge } = await optionsFor(ada, asked);
      const proof = ada.authenticator.authenticate(await optionsFor(ada), { challenge });
      expect((await ada.send('POST', sent, proof)).body.code).toBe('passkey_challenge_expired');
    }
    for (const asked of [SIGN_IN, AUTHENTICATE]) {
      const { challenge } = await optionsFor(ada, asked);
      const options = (await ada.send('GET', REGISTER)).body as unknown as PasskeyRegistrationOptions;
      const made = new SoftAuthenticator({ origin }).register(options, { challenge });
      expect((await ada.send('POST', REGISTER, made)).body.code).toBe('passkey_challenge_expired');
    }
  });

  test('keeps what it was made with: a request cannot ask for less than the policy', async () => {
    const { ada } = await start();
    const wish = { userVerification: 'discouraged' };
    const options = await optionsFor(ada, `${AUTHENTICATE}?userVerification=discouraged`);
    expect(options.userVerification).toBe('required');
    const proof = {
      ...ada.authenticator.authenticate(options, { uv: false }),
      ...wish,
      requiresUserVerification: false,
    };
    expect((await ada.send('POST', VERIFY, proof)).body.code).toBe('passkey_user_verification_required');
  });

  test('S-45 is one of five of its session: the sixth drops the oldest', async () => {
    const { server, ada } = await start();
    const asked: PasskeyAuthenticationOptions[] = [];
    for (let index = 0; index < 6; index += 1) {
      asked.push(await optionsFor(ada));
      server.clock.advance(1000);
    }
    const codes: unknown[] = [];
    for (const options of asked) {
      const answer = await ada.send('POST', VERIFY, ada.authenticator.authenticate(options));
      codes.push(answer.body.code ?? answer.status);
    }
    expect(codes).toEqual(['passkey_challenge_expired', 200, 200, 200, 200, 200]);
  });
});

describe('whose passkey it is', () => {
  test('S-27 another user’s is as unknown as one that never was', async () => {
    const { server, ada, eventsOf } = await start();
    const bob = new Person(server);
    await bob.enrolPasskey();
    const changes: [string, (id: string) => object][] = [
      ['PUT', (id) => ({ id, alias: 'mine' })],
      ['DELETE', (passkeyId) => ({ passkeyId })],
    ];
    for (const [method, body] of changes) {
      const foreign = await bob.send(method, '/users/passkeys', body(ada.passkeyId));
      const unknown = await bob.send(method, '/users/passkeys', body(crypto.randomUUID()));
      expect(foreign).toMatchObject({ status: 404, body: unknown.body });
    }
    const before = await eventsOf();
    const { challenge } = await optionsFor(bob);
    const foreign = await bob.send(
      'POST',
      VERIFY,
      ada.authenticator.authenticate(await optionsFor(ada), { challenge }),
    );
    const unknown = await bob.usePasskey({}, { id: randomHandle() });
    expect(foreign).toMatchObject({ status: 404, body: unknown.body });
    expect(await eventsOf()).toEqual(before);
    expect((await ada.send('GET', '/users/passkeys')).body.passkeys).toMatchObject([{ id: ada.passkeyId }]);
    expect((await ada.usePasskey()).status).toBe(200);
  });

  test('a user handle that is not the owner’s is refused', async () => {
    const { ada } = await start();
    expect((await ada.usePasskey({}, { userHandle: randomHandle() })).body.code).toBe('passkey_invalid');
    expect((await ada.usePasskey({}, { userHandle: null })).status).toBe(200);
  });

  test('one that was removed proves nobody, also when it was asked for before', async () => {
    const { ada } = await start();
    const options = await optionsFor(ada);
    await ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId });
    const answer = await ada.send('POST', VERIFY, ada.authenticator.authenticate(options));
    expect(answer.body.code).toBe('passkey_not_found');
  });
});

/** What was made, under the id of another credential: nothing signs it. */
const renamed = (made: RegisterPasskeyRequest, id: string): RegisterPasskeyRequest => {
  const bytes = Buffer.from(made.response.attestationObject, 'base64url');
  bytes.set(Buffer.from(id, 'base64url'), bytes.indexOf(Buffer.from(made.id, 'base64url')));
  return { ...made, id, rawId: id, response: { ...made.response, attestationObject: bytes.toString('base64url') } };
};

describe('S-44 a credential id', () => {
  test('that is registered already is refused, whoever asks, and stays its owner’s', async () => {
    const { server, ada } = await start();
    const [own] = (await ada.send('GET', '/users/passkeys')).body.passkeys ?? [];
    const bob = new Person(server);
    await bob.signIn();
    for (const person of [bob, ada]) {
      const options = (await person.send('GET', REGISTER)).body as unknown as PasskeyRegistrationOptions;
      const made = renamed(new SoftAuthenticator({ origin }).register(options), own?.credentialId ?? '');
      const refused = await person.send('POST', REGISTER, made);
      expect(refused).toMatchObject({ status: 409, body: { code: 'passkey_already_registered' } });
    }
    expect((await bob.send('GET', '/users/passkeys')).body.count).toBe(0);
    expect((await bob.send('GET', '/users')).body.mfaBackupCodeAcknowledgement).toBeNull();
    expect((await ada.send('GET', '/users/passkeys')).body.passkeys).toEqual([own]);
    expect((await ada.usePasskey()).status).toBe(200);
  });

  test('registered by a hundred people at once becomes one passkey', async () => {
    const { server } = await start();
    const id = randomHandle();
    const people = Array.from({ length: 100 }, () => new Person(server));
    const made: RegisterPasskeyRequest[] = [];
    for (const person of people) {
      await person.signIn();
      const options = (await person.send('GET', REGISTER)).body as unknown as PasskeyRegistrationOptions;
      made.push(renamed(person.authenticator.register(options), id));
    }
    const answers = await Promise.all(people.map((person, index) => person.send('POST', REGISTER, made[index])));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'passkey_already_registered')).toHaveLength(99);
  });

  test('S-45 an eleventh passkey is refused, before and after the browser made it', async () => {
    const { ada } = await start();
    const options = (await ada.send('GET', REGISTER)).body as unknown as PasskeyRegistrationOptions;
    for (let index = 0; index < 9; index += 1) {
      expect((await ada.makePasskey({}, {}, new SoftAuthenticator({ origin }))).status).toBe(200);
    }
    const late = new SoftAuthenticator({ origin }).register(options);
    const full = { status: 422, body: { code: 'max_passkeys_per_user' } };
    expect(await ada.send('POST', REGISTER, late)).toMatchObject(full);
    expect(await ada.send('GET', REGISTER)).toMatchObject(full);
    expect((await ada.send('GET', '/users/passkeys')).body.count).toBe(10);
  });
});

describe('S-41 the counter', () => {
  const withCounter = async (counter: number) => {
    const world = await start();
    world.server.notifications.length = 0;
    expect((await world.ada.usePasskey({}, { counter })).status).toBe(200);
    return world;
  };

  test.each([5, 4, 0])(
    'stored 5, %i is taken for a copy: refused, kept in the log, and its owner hears of it',
    async (counter) => {
      const { server, ada, eventsOf, userId } = await withCounter(5);
      await ada.signIn();
      const refused = await ada.usePasskey({ createMfaToken: { singleUse: true } }, { counter });
      expect(refused).toMatchObject({ status: 422, body: { code: 'passkey_clone_suspected' } });
      expect(refused.body.minifiedJwt).toBeUndefined();
      expect((await ada.send('GET', '/users')).body.scope).toBe('requiresAdditionalAuth');
      expect((await eventsOf()).at(-1)).toBe('passkey_clone_suspected');
      expect(server.notifications).toMatchObject([{ type: 'passkey_clone_suspected', userId, email: ada.email }]);
      expect((await ada.usePasskey({}, { counter: 6 })).status).toBe(200);
      expect((await ada.usePasskey({}, { counter: 6 })).body.code).toBe('passkey_clone_suspected');
    },
  );

  test('of an authenticator that keeps none stays at zero, and that is well', async () => {
    const { ada } = await withCounter(0);
    for (let index = 0; index < 20; index += 1) expect((await ada.usePasskey({}, { counter: 0 })).status).toBe(200);
  });

  test('never falls, whatever order a hundred answers arrive in', async () => {
    const { server, ada, userId } = await withCounter(1);
    const proofs: { token: string; proof: AuthenticatePasskeyRequest }[] = [];
    for (let index = 0; index < 100; index += 1) {
      const tab = new Person(server, ada.email);
      await tab.signIn();
      const proof = ada.authenticator.authenticate(await optionsFor(tab), { counter: 2 + ((index * 37) % 100) });
      proofs.push({ token: tab.token, proof });
    }
    await Promise.all(proofs.map(({ token, proof }) => server.request('POST', VERIFY, { token, body: proof })));
    expect(await server.options.store.listPasskeys(userId)).toMatchObject([{ signCount: 101 }]);
  });
});

test('a passkey is never locked: after sixty bad answers the good one is good', async () => {
  const { ada, eventsOf } = await start();
  for (let index = 0; index < 60; index += 1) {
    expect((await ada.usePasskey({}, { signature: () => Buffer.alloc(64) })).body.code).toBe('passkey_invalid');
  }
  expect((await eventsOf()).filter((event) => event === 'passkey_fail')).toHaveLength(60);
  expect((await ada.usePasskey()).status).toBe(200);
});
