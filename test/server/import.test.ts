/** Moving over from another service: its users sign in here with what they have there, and nobody becomes somebody else. */
import { type ImportedTotp, type ImportedUser, Refusal } from 'mfa-kit/server';
import { describe, expect, test } from 'vitest';
import { createIssuer } from '../support/issuer.js';
import { Person } from '../support/person.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { fromBase32, totpCode } from '../support/totp.js';
import { inFile, inMemory, inPostgres } from './store/stores.js';

/** 20 bytes, as most services make them. */
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const other = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const start = async (changes: Parameters<typeof startTestServer>[0] = {}) => {
  const { externalAuth, jwtFor } = await createIssuer();
  const server = await startTestServer({ externalAuth, ...changes });
  return { server, admin: server.mfa.admin, jwtFor };
};

const refused = async (work: Promise<unknown>) => {
  const reason = await work.catch((error: unknown) => error);
  if (!(reason instanceof Error)) throw new Error('was not refused');
  const { code, options } = reason as Error & { code?: string; options?: { payload?: { field?: string } } };
  return [code, options?.payload?.field];
};

const ada = { id: 'user-1', email: 'ada@example.com', externalUserId: 'ada-1' };

describe('importUser', () => {
  test('both ways in lead to the one user, with their id and what is known of them', async () => {
    const { server, admin, jwtFor } = await start();
    const createdAt = server.clock() - 86_400_000;
    const profile = { firstName: 'Ada', lastName: 'Lovelace', alias: 'ada', createdAt };
    expect(await admin.importUser({ ...ada, email: ' Ada@Example.com ', ...profile })).toEqual({
      userId: 'user-1',
      isNew: true,
    });
    const person = new Person(server, ada.email);
    const { user } = (await person.signIn()).body;
    expect(user).toMatchObject({
      id: 'user-1',
      email: ada.email,
      firstName: 'Ada',
      lastName: 'Lovelace',
      alias: 'ada',
      newUser: false,
      firstVisit: new Date(createdAt).toISOString(),
    });
    expect(user?.verifiedCredentials.map(({ format }) => format)).toEqual(['email', 'externalUser']);
    const jwt = await jwtFor(ada.externalUserId, server.clock());
    expect((await person.send('POST', '/externalAuth/signin', { jwt })).body.user?.id).toBe('user-1');
  });

  test('again changes nothing that its owner has changed since', async () => {
    const { server, admin } = await start();
    await admin.importUser({ ...ada, firstName: 'Ada' });
    const person = new Person(server, ada.email);
    await person.signIn();
    await person.send('PUT', '/users', { firstName: 'Augusta' });
    expect(await admin.importUser({ ...ada, firstName: 'Ada' })).toEqual({ userId: 'user-1', isNew: false });
    expect((await person.send('GET', '/users')).body.firstName).toBe('Augusta');
    expect((await admin.stats()).users).toBe(1);
  });

  test('somebody who signed in here before is found, and gets the way in that was missing', async () => {
    const { server, admin, jwtFor } = await start();
    const person = new Person(server, ada.email);
    const userId = (await person.signIn()).body.user?.id ?? '';
    const { email, externalUserId } = ada;
    expect(await admin.importUser({ email, externalUserId })).toEqual({ userId, isNew: false });
    const jwt = await jwtFor(externalUserId, server.clock());
    expect((await person.send('POST', '/externalAuth/signin', { jwt })).body.user?.id).toBe(userId);

    const bob = (await admin.importUser({ externalUserId: 'bob-1' })).userId;
    expect(await admin.importUser({ id: bob, email: 'bob@example.com' })).toEqual({ userId: bob, isNew: false });
    expect((await admin.exportUser(bob))?.user.email).toBe('bob@example.com');
  });

  test.each<[string, ImportedUser, string]>([
    ['somebody’s address under another id', { id: 'user-3', email: ada.email }, 'id'],
    ['somebody’s subject under another id', { id: 'user-2', externalUserId: ada.externalUserId }, 'id'],
    [
      'the address of one and the subject of another',
      { email: 'bob@example.com', externalUserId: 'ada-1' },
      'externalUserId',
    ],
    ['a second address', { id: 'user-1', email: 'countess@example.com' }, 'email'],
    ['a second subject', { email: ada.email, externalUserId: 'ada-2' }, 'externalUserId'],
  ])('%s is refused and changes nothing', async (_what, user, field) => {
    const { admin } = await start();
    await admin.importUser(ada);
    await admin.importUser({ id: 'user-2', email: 'bob@example.com' });
    const before = [await admin.exportUser('user-1'), await admin.exportUser('user-2')];
    expect(await refused(admin.importUser(user))).toEqual(['invalid_update', field]);
    expect([await admin.exportUser('user-1'), await admin.exportUser('user-2')]).toEqual(before);
    expect((await admin.stats()).users).toBe(2);
  });

  test.each<[object, string]>([
    [{}, 'email'],
    [{ id: 'user-1' }, 'email'],
    [{ email: 'nowhere' }, 'email'],
    [{ email: 7 }, 'email'],
    [{ email: ada.email, id: 'a b' }, 'id'],
    [{ email: ada.email, id: 'x'.repeat(65) }, 'id'],
    [{ externalUserId: '' }, 'externalUserId'],
    [{ externalUserId: 'a\0b' }, 'externalUserId'],
    [{ email: ada.email, firstName: 'x'.repeat(101) }, 'firstName'],
    [{ email: ada.email, createdAt: -1 }, 'createdAt'],
    [{ email: ada.email, createdAt: 4_000_000_000_000 }, 'createdAt'],
  ])('%j is refused', async (user, field) => {
    const { admin } = await start();
    expect(await refused(admin.importUser(user))).toEqual(['invalid_request', field]);
  });

  test('a subject means nothing without a sign-in of the application’s own', async () => {
    const { admin } = await start({ externalAuth: undefined });
    expect(await refused(admin.importUser({ externalUserId: 'ada-1' }))).toEqual(['invalid_request', 'externalUserId']);
  });

  test('what it rejects with is a Refusal', async () => {
    const { admin } = await start();
    await expect(admin.importUser({})).rejects.toBeInstanceOf(Refusal);
  });
});

