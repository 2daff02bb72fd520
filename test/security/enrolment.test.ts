/**
 * Threat: an enrolment that is half done, done twice, or done by somebody else becomes a way in or locks its owner out.
 * S-18, S-22 to S-25, F-09.
 */

import { memoryStore } from 'mfa-kit/server/memory';
import { describe, expect, test } from 'vitest';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';
import { totpCode, wrongCode } from '../support/totp.js';

const TOTP = '/users/mfa/auth/totp';
const REGISTER = '/users/mfa/register/totp';

describe('S-22 what a client may not choose', () => {
  test('secret, user, state and digits in a request are ignored', async () => {
    const store = memoryStore();
    const server = await startTestServer({ store });
    const ada = new Person(server);
    await ada.signIn();
    const chosen = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const query = `?secret=${chosen}&userId=x&verified=true&digits=1&period=3000&algorithm=MD5`;
    await ada.beginTotp(query);
    expect(ada.secret).not.toBe(chosen);
    const wishes = {
      secret: chosen,
      userId: crypto.randomUUID(),
      verified: true,
      state: 'verified',
      digits: 1,
      isDefault: true,
    };
    const wrong = await ada.send('POST', REGISTER, { type: 'totp', code: totpCode(chosen, server.clock()), ...wishes });
    expect(wrong.status).toBe(422);
    expect((await ada.send('GET', '/users/mfa')).body.devices).toMatchObject([{ verified: false, default: false }]);
    const confirmed = await ada.send('POST', REGISTER, { type: 'totp', code: ada.code(), ...wishes });
    expect(confirmed.body).toMatchObject({ id: ada.deviceId, type: 'totp', verified: true });
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    expect(await store.listTotpDevices(userId)).toMatchObject([{ id: ada.deviceId, userId }]);
  });

  test('scope, acknowledgement and e-mail are not to be had by asking for them', async () => {
    const ada = new Person(await startTestServer({ policy: { enrollment: 'signup' } }));
    await ada.signIn();
    const sent = await ada.send('PUT', '/users', { scope: 'user:basic', mfaBackupCodeAcknowledgement: 'complete' });
    expect(sent.body.code).toBe('insufficient_scope');
    await ada.enrol();
    expect((await ada.send('PUT', '/users', { mfaBackupCodeAcknowledgement: 'pending' })).status).toBe(400);
    expect((await ada.send('PUT', '/users', { email: 'other@example.com' })).body.code).toBe('invalid_update');
    const renamed = await ada.send('PUT', '/users', {
      firstName: 'Ada',
      email: ada.email,
      id: 'x',
      lastVisit: 'never',
    });
    expect(renamed.body.user).toMatchObject({ firstName: 'Ada', email: ada.email });
  });
});

describe('S-23 an enrolment that is left half done', () => {
  test('proves nobody, and a replacement left half done leaves the old app as it was', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.authenticate();
    const { secret, deviceId } = ada;
    await ada.beginTotp('?replace=true');
    const pending = { secret: ada.secret, id: ada.deviceId };
    expect(pending.secret).not.toBe(secret);
    server.clock.advance(30_000);
    // Without its id a pending device is not even looked at.
    const withPending = await ada.send('POST', TOTP, { code: totpCode(pending.secret, server.clock()) });
    expect(withPending.body.code).toBe('mfa_invalid_code');
    const other = new Person(server, ada.email);
    await other.signIn();
    const fromOther = await other.send('POST', TOTP, {
      id: pending.id,
      code: totpCode(pending.secret, server.clock()),
    });
    expect(fromOther.body.code).toBe('mfa_invalid_code');
    expect((await other.send('POST', TOTP, { code: totpCode(secret, server.clock()) })).status).toBe(200);
    expect((await ada.send('GET', '/users/mfa?')).body.devices?.[0]).toMatchObject({ id: deviceId, verified: true });
  });

  test('somebody who knows the first factor cannot plant a secret that its owner then confirms', async () => {
    const server = await startTestServer();
    const mallory = new Person(server, 'ada@example.com');
    await mallory.signIn();
    await mallory.beginTotp();
    const ada = new Person(server, 'ada@example.com');
    await ada.signIn();
    await ada.beginTotp();
    expect(ada.secret).not.toBe(mallory.secret);
    expect((await ada.send('POST', TOTP, { id: mallory.deviceId, code: mallory.code() })).body.code).toBe(
      'mfa_invalid_code',
    );
    expect((await mallory.send('POST', TOTP, { id: mallory.deviceId, code: mallory.code() })).body.code).toBe(
      'mfa_invalid_code',
    );
    expect((await ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code() })).status).toBe(200);
    expect((await mallory.send('GET', '/session')).body.code).toBe('session_ended');
  });
});

