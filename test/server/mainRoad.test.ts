import { memoryStore } from 'mfa-kit/server/memory';
import { postgresStore } from 'mfa-kit/server/postgres';
import { expect, test } from 'vitest';
import type { Store } from '../../src/server/store/Store.js';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { freshDatabase } from '../support/postgres.js';
import { startTestServer } from '../support/server.js';

type Opened = { store: Store; remove: () => Promise<void> | void };

const stores: [string, () => Promise<Opened> | Opened][] = [
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

test.each(stores)(
  'somebody signs in, enrols, saves codes, loses the phone, recovers and replaces it (%s)',
  async (_name, open) => {
    const { store, remove } = await open();
    const server = await startTestServer({ policy: { enrollment: 'signup' }, store });
    const ada = new Person(server, 'ada@example.com');

    const signedIn = await ada.signIn();
    expect(signedIn.status).toBe(200);
    expect(signedIn.body.user?.scope).toBe('requiresAdditionalAuth');

    const begun = await ada.beginTotp();
    expect(begun.body.uri).toContain(`secret=${ada.secret}`);
    expect((await ada.beginTotp()).body.id).toBe(begun.body.id);

    const enrolled = await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    expect(enrolled.status).toBe(200);
    expect(enrolled.body.user).toMatchObject({ scope: 'user:basic', mfaBackupCodeAcknowledgement: 'pending' });

    const shown = await ada.send('GET', '/users/mfa/recovery');
    expect(shown.body.recoveryCodes).toHaveLength(10);
    expect((await ada.send('GET', '/users/mfa/recovery')).body).toEqual(shown.body);
    const acknowledged = await ada.acknowledge();
    expect(acknowledged.body).toMatchObject({ nextView: 'done', user: { mfaBackupCodeAcknowledgement: 'complete' } });
    expect((await ada.send('GET', '/users/mfa/recovery')).body).toEqual({ count: 10, recoveryCodes: [] });

    const back = await ada.signIn();
    expect(back.body.user?.scope).toBe('requiresAdditionalAuth');
    expect((await ada.authenticate()).body.user?.scope).toBe('user:basic');

    const oldSecret = ada.secret;
    await ada.signIn();
    const code = shown.body.recoveryCodes?.[3]?.toLowerCase().replaceAll('-', ' ');
    const recovered = await ada.send('POST', '/users/mfa/auth/recovery', { code });
    expect(recovered.body).toMatchObject({ recoveryCodesLeft: 9, user: { scope: 'user:basic' } });

    expect((await ada.beginTotp()).body.code).toBe('mfa_totp_already_enrolled');
    expect((await ada.beginTotp('?replace=true')).status).toBe(200);
    expect(ada.secret).not.toBe(oldSecret);
    const replaced = await ada.send('POST', '/users/mfa/auth/totp', { id: ada.deviceId, code: ada.code() });
    expect(replaced.status).toBe(200);
    expect((await ada.send('GET', '/users/mfa')).body).toMatchObject({
      count: 1,
      devices: [{ id: ada.deviceId, verified: true }],
    });

    const renewed = await ada.send('POST', '/users/mfa/recovery');
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    await ada.acknowledge();
    expect((await ada.send('GET', '/users/mfa/methods')).body.factors?.recovery.left).toBe(10);
    expect(server.errors).toEqual([]);
    expect(await server.mfa.admin.verifyAudit(recovered.body.user?.id ?? '')).toBe(true);
    await server.close();
    await remove();
  },
);
