/** What an operator does: policy, users in trouble, keys at rest, the log. */
import { generateKeys, type MfaKeys } from 'mfa-kit/server';
import { memoryStore } from 'mfa-kit/server/memory';
import { postgresStore } from 'mfa-kit/server/postgres';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/server/store/Store.js';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { freshDatabase } from '../support/postgres.js';
import { origin, startTestServer, testKeys } from '../support/server.js';

const startWith = async (changes = {}) => {
  const server = await startTestServer(changes);
  const ada = new Person(server);
  await ada.enrol();
  const userId = (await ada.send('GET', '/users')).body.id ?? '';
  return { server, ada, userId, admin: server.mfa.admin };
};

describe('the policy', () => {
  test('changed, holds at once in every process, and outlives the option it came from', async () => {
    const { server, admin } = await startWith();
    const other = await startTestServer({ store: server.options.store, clock: server.clock });
    await admin.updatePolicy({ enrollment: 'signup' });
    expect((await other.mfa.admin.getPolicy()).enrollment).toBe('signup');
    const bob = new Person(other);
    expect((await bob.signIn()).body.user?.scope).toBe('requiresAdditionalAuth');
    const settings = await (await other.request('GET', '/settings')).json();
    expect(settings).toMatchObject({ security: { mfa: { enrollment: 'signup', required: true, enabled: true } } });
  });

  test.each([
    [{ enrollment: 'signup' as const, methods: [{ type: 'totp' as const, enabled: false }] }, 'policy.methods'],
    [{ enrollment: 'signup' as const, methods: [{ type: 'email' as const, enabled: true }] }, 'policy.methods'],
    [{ passkeys: { signIn: 'never' as 'first_factor' } }, 'policy.passkeys.signIn'],
    [{ jwtDuration: { amount: 0, unit: 'minutes' as const } }, 'policy.jwtDuration.amount'],
    [{ actions: [{ action: '', required: true }] }, 'policy.actions.0.action'],
  ])('that would lock everybody out or means nothing is refused: %j', async (changes, field) => {
    const { admin } = await startWith();
    await expect(admin.updatePolicy(changes)).rejects.toMatchObject({
      code: 'invalid_request',
      options: { payload: { field } },
    });
    expect((await admin.getPolicy()).enrollment).toBe('none');
  });
});

describe('a user in trouble', () => {
  test('reset has no factor, no codes and no session, hears of it, and enrols anew', async () => {
    const { server, ada, userId, admin } = await startWith();
    await ada.makePasskey();
    await admin.resetUserMfa(userId);
    expect((await ada.signInWithPasskey()).body.code).toBe('passkey_not_found');
    expect((await ada.send('GET', '/users')).body.code).toBe('not_signed_in');
    expect(server.notifications.at(-1)).toMatchObject({ type: 'mfa_reset', userId, email: ada.email });
    expect((await ada.signIn()).body.user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: null });
    expect((await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] })).status).toBe(422);
    await ada.enrol();
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(1);
    expect(await admin.verifyAudit(userId)).toBe(true);
    await expect(admin.resetUserMfa(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });

  test('reset after fifty wrong codes can enrol again', async () => {
    const { server, ada, userId, admin } = await startWith();
    for (let index = 0; index < 50; index += 1) {
      await server.options.store.reserveAttempt({ userId, factor: 'totp', now: server.clock() });
      server.clock.advance(3_600_000);
    }
    await ada.signIn();
    server.clock.advance(30_000);
    expect((await ada.send('POST', '/users/mfa/auth/totp', { code: ada.code() })).body.code).toBe(
      'mfa_factor_suspended',
    );
    await admin.resetUserMfa(userId);
    await ada.enrol();
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(1);
  });

  test('exported is everything but the secrets, and erased is gone', async () => {
    const { server, ada, userId, admin } = await startWith();
    await ada.makePasskey();
    const exported = await admin.exportUser(userId);
    expect(exported).toMatchObject({
      user: { id: userId, email: ada.email },
      identities: [{ kind: 'email', subject: ada.email }],
      devices: [{ id: ada.deviceId, verified: true }],
      passkeys: [{ id: ada.passkeyId, origin, isBackedUp: true }],
      recoveryCodesLeft: 10,
    });
    expect(exported?.audit.length).toBeGreaterThan(2);
    expect(JSON.stringify(exported)).not.toMatch(/secret|v1\.|publicKey/);
    expect(await admin.stats()).toEqual({ users: 1, withoutFactor: 0 });
    await admin.eraseUser(userId);
    expect(await admin.exportUser(userId)).toBeNull();
    expect(await admin.listAudit(userId)).toEqual([]);
    expect((await ada.send('GET', '/users')).body.code).toBe('session_ended');
    expect((await ada.signIn()).body.user?.id).not.toBe(userId);
    expect(await admin.stats()).toEqual({ users: 1, withoutFactor: 1 });
    expect(server.errors).toEqual([]);
  });

  test('who deletes their own user is gone as well', async () => {
    const { ada, userId, admin } = await startWith();
    expect((await ada.send('DELETE', '/users')).status).toBe(204);
    expect(await admin.exportUser(userId)).toBeNull();
  });
});

const stores: [string, () => Promise<{ store: Store; remove(): unknown }> | { store: Store; remove(): unknown }][] = [
  ['memory', () => ({ store: memoryStore(), remove: () => undefined })],
  ['a file', createDatabaseFile],
  [
    'PostgreSQL',
    async () => {
      const database = await freshDatabase();
      return { store: postgresStore({ connectionString: database.url }), remove: database.drop };
    },
  ],
];

