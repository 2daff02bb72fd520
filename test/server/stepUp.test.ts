/** Whether a scope asks for a proof, and what an application leaves for its users to do. Contract §5.3, security.md D9. */
import { describe, expect, test } from 'vitest';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const check = async (ada: Person, scope: string) => (await ada.send('POST', '/stepUp/check', { scope })).body;
const notRequired = { isRequired: false, credentials: [] };
const stale = 301_000;

describe('stepUp/check', () => {
  test('for changing factors: once the last proof is five minutes old, with what there is, the one used last first', async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    await ada.makePasskey();
    expect(await check(ada, 'credential:unlink')).toEqual(notRequired);
    server.clock.advance(stale);
    const asked = await check(ada, 'credential:unlink');
    expect(asked).toEqual({
      isRequired: true,
      credentials: [
        { id: ada.passkeyId, format: 'passkey', type: 'passkey' },
        { id: ada.deviceId, format: 'totp', type: 'totp' },
      ],
      defaultCredentialId: ada.passkeyId,
    });
    await ada.authenticate();
    server.clock.advance(stale);
    expect((await check(ada, 'credential:link')).defaultCredentialId).toBe(ada.deviceId);
  });

  test('for an action: where the policy demands it, with what is strong enough', async () => {
    const actions = [
      { action: 'wallet.waas.sign', required: true, minLevel: 'phr' as const },
      { action: 'wallet.waas.export', required: false },
    ];
    const server = await startTestServer({ policy: { enrollment: 'action', actions } });
    const ada = new Person(server);
    await ada.enrol();
    expect(await check(ada, 'wallet:sign')).toEqual({ isRequired: true, credentials: [] });
    await ada.makePasskey();
    expect((await check(ada, 'wallet:sign')).credentials).toMatchObject([{ id: ada.passkeyId }]);
    for (const scope of ['wallet:export', 'wallet:delete', 'nobody:knows'])
      expect(await check(ada, scope)).toEqual(notRequired);
  });

  test('without a factor: the first factor again for enrolling, else as enrolment says', async () => {
    const actions = [{ action: 'wallet.waas.sign', required: true }];
    const server = await startTestServer({ policy: { enrollment: 'none', actions } });
    const ada = new Person(server);
    const id = (await ada.signIn()).body.user?.lastVerifiedCredentialId;
    expect(await check(ada, 'credential:link')).toEqual(notRequired);
    server.clock.advance(stale);
    expect(await check(ada, 'credential:link')).toEqual({
      isRequired: true,
      credentials: [{ id, format: 'email', alias: ada.email }],
      defaultCredentialId: id,
    });
    expect(await check(ada, 'wallet:sign')).toEqual(notRequired);
    await server.mfa.admin.updatePolicy({ enrollment: 'action' });
    expect(await check(ada, 'wallet:sign')).toEqual({ isRequired: true, credentials: [] });
  });
});