describe('S-24 one verified authenticator app', () => {
  test('a hundred confirmations at once make one', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    const body = { id: ada.deviceId, code: ada.code() };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => server.request('POST', TOTP, { token: ada.token, body })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(1);
  });

  test('a hundred sessions that each begin one leave one to confirm', async () => {
    const server = await startTestServer();
    const people: Person[] = [];
    for (let index = 0; index < 100; index += 1) {
      const ada = new Person(server, 'ada@example.com');
      await ada.signIn();
      await ada.beginTotp();
      people.push(ada);
    }
    const answers = await Promise.all(
      people.map((ada) => ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code() }, { from: '192.0.2.7' })),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  test('the database refuses a second one by itself', async () => {
    const file = createDatabaseFile();
    const server = await startTestServer({ store: file.store });
    const ada = new Person(server);
    await ada.enrol();
    const copy = `INSERT INTO mfa_totp_device SELECT 'copy', user_id, state, secret, alias, is_default, last_step, last_line_id,
      drift, wrong_codes, line_id, replaces_id, created_at, verified_at, last_used_at, expires_at FROM mfa_totp_device`;
    expect(() => file.change(copy)).toThrow(/UNIQUE/);
    await server.close();
    file.remove();
  });
});

describe('S-25 the life of a pending device', () => {
  test('ends after ten minutes', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    const first = ada.deviceId;
    server.clock.advance(570_000);
    expect((await ada.beginTotp()).body.id).toBe(first);
    await ada.send('POST', '/refresh');
    server.clock.advance(30_000);
    const late = await ada.send('POST', TOTP, { id: first, code: ada.code() });
    expect(late.body).toMatchObject({ code: 'mfa_invalid_code', payload: { attemptsLeft: 4 } });
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(0);
  });

  test('ends with the fifth wrong code, which says so', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    for (let index = 0; index < 5; index += 1) {
      const answer = await ada.send('POST', TOTP, {
        id: ada.deviceId,
        code: wrongCode(ada.secret, server.clock(), index),
      });
      expect(answer.body.code).toBe('mfa_invalid_code');
      expect(answer.body.payload).toEqual(index < 4 ? { attemptsLeft: 4 - index } : { reason: 'enrollment_expired' });
    }
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(0);
    server.clock.advance(30_000);
    expect((await ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code() })).status).toBe(422);
  });

  test('is the only one of its user, through refresh, back and a wrong code', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.signIn();
    const begun = await Promise.all(Array.from({ length: 20 }, () => ada.send('GET', REGISTER)));
    expect(new Set(begun.map(({ body }) => body.secret)).size).toBe(1);
    await ada.beginTotp();
    await ada.send('POST', TOTP, { id: ada.deviceId, code: wrongCode(ada.secret, server.clock()) });
    expect((await ada.send('GET', REGISTER)).body.secret).toBe(ada.secret);
    expect((await ada.send('GET', '/users/mfa')).body.count).toBe(1);
  });

  test('the code that confirms it does not sign in as well', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.signIn();
    expect((await ada.send('POST', TOTP, { code: ada.code() })).status).toBe(422);
    expect((await ada.authenticate()).status).toBe(200);
  });

  test('its owner can cancel it, also while the session waits', async () => {
    const server = await startTestServer({ policy: { enrollment: 'signup' } });
    const ada = new Person(server);
    await ada.signIn();
    await ada.beginTotp();
    expect((await ada.send('DELETE', `/users/mfa/${ada.deviceId}`)).status).toBe(204);
    const before = ada.deviceId;
    await ada.beginTotp();
    expect(ada.deviceId).not.toBe(before);
  });
});

describe('F-09 a tab closed at any step of enrolment', () => {
  const steps = ['signed in', 'begun', 'verified', 'codes shown', 'regenerated', 'acknowledged'] as const;
  test.each(steps)('locks nobody out: %s', async (last) => {
    const server = await startTestServer({ policy: { enrollment: 'signup' } });
    const ada = new Person(server);
    const walk = async () => {
      await ada.signIn();
      if (last === 'signed in') return;
      await ada.beginTotp();
      if (last === 'begun') return;
      await ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code() });
      if (last === 'verified') return;
      await ada.send('GET', '/users/mfa/recovery');
      if (last === 'codes shown') return;
      await ada.send('POST', '/users/mfa/recovery');
      if (last === 'regenerated') return;
      await ada.acknowledge();
    };
    await walk();
    server.clock.advance(3 * 3_600_000);
    await ada.signIn();
    const isEnrolled = last !== 'signed in' && last !== 'begun';
    if (isEnrolled) await ada.authenticate();
    else {
      await ada.beginTotp();
      await ada.send('POST', TOTP, { id: ada.deviceId, code: ada.code() });
    }
    const user = (await ada.send('GET', '/users')).body;
    expect(user.scope).toBe('user:basic');
    const codes = (await ada.send('GET', '/users/mfa/recovery')).body;
    if (last === 'acknowledged') expect(codes).toEqual({ count: 10, recoveryCodes: [] });
    else expect(codes.recoveryCodes).toHaveLength(10);
    await ada.acknowledge();
    expect((await ada.send('GET', '/users')).body.mfaBackupCodeAcknowledgement).toBe('complete');
  });
});