describe.each(stores)('keys at rest, kept in %s', (_name, open) => {
  const withNew = async (old: MfaKeys): Promise<MfaKeys> => {
    const fresh = await generateKeys();
    return {
      signing: old.signing,
      encryption: { active: fresh.encryption.active, keys: { ...old.encryption.keys, ...fresh.encryption.keys } },
      pepper: { active: fresh.pepper.active, keys: { ...old.pepper.keys, ...fresh.pepper.keys } },
    };
  };
  const onlyActive = (keys: MfaKeys): MfaKeys => ({
    signing: keys.signing,
    encryption: {
      active: keys.encryption.active,
      keys: { [keys.encryption.active]: keys.encryption.keys[keys.encryption.active] ?? '' },
    },
    pepper: { active: keys.pepper.active, keys: { [keys.pepper.active]: keys.pepper.keys[keys.pepper.active] ?? '' } },
  });

  test('rotate: everything goes under the new ones, and the old ones can go', async () => {
    const { store, remove } = await open();
    const { server, ada } = await startWith({ store });
    const bob = new Person(server);
    await bob.enrol();
    const pending = (await bob.send('POST', '/users/mfa/recovery')).body.recoveryCodes ?? [];
    await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] });

    const rotated = await withNew(await testKeys());
    const during = await startTestServer({ store, keys: rotated, clock: server.clock });
    expect(await during.mfa.admin.reencrypt()).toEqual({ devices: 2, recoverySets: 3 });
    expect(await during.mfa.admin.reencrypt()).toEqual({ devices: 0, recoverySets: 0 });

    const after = await startTestServer({ store, keys: onlyActive(rotated), clock: server.clock });
    const later = (person: Person) => Object.assign(new Person(after, person.email), { secret: person.secret });
    const [ada2, bob2] = [later(ada), later(bob)];
    expect((await ada2.signInFully()).status).toBe(200);
    expect((await ada2.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] })).status).toBe(422);
    expect((await ada2.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[1] })).body.recoveryCodesLeft).toBe(
      8,
    );
    await bob2.signInFully();
    expect((await bob2.send('GET', '/users/mfa/recovery')).body.recoveryCodes).toEqual(pending);
    await bob2.acknowledge();
    expect((await bob2.send('POST', '/users/mfa/auth/recovery', { code: pending[0] })).status).toBe(200);
    await server.close();
    await remove();
  });

  test('a secret under an old key is rewritten when its owner uses it', async () => {
    const { store, remove } = await open();
    const { server, ada, userId } = await startWith({ store });
    const rotated = await withNew(await testKeys());
    const next = await startTestServer({ store, keys: rotated, clock: server.clock });
    const later = Object.assign(new Person(next, ada.email), { secret: ada.secret });
    await later.signInFully();
    const [device] = await store.listTotpDevices(userId);
    expect(device?.secret.split('.')[1]).toBe(rotated.encryption.active);
    expect((await later.authenticate()).status).toBe(200);
    await server.close();
    await remove();
  });
});

describe('the log', () => {
  test('tells each happening once, in order, with where it came from and no secret', async () => {
    const { server, ada, userId, admin } = await startWith();
    await ada.authenticate({ createMfaToken: { singleUse: true } });
    await ada.send('POST', '/users/mfa/auth/totp', { code: '000000' });
    await ada
      .send(
        'POST',
        '/users/mfa/auth/recovery',
        { code: 'x' },
        { headers: { 'user-agent': 'evil\r\n\u001b[31m' + 'x' } },
      )
      .catch(() => undefined);
    await ada.authenticate();
    await ada.beginTotp('?replace=true');
    await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    await ada.send('POST', '/users/mfa/recovery');
    await ada.acknowledge();
    await ada.send('DELETE', `/users/mfa/${ada.deviceId}`);
    const audit = await admin.listAudit(userId);
    expect(audit.map(({ event }) => event).filter((event) => event !== 'recovery_fail')).toEqual([
      'enroll_started',
      'recovery_generated',
      'enroll_confirmed',
      'recovery_acknowledged',
      'totp_ok',
      'token_issued',
      'totp_fail',
      'totp_ok',
      'enroll_started',
      'token_revoked',
      'factor_replaced',
      'recovery_generated',
      'recovery_acknowledged',
      'factor_removed',
    ]);
    for (const [index, entry] of audit.entries()) {
      expect(entry).toMatchObject({ seq: index + 1, ip: '192.0.2.1', userId });
      expect(entry.sidHash).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(entry)).not.toMatch(/\\r|\\n|\\u001b/);
    }
    expect(await admin.verifyAudit(userId)).toBe(true);
    expect(server.errors).toEqual([]);
  });

  test('shows when an entry was changed, taken out or put in', async () => {
    const file = createDatabaseFile();
    const { server, userId, admin } = await startWith({ store: file.store });
    expect(await admin.verifyAudit(userId)).toBe(true);
    file.change("UPDATE mfa_audit SET ip = '203.0.113.1' WHERE seq = 2");
    expect(await admin.verifyAudit(userId)).toBe(false);
    file.change("UPDATE mfa_audit SET ip = '192.0.2.1' WHERE seq = 2");
    expect(await admin.verifyAudit(userId)).toBe(true);
    file.change('DELETE FROM mfa_audit WHERE seq = 2');
    expect(await admin.verifyAudit(userId)).toBe(false);
    await server.close();
    file.remove();
  });

  test('a listener that fails changes nothing, and is reported', async () => {
    const { server, ada } = await startWith({ notify: () => Promise.reject(new Error('mail is down')) });
    expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`)).status).toBe(204);
    await expect.poll(() => server.errors.map(String)).toContain('Error: mail is down');
  });
});