describe('settings', () => {
  test('say everything of every action, so that no client has to know the defaults', async () => {
    const actions = [
      { action: 'wallet.waas.export', required: true },
      { action: 'gate.open', required: true, tokenExpirySeconds: 90, scope: 'harbor:open', binding: 'strict' as const },
      { action: 'wallet.waas.sign', required: false, tokenExpirySeconds: 3000 },
    ];
    const { request } = await startTestServer({ policy: { actions } });
    const settings = (await (await request('GET', '/settings')).json()) as { security: { mfa: { actions: unknown } } };
    expect(settings.security.mfa.actions).toEqual([
      {
        action: 'wallet.waas.export',
        required: true,
        tokenBehavior: 'single_use',
        tokenExpirySeconds: 120,
        minLevel: 'factor',
        binding: 'open',
        scope: 'wallet:export',
      },
      {
        action: 'gate.open',
        required: true,
        tokenBehavior: 'time_bound',
        tokenExpirySeconds: 90,
        minLevel: 'recovery',
        binding: 'strict',
        scope: 'harbor:open',
      },
      {
        action: 'wallet.waas.sign',
        required: false,
        tokenBehavior: 'single_use',
        tokenExpirySeconds: 120,
        minLevel: 'recovery',
        binding: 'open',
        scope: 'wallet:sign',
      },
    ]);
  });

  test.each([
    [{ action: 'a', required: true, minLevel: 'strong' }],
    [{ action: 'a', required: true, binding: 'loose' }],
    [{ action: 'a', required: true, scope: 'two scopes' }],
    [{ action: 'a', required: true, tokenExpirySeconds: 0 }],
  ])('a policy with %o is refused', async (action) => {
    const server = await startTestServer();
    const changes = { actions: [action] } as never;
    await expect(server.mfa.admin.updatePolicy(changes)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(startTestServer({ policy: changes })).rejects.toThrow(/policy\.actions/);
  });

  test('so is one that lists an action twice, of which only one would count', async () => {
    const actions = [
      { action: 'gate.open', required: false },
      { action: 'gate.open', required: true },
    ];
    const server = await startTestServer();
    await expect(server.mfa.admin.updatePolicy({ actions })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(startTestServer({ policy: { actions } })).rejects.toThrow(/lists "gate.open" twice/);
  });
});

describe('what waits for the user', () => {
  const start = async () => {
    const server = await startTestServer();
    const ada = new Person(server);
    await ada.enrol();
    const userId = (await ada.send('GET', '/users')).body.id ?? '';
    return { server, ada, userId, waiting: server.mfa.waiting };
  };
  const RESHARE = 'wallet.waas.reshare';

  test('is listed to them, oldest first, until it is settled', async () => {
    const { server, ada, userId, waiting } = await start();
    const id = await waiting.leave(userId, { action: RESHARE, subject: 'wallet-1', summary: 'Bob may sign\nnow' });
    server.clock.advance(1_000);
    await waiting.leave(userId, { action: 'wallet.waas.refresh' });
    const { body } = await ada.send('GET', '/users/mfa/waiting');
    expect(body.count).toBe(2);
    expect(body.waiting?.[0]).toEqual({
      id,
      action: RESHARE,
      subject: 'wallet-1',
      summary: 'Bob may sign now',
      createdAt: new Date(server.clock() - 1_000).toISOString(),
    });
    expect([await waiting.settle(userId, id), await waiting.settle(userId, id)]).toEqual([true, false]);
    expect((await ada.send('GET', '/users/mfa/waiting')).body.count).toBe(1);
  });

  test('the same action on the same subject waits once', async () => {
    const { server, userId, waiting } = await start();
    const first = await waiting.leave(userId, { action: RESHARE, subject: 'wallet-1', summary: 'Bob may sign' });
    expect(await waiting.leave(userId, { action: RESHARE, subject: 'wallet-1', summary: 'Bob may not sign' })).toBe(
      first,
    );
    server.clock.advance(1);
    await waiting.leave(userId, { action: RESHARE, subject: 'wallet-2' });
    expect(await waiting.list(userId)).toMatchObject([
      { id: first, summary: 'Bob may not sign' },
      { subject: 'wallet-2' },
    ]);
  });

  test('nobody else sees or settles it, nor a session that waits for its second factor', async () => {
    const { server, ada, userId, waiting } = await start();
    const bob = new Person(server);
    await bob.enrol();
    const id = await waiting.leave(userId, { action: RESHARE });
    expect((await bob.send('GET', '/users/mfa/waiting')).body.count).toBe(0);
    expect(await waiting.settle((await bob.send('GET', '/users')).body.id ?? '', id)).toBe(false);
    await ada.signIn();
    expect((await ada.send('GET', '/users/mfa/waiting')).body.code).toBe('insufficient_scope');
  });

  test('is refused for an unknown user or a name too long, and goes with its user', async () => {
    const { server, userId, waiting } = await start();
    await expect(waiting.leave(crypto.randomUUID(), { action: RESHARE })).rejects.toMatchObject({ code: 'not_found' });
    await expect(waiting.leave(userId, { action: 'a'.repeat(101) })).rejects.toMatchObject({ code: 'invalid_request' });
    await waiting.leave(userId, { action: RESHARE });
    expect((await server.mfa.admin.exportUser(userId))?.waiting).toMatchObject([{ action: RESHARE }]);
    await server.mfa.admin.eraseUser(userId);
    expect(await waiting.list(userId)).toEqual([]);
  });
});
