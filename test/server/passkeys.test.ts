/** Passkeys over the wire: enrolled, used, named, removed, and beside an authenticator app in every combination. */
import { describe, expect, test } from 'vitest';
import type { PasskeyAuthenticationOptions, PasskeyRegistrationOptions } from '../../src/wire/passkeys.js';
import { Person } from '../support/person.js';
import { origin, startTestServer, type TestServer } from '../support/server.js';
import { SoftAuthenticator } from '../support/softAuthenticator.js';

const anotherDevice = () => new SoftAuthenticator({ origin });

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const server = await startTestServer(changes);
  return { server, ada: new Person(server) };
};

describe('the options for making one', () => {
  test('ask for what security.md says, and name the user by a handle that says nothing', async () => {
    const { ada } = await start();
    await ada.signIn();
    const { body } = await ada.send('GET', '/users/passkeys/register');
    expect(body).toMatchObject({
      rp: { id: 'app.test', name: 'Harbor Test' },
      user: { name: ada.email, displayName: ada.email },
      attestation: 'none',
      timeout: 300_000,
      authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      excludeCredentials: [],
    });
    expect(body.pubKeyCredParams?.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
    expect(Buffer.from(body.challenge ?? '', 'base64url')).toHaveLength(32);
    const handle = body.user?.id ?? '';
    expect(Buffer.from(handle, 'base64url')).toHaveLength(32);
    const again = await ada.send('GET', '/users/passkeys/register');
    expect(again.body.challenge).not.toBe(body.challenge);
    expect(again.body.user?.id).toBe(handle);
  });

  test('leave out what is there already', async () => {
    const { ada } = await start();
    await ada.enrolPasskey();
    const { body } = await ada.send('GET', '/users/passkeys/register');
    const [passkey] = (await ada.send('GET', '/users/passkeys')).body.passkeys ?? [];
    expect(body.excludeCredentials).toEqual([
      { id: passkey?.credentialId, type: 'public-key', transports: ['internal', 'hybrid'] },
    ]);
  });

  test('are for a related domain where the request names one, and for no other', async () => {
    const { ada } = await start({ passkeys: { relatedRpIds: ['app.example'] } });
    await ada.signIn();
    const asked = (path: string, rpId: string) => ada.send('GET', `${path}?relatedOriginRpId=${rpId}`);
    expect((await asked('/users/passkeys/register', 'app.example')).body.rp?.id).toBe('app.example');
    expect((await asked('/users/passkeys/signin', 'app.example')).body.rpId).toBe('app.example');
    for (const rpId of ['evil.example', 'app.test', 'sub.app.example', '']) {
      for (const path of ['/users/passkeys/register', '/users/passkeys/signin', '/users/passkeys/authenticate']) {
        expect(await asked(path, rpId)).toMatchObject({
          status: 400,
          body: { code: 'invalid_request', payload: { field: 'relatedOriginRpId' } },
        });
      }
    }
  });
});

describe('enrolling one', () => {
  test('where a factor is demanded lets the session go on, brings recovery codes, and the token once they are saved', async () => {
    const { server, ada } = await start({ policy: { enrollment: 'signup' } });
    expect((await ada.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    const waiting = ada.token;
    const { body } = await ada.makePasskey(
      { createMfaToken: { singleUse: true } },
      { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4' },
    );
    expect(body).toMatchObject({
      user: { scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' },
      passkey: { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', isSynced: true, origin },
    });
    expect(body.mfaToken).toBeUndefined();
    expect(body.passkey?.alias).toBeUndefined();
    expect((await server.request('GET', '/session', { token: waiting })).status).toBe(401);
    expect((await ada.send('GET', '/users/mfa/recovery')).body.recoveryCodes).toHaveLength(10);
    expect((await ada.acknowledge()).body.mfaToken).toMatch(/^mfa_/);
    expect(server.notifications.map(({ type }) => type)).toEqual(['factor_added']);
  });

  test('is a proof that cannot be phished, and says so in the access token', async () => {
    const { ada } = await start();
    await ada.signIn();
    const claims = () => JSON.parse(Buffer.from(ada.token.split('.')[1] ?? '', 'base64url').toString()) as object;
    await ada.makePasskey();
    expect(claims()).toMatchObject({ acr: 'phr', amr: ['otp', 'swk', 'user', 'mfa'] });
    await ada.makePasskey({}, { be: false }, anotherDevice());
    expect(claims()).toMatchObject({ acr: 'phr', amr: ['otp', 'swk', 'user', 'mfa', 'hwk'] });
  });

  test('in the older form of the wire', async () => {
    const { ada } = await start();
    await ada.signIn();
    const begun = await ada.send('GET', '/users/mfa/register/passkey');
    expect(begun.body).toMatchObject({ type: 'passkey', registration: { rp: { id: 'app.test' } } });
    if (!begun.body.registration) throw new Error('there are no options');
    const attestation = ada.authenticator.register(begun.body.registration);
    const done = await ada.send('POST', '/users/mfa/register/passkey', { id: begun.body.id, attestation });
    expect(done).toMatchObject({ status: 200, body: { user: { mfaBackupCodeAcknowledgement: 'pending' } } });
    expect((await ada.usePasskey()).status).toBe(200);
  });

  test('with either spelling of the client data; with neither it is refused', async () => {
    const { ada } = await start();
    await ada.signIn();
    expect((await ada.makePasskey({}, { spelling: 'clientDataJson' })).status).toBe(200);
    expect((await ada.usePasskey({}, { spelling: 'clientDataJson' })).status).toBe(200);
    const without = await ada.usePasskey({ response: { authenticatorData: 'AA', signature: 'AA' } });
    expect(without.body.code).toBe('passkey_invalid');
  });

  test('is off where the policy says so; one that is there is still asked for', async () => {
    const { server, ada } = await start();
    await ada.enrolPasskey();
    await server.mfa.admin.updatePolicy({ methods: [{ type: 'passkey', enabled: false }] });
    expect((await ada.makePasskey({}, {}, anotherDevice())).body.code).toBe('mfa_method_disabled');
    expect((await ada.signInWithPasskey()).body.code).toBe('mfa_method_disabled');
    expect((await ada.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    expect((await ada.usePasskey()).body.user?.scope).toBe('user:basic');
  });

  test('switched off while the browser asks, it is not enrolled any more, and signs nobody in', async () => {
    const { server, ada } = await start();
    await ada.enrolPasskey();
    const wanted = (await ada.send('GET', '/users/passkeys/register')).body as unknown as PasskeyRegistrationOptions;
    const asked = (await ada.send('GET', '/users/passkeys/signin')).body as PasskeyAuthenticationOptions;
    await server.mfa.admin.updatePolicy({ methods: [{ type: 'passkey', enabled: false }] });
    const made = await ada.send('POST', '/users/passkeys/register', anotherDevice().register(wanted));
    const proof = await ada.send('POST', '/users/passkeys/signin', ada.authenticator.authenticate(asked));
    expect([made.body.code, proof.body.code]).toEqual(['mfa_method_disabled', 'mfa_method_disabled']);
  });

  test('is what the settings say of it, said in the policy or not', async () => {
    const { server } = await start({ policy: { passkeys: { signIn: 'first_factor' } } });
    const settings = await (await server.request('GET', '/settings')).json();
    expect(settings).toMatchObject({
      security: {
        mfa: {
          passkeys: { userVerification: 'required', signIn: 'first_factor' },
          availableMethods: ['passkey', 'totp'],
        },
      },
    });
  });

  test('after a recovery code is the way back to a factor', async () => {
    const { ada } = await start();
    await ada.enrolPasskey();
    await ada.signIn();
    await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] });
    expect((await ada.beginTotp()).body).toMatchObject({
      code: 'elevated_access_token_required',
      payload: { satisfiedBy: ['passkey'] },
    });
    expect((await ada.makePasskey({}, {}, anotherDevice())).status).toBe(200);
  });
});

describe('the list', () => {
  test('tells its owner everything, and a session that waits what it needs to choose', async () => {
    const { ada } = await start();
    await ada.enrolPasskey();
    await ada.send('PUT', '/users/passkeys', { id: ada.passkeyId, alias: 'Office laptop' });
    const headers = { 'user-agent': 'Mozilla/5.0 (Harbor)' };
    await ada.signIn({ headers });
    for (const path of ['/users/passkeys', '/users/mfa/methods']) {
      const [told] = (await ada.send('GET', path)).body.passkeys ?? [];
      expect(Object.keys(told ?? {}).sort()).toEqual(
        ['createdAt', 'credentialId', 'id', 'isSynced', 'lastUsedAt', 'updatedAt'].sort(),
      );
    }
    await ada.usePasskey();
    const [told] = (await ada.send('GET', '/users/passkeys')).body.passkeys ?? [];
    expect(told).toMatchObject({ alias: 'Office laptop', origin, aaguid: expect.any(String) });
  });

  test('shows a new name, trimmed, and none when it is taken away', async () => {
    const { server, ada } = await start();
    await ada.enrolPasskey();
    const rename = (alias?: string) => ada.send('PUT', '/users/passkeys', { id: ada.passkeyId, alias });
    expect((await rename('  Ada’s 📱  ')).body).toMatchObject({ id: ada.passkeyId, alias: 'Ada’s 📱' });
    expect((await rename('x'.repeat(64))).status).toBe(200);
    expect(await rename('x'.repeat(65))).toMatchObject({ status: 400, body: { payload: { field: 'alias' } } });
    expect((await rename(' ')).body.alias).toBeUndefined();
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    const audit = await server.mfa.admin.listAudit(userId);
    expect(audit.filter(({ event }) => event === 'factor_renamed')).toHaveLength(3);
  });
});

describe('an authenticator app and passkeys, in every combination', () => {
  const held = ['none', 'app', 'passkey', 'both'] as const;
  type Held = (typeof held)[number];
  const operations = ['enrol app', 'enrol passkey', 'use app', 'use passkey', 'remove app', 'remove passkey'] as const;
  type Operation = (typeof operations)[number];

  /** What each answers in a session whose factor, where there is one, was proven just now; and what is there then. */
  const table: Record<Operation, Record<Held, [number | string, Held]>> = {
    'enrol app': {
      none: [200, 'app'],
      app: ['mfa_totp_already_enrolled', 'app'],
      passkey: [200, 'both'],
      both: ['mfa_totp_already_enrolled', 'both'],
    },
    'enrol passkey': { none: [200, 'passkey'], app: [200, 'both'], passkey: [200, 'passkey'], both: [200, 'both'] },
    'use app': {
      none: ['mfa_invalid_code', 'none'],
      app: [200, 'app'],
      passkey: ['mfa_invalid_code', 'passkey'],
      both: [200, 'both'],
    },
    'use passkey': {
      none: ['passkey_not_found', 'none'],
      app: ['passkey_not_found', 'app'],
      passkey: [200, 'passkey'],
      both: [200, 'both'],
    },
    'remove app': {
      none: ['mfa_device_not_found', 'none'],
      app: [204, 'none'],
      passkey: ['mfa_device_not_found', 'passkey'],
      both: [204, 'passkey'],
    },
    'remove passkey': {
      none: ['passkey_not_found', 'none'],
      app: ['passkey_not_found', 'app'],
      passkey: [204, 'none'],
      both: [204, 'app'],
    },
  };

  const operate = async (ada: Person, operation: Operation) => {
    switch (operation) {
      case 'enrol app': {
        const begun = await ada.beginTotp();
        if (begun.status !== 200) return begun;
        return ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
      }
      case 'enrol passkey':
        return ada.makePasskey({}, {}, anotherDevice());
      case 'use app':
        return ada.authenticate();
      case 'use passkey':
        return ada.usePasskey();
      case 'remove app':
        return ada.send('DELETE', `/users/mfa/${ada.deviceId || crypto.randomUUID()}`);
      case 'remove passkey':
        return ada.send('DELETE', '/users/passkeys', { passkeyId: ada.passkeyId || crypto.randomUUID() });
    }
  };

  const inState = async (server: TestServer, state: Held): Promise<Person> => {
    const ada = new Person(server);
    if (state === 'none') await ada.signIn();
    if (state === 'passkey') await ada.enrolPasskey();
    if (state === 'app' || state === 'both') await ada.enrol();
    if (state === 'both') await ada.makePasskey();
    return ada;
  };

  const heldBy = async (ada: Person): Promise<Held> => {
    const {
      devices = [],
      passkeys = [],
      userHasVerifiedMfaMethods,
    } = (await ada.send('GET', '/users/mfa/methods')).body;
    expect(userHasVerifiedMfaMethods).toBe(devices.length + passkeys.length > 0);
    if (devices.length > 0) return passkeys.length > 0 ? 'both' : 'app';
    return passkeys.length > 0 ? 'passkey' : 'none';
  };

  for (const operation of operations) {
    test.each(held)(`${operation}: %s`, async (state) => {
      const { server } = await start();
      const ada = await inState(server, state);
      const answer = await operate(ada, operation);
      const outcome = answer.status < 300 ? answer.status : answer.body.code;
      const now = await heldBy(ada);
      expect([outcome, now]).toEqual(table[operation][state]);
      const { left } = (await ada.send('GET', '/users/mfa/methods')).body.factors?.recovery ?? {};
      expect(left).toBe(now === 'none' ? 0 : 10);
      expect((await ada.signIn()).body.user?.scope).toBe(now === 'none' ? 'user:basic' : 'requiresAdditionalAuth');
    });
  }

  test.each(['app', 'passkey'] as const)('the last one stays where the policy demands one: %s', async (state) => {
    const { server } = await start({ policy: { enrollment: 'signup' } });
    const ada = await inState(server, state);
    expect((await operate(ada, `remove ${state}`)).body.code).toBe('mfa_last_factor_required');
    expect(await heldBy(ada)).toBe(state);
    await operate(ada, state === 'app' ? 'enrol passkey' : 'enrol app');
    expect((await operate(ada, `remove ${state}`)).status).toBe(204);
  });
});