/** Imported, and about to sign in for the first time. */
const moveAda = async (changes?: Parameters<typeof startTestServer>[0], device: Partial<ImportedTotp> = {}) => {
  const { server, admin } = await start(changes);
  const { userId } = await admin.importUser(ada);
  const imported = await admin.importTotp({ userId, secret, ...device });
  const person = new Person(server, ada.email);
  person.secret = secret;
  return { server, admin, userId, imported, person };
};

const prove = (person: Person, steps = 0) => person.send('POST', '/users/mfa/auth/totp', { code: person.code(steps) });

describe('importTotp', () => {
  test('the app goes on as it was; new recovery codes are shown after its first code, and count once saved', async () => {
    const { server, admin, person, userId, imported } = await moveAda();
    expect(imported).toEqual({ deviceId: expect.any(String), isNew: true });
    expect((await person.signIn()).body.user).toMatchObject({ id: userId, scope: 'requiresAdditionalAuth' });
    const { user } = (await prove(person)).body;
    expect(user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });
    const shown = (await person.send('GET', '/users/mfa/recovery')).body;
    expect(shown.count).toBe(10);
    expect((await person.send('GET', '/users/mfa/recovery')).body).toEqual(shown);
    expect((await person.acknowledge()).body.user?.mfaBackupCodeAcknowledgement).toBe('complete');
    expect((await person.send('GET', '/users/mfa/recovery')).body).toEqual({ count: 10, recoveryCodes: [] });
    await person.signIn();
    const code = shown.recoveryCodes?.[0];
    expect((await person.send('POST', '/users/mfa/auth/recovery', { code })).body.user?.scope).toBe('user:basic');
    expect(await admin.verifyAudit(userId)).toBe(true);
    expect((await admin.listAudit(userId))[0]).toMatchObject({
      event: 'enroll_confirmed',
      factorId: imported.deviceId,
      reason: 'imported',
      ip: null,
    });
    expect(server.errors).toEqual([]);
  });

  test('it is the one verified device, by its name and its dates', async () => {
    const { server, person, imported } = await moveAda({}, { alias: 'Phone', createdAt: 1_700_000_000_000 });
    await person.signIn();
    await prove(person);
    const createdAt = new Date(1_700_000_000_000).toISOString();
    expect((await person.send('GET', '/users/mfa')).body.devices).toEqual([
      {
        id: imported.deviceId,
        type: 'totp',
        verified: true,
        default: true,
        alias: 'Phone',
        createdAt,
        verifiedAt: createdAt,
        lastUsedAt: new Date(server.clock()).toISOString(),
      },
    ]);
  });

  test('a code is good once here, in each of the three steps there are', async () => {
    const { person } = await moveAda();
    await person.signIn();
    for (const step of [-1, 0, 1]) {
      expect((await prove(person, step)).status).toBe(200);
      expect((await prove(person, step)).body.code).toBe('mfa_invalid_code');
    }
  });

  test('a code that was taken there is not taken again here', async () => {
    const { server, admin, person } = await moveAda();
    const { userId } = await admin.importUser({ email: 'bob@example.com' });
    await admin.importTotp({ userId, secret: other, lastUsedAt: server.clock() - 1000 });
    const bob = new Person(server, 'bob@example.com');
    bob.secret = other;
    await bob.signIn();
    for (const step of [-1, 0, 1]) expect((await prove(bob, step)).body.code).toBe('mfa_invalid_code');
    server.clock.advance(60_000);
    expect((await prove(bob)).status).toBe(200);
    await person.signIn();
    expect((await prove(person)).status).toBe(200);
  });

  test.each([
    ['in groups and lower case', 'jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp'],
    ['with line breaks', 'JBSWY3DPEHPK3PXP\nJBSWY3DPEHPK3PXP'],
    ['of 16 bytes, padded', 'GEZDGNBVGY3TQOJQGEZDGNBVGY======'],
    ['of 16 bytes, without padding', 'GEZDGNBVGY3TQOJQGEZDGNBVGY'],
    ['of 64 bytes', `${'GEZDGNBVGY3TQOJQ'.repeat(6)}GEZDGNA=`],
  ])('a secret %s is the secret it is', async (_form, written) => {
    const { admin, server } = await start();
    const { userId } = await admin.importUser(ada);
    const bytes = fromBase32(written.toUpperCase().replaceAll(/\s/g, ''));
    await admin.importTotp({ userId, secret: written });
    const person = new Person(server, ada.email);
    await person.signIn();
    const plain = written.toUpperCase().replaceAll(/[\s=]/g, '');
    expect(bytes.length).toBeGreaterThanOrEqual(16);
    const code = totpCode(plain, server.clock());
    expect((await person.send('POST', '/users/mfa/auth/totp', { code })).status).toBe(200);
  });

  test.each([
    ['', 'secret'],
    ['JBSWY3DPEHPK3PXP', 'secret'],
    ['GEZDGNBVGY3TQOJQGEZDGNBV', 'secret'],
    ['GEZDGNBVGY3TQOJQ'.repeat(7), 'secret'],
    ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX1', 'secret'],
    ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPA', 'secret'],
    ['otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 'secret'],
  ])('the secret %j is refused: not base32, or not of 16 to 64 bytes', async (wrong, field) => {
    const { admin } = await start();
    const { userId } = await admin.importUser(ada);
    expect(await refused(admin.importTotp({ userId, secret: wrong }))).toEqual(['invalid_request', field]);
    expect((await admin.exportUser(userId))?.devices).toEqual([]);
  });

  test('a date to come, and a user there is not, are refused', async () => {
    const { server, admin } = await start();
    const { userId } = await admin.importUser(ada);
    const later = server.clock() + 1;
    expect(await refused(admin.importTotp({ userId, secret, createdAt: later }))).toEqual([
      'invalid_request',
      'createdAt',
    ]);
    expect(await refused(admin.importTotp({ userId, secret, lastUsedAt: later }))).toEqual([
      'invalid_request',
      'lastUsedAt',
    ]);
    expect(await refused(admin.importTotp({ userId: 'nobody', secret }))).toEqual(['not_found', undefined]);
  });

  test('the same secret again changes nothing; another one is refused, and the app there is stays', async () => {
    const { admin, person, userId, imported } = await moveAda();
    const before = await admin.exportUser(userId);
    expect(await admin.importTotp({ userId, secret: secret.toLowerCase(), alias: 'New' })).toEqual({
      deviceId: imported.deviceId,
      isNew: false,
    });
    expect(await refused(admin.importTotp({ userId, secret: other }))).toEqual([
      'mfa_totp_already_enrolled',
      undefined,
    ]);
    expect(await admin.exportUser(userId)).toEqual(before);
    await person.signIn();
    expect((await prove(person)).status).toBe(200);
  });

  test('nobody hears of it, and sessions begun without the factor end', async () => {
    const { server, admin } = await start();
    const { userId } = await admin.importUser(ada);
    const person = new Person(server, ada.email);
    await person.signIn();
    await admin.importTotp({ userId, secret });
    expect((await person.send('GET', '/users')).body.code).toBe('session_ended');
    expect(server.notifications).toEqual([]);
  });

  test('codes are not announced where they are off or not wanted, and can be had all the same', async () => {
    const acknowledged = await moveAda({}, { acknowledged: true });
    await acknowledged.person.signIn();
    expect((await prove(acknowledged.person)).body.user?.mfaBackupCodeAcknowledgement).toBeNull();
    expect((await acknowledged.person.send('GET', '/users/mfa/recovery')).body.count).toBe(10);

    const methods = [{ type: 'totp' as const, enabled: true, allowBackupCodes: false }];
    const off = await moveAda({ policy: { methods } });
    await off.person.signIn();
    expect((await prove(off.person)).body.user?.mfaBackupCodeAcknowledgement).toBeNull();
  });

  test('nobody is kept waiting for codes that were switched off after the import', async () => {
    const { admin, person } = await moveAda();
    await admin.updatePolicy({ methods: [{ type: 'totp', enabled: true, allowBackupCodes: false }] });
    await person.signIn();
    expect((await prove(person)).body.user?.mfaBackupCodeAcknowledgement).toBe('pending');
    expect((await person.send('GET', '/users/mfa/recovery')).body.code).toBe('mfa_recovery_codes_unavailable');
    expect((await person.acknowledge()).body.user?.mfaBackupCodeAcknowledgement).toBe('complete');
  });
});

describe.each([
  ['in memory', inMemory],
  ['in a file', inFile],
  ['on PostgreSQL', inPostgres],
])('imports at once, %s,', (_name, open) => {
  const both = async (work: (server: TestServer, user: TestServer) => Promise<void>) => {
    const { store, drop } = await open();
    const { externalAuth } = await createIssuer();
    const server = await startTestServer({ store, externalAuth });
    const beside = await startTestServer({ store, externalAuth, clock: server.clock });
    await work(server, beside);
    await server.close();
    await drop();
  };

  test('make one user, with each way in once', () =>
    both(async (server, beside) => {
      const servers = Array.from({ length: 10 }, () => [server, beside]).flat();
      const made = await Promise.all(servers.map(({ mfa }) => mfa.admin.importUser(ada)));
      expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(made.map(({ userId }) => userId))).toEqual(new Set(['user-1']));
      expect((await server.mfa.admin.exportUser('user-1'))?.identities).toHaveLength(2);
      expect((await server.mfa.admin.stats()).users).toBe(1);
    }));

  test('make one user of halves that name the same id', () =>
    both(async (server, beside) => {
      const halves = [{ email: ada.email }, { externalUserId: ada.externalUserId }];
      const made = await Promise.all(
        halves.map((half, index) => (index === 0 ? server : beside).mfa.admin.importUser({ id: 'user-1', ...half })),
      );
      expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect((await server.mfa.admin.exportUser('user-1'))?.identities).toHaveLength(2);
    }));

  test('make one device, whose secret is the one that was said to be taken', () =>
    both(async (server, beside) => {
      const { userId } = await server.mfa.admin.importUser(ada);
      const secrets = [secret, other];
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? server : beside).mfa.admin.importTotp({
            userId,
            secret: secrets[index % 4 < 2 ? 0 : 1] ?? '',
          }),
        ),
      );
      const taken = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      expect(taken.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(taken.map(({ deviceId }) => deviceId)).size).toBe(1);
      expect(taken).toHaveLength(10);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'mfa_totp_already_enrolled' });
      }
      expect((await server.mfa.admin.exportUser(userId))?.devices).toHaveLength(1);
      expect(await server.mfa.admin.verifyAudit(userId)).toBe(true);
    }));
});

test('an account of another environment in the same database keeps its id', async () => {
  const { store, drop } = await inPostgres();
  const server = await startTestServer({ store });
  const elsewhere = await startTestServer({ store, environmentId: '99999999-2222-4333-8444-555555555555' });
  await server.mfa.admin.importUser({ id: 'user-1', email: ada.email });
  const outcome = elsewhere.mfa.admin.importUser({ id: 'user-1', email: ada.email });
  expect(await refused(outcome)).toEqual(['invalid_update', 'id']);
  await server.close();
  await drop();
});
