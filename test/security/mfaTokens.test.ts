/**
 * Threat: a proof given for one thing is spent on another: by somebody else, in another session, for another action or
 * amount, too late, or after its owner took it back. S-35, S-36, D5, D10.
 */
import { describe, expect, test } from 'vitest';
import { createDatabaseFile } from '../support/databaseFile.js';
import { Person } from '../support/person.js';
import { startTestServer } from '../support/server.js';

const SIGN = 'wallet.waas.sign';
const payload = { amount: 12, to: 'harbor' };
const bearing = (token: string | undefined) => ({ headers: { 'x-mfa-auth-token': token ?? '' } });

const start = async (policy: object = {}) => {
  const server = await startTestServer({ policy: { enrollment: 'action', ...policy }, keepOtherSessions: true });
  const ada = new Person(server, 'ada@example.com');
  await ada.enrol();
  return { server, ada };
};

/** A token for signing, bound to a payload, from the authenticator app. */
const approve = async (ada: Person, asked: object = {}) =>
  (await ada.authenticate({ createMfaToken: { singleUse: true }, action: SIGN, payload, ...asked })).body.mfaToken;

const refused = { status: 401, body: { code: 'insufficient_user_authentication' } };

describe('S-35 a token bound to an action and a payload', () => {
  test('is good for them, once', async () => {
    const { ada } = await start();
    const token = await approve(ada);
    const done = await ada.act(SIGN, { payload: { to: 'harbor', amount: 12 }, ...bearing(token) });
    expect(done).toMatchObject({ status: 200, body: { mfa: { factor: 'totp', acr: 'factor' } } });
    expect(await ada.act(SIGN, { payload, ...bearing(token) })).toMatchObject(refused);
  });

  const misuses: [string, (ada: Person, token: string | undefined) => Promise<unknown>][] = [
    [
      'by another user',
      async ({ server }, token) => {
        const bob = new Person(server);
        await bob.enrol();
        return bob.act(SIGN, { payload, ...bearing(token) });
      },
    ],
    [
      'in another session of the same user',
      async (ada, token) => {
        const elsewhere = new Person(ada.server, ada.email);
        elsewhere.secret = ada.secret;
        await elsewhere.signInFully();
        return elsewhere.act(SIGN, { payload, ...bearing(token) });
      },
    ],
    ['for another action', (ada, token) => ada.act('wallet.waas.refresh', { payload, ...bearing(token) })],
    ['for another payload', (ada, token) => ada.act(SIGN, { payload: { ...payload, amount: 13 }, ...bearing(token) })],
    [
      'for more than was approved',
      (ada, token) => ada.act(SIGN, { payload: { ...payload, fee: 0 }, ...bearing(token) }),
    ],
    ['where no payload is asked for', (ada, token) => ada.act(SIGN, bearing(token))],
    [
      'expired by a second',
      (ada, token) => {
        ada.server.clock.advance(121_000);
        return ada.act(SIGN, { payload, ...bearing(token) });
      },
    ],
    [
      'the moment it expires',
      (ada, token) => {
        ada.server.clock.advance(120_000);
        return ada.act(SIGN, { payload, ...bearing(token) });
      },
    ],
    [
      'after a factor was added',
      async (ada, token) => {
        await ada.makePasskey();
        return ada.act(SIGN, { payload, ...bearing(token) });
      },
    ],
    [
      'with a character changed',
      (ada, token) =>
        ada.act(SIGN, { payload, ...bearing(`${token?.slice(0, -1)}${token?.endsWith('A') ? 'B' : 'A'}`) }),
    ],
    [
      'as an elevated access token',
      (ada, token) => ada.act(SIGN, { payload, headers: { 'x-dyn-elevated-access-token': token ?? '' } }),
    ],
  ];
  test.each(misuses)('is refused %s', async (_name, misuse) => {
    const { ada } = await start();
    expect(await misuse(ada, await approve(ada))).toMatchObject(refused);
  });

  test('is refused after its session signed out, and after an operator’s reset', async () => {
    const { server, ada } = await start();
    const token = await approve(ada);
    await ada.send('POST', '/revoke');
    expect((await ada.act(SIGN, { payload, ...bearing(token) })).body.code).toBe('session_ended');
    await ada.signInFully();
    const another = await approve(ada);
    await server.mfa.admin.resetUserMfa((await ada.send('GET', '/users')).body.id ?? '');
    expect((await ada.act(SIGN, { payload, ...bearing(another) })).body.code).toBe('session_ended');
  });

  test('a refusal does not use it up', async () => {
    const { ada } = await start();
    const token = await approve(ada);
    await ada.act(SIGN, { payload: { amount: 1 }, ...bearing(token) });
    await ada.act('user.update', bearing(token));
    expect((await ada.act(SIGN, { payload, ...bearing(token) })).status).toBe(200);
  });

  test('is not taken by routes that change factors', async () => {
    const { server, ada } = await start();
    const token = await approve(ada);
    server.clock.advance(301_000);
    const answer = await ada.send('DELETE', `/users/mfa/${ada.deviceId}`, undefined, bearing(token));
    expect(answer.body.code).toBe('elevated_access_token_required');
  });
});

describe('D5 a token that names no action', () => {
  const rows: [string, object, { payload?: Record<string, unknown> }, number][] = [
    ['open', {}, {}, 200],
    ['strict', { binding: 'strict' }, {}, 401],
    ['bound to a payload by its route', {}, { payload }, 401],
  ];
  test.each(rows)('for an action that is %s', async (_name, setting, asked, status) => {
    const { ada } = await start({ actions: [{ action: SIGN, required: true, ...setting }] });
    const { body } = await ada.authenticate({ createMfaToken: { singleUse: true } });
    expect((await ada.act(SIGN, { ...asked, ...bearing(body.mfaToken) })).status).toBe(status);
  });

  test('is refused where phishing resistance is asked for, whatever earned it', async () => {
    const { ada } = await start({ actions: [{ action: SIGN, required: true, minLevel: 'phr' }] });
    await ada.makePasskey();
    const { body } = await ada.usePasskey({ createMfaToken: { singleUse: true } });
    expect((await ada.act(SIGN, bearing(body.mfaToken))).status).toBe(401);
    const named = await ada.usePasskey({ createMfaToken: { singleUse: true }, action: SIGN });
    expect((await ada.act(SIGN, bearing(named.body.mfaToken))).body.mfa).toMatchObject({
      factor: 'passkey',
      acr: 'phr',
    });
  });

  test('a persistent one is good again and again, and not where a proof counts once', async () => {
    const { server, ada } = await start();
    const { body } = await ada.authenticate({ createMfaToken: { singleUse: false } });
    const act = (action: string) => ada.act(action, bearing(body.mfaToken));
    expect([(await act('user.update')).status, (await act('user.update')).status]).toEqual([200, 200]);
    expect((await act(SIGN)).status).toBe(401);
    for (const wait of [1_800_000, 1_800_000 - 1]) {
      server.clock.advance(wait);
      await ada.send('POST', '/refresh');
    }
    expect((await act('user.update')).status).toBe(200);
    server.clock.advance(1);
    expect((await act('user.update')).status).toBe(401);
  });
});

describe('D10 no weaker proof than the action asks for', () => {
  const policy = {
    actions: [
      { action: 'vault.open', required: true, minLevel: 'phr' },
      { action: 'vault.read', required: true, minLevel: 'factor' },
      { action: 'vault.list', required: true, minLevel: 'recovery' },
    ],
  };
  const start3 = async () => {
    const { server, ada } = await start(policy);
    await ada.makePasskey();
    return { server, ada };
  };
  const token = { createMfaToken: { singleUse: true } };
  const ways: [string, (ada: Person, action: string) => Promise<{ body: { mfaToken?: string; code?: string } }>][] = [
    ['passkey', (ada, action) => ada.usePasskey({ ...token, action })],
    ['totp', (ada, action) => ada.authenticate({ ...token, action })],
    [
      'recovery',
      (ada, action) => ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0], ...token, action }),
    ],
  ];
  const table: Record<string, boolean[]> = {
    'vault.open': [true, false, false],
    'vault.read': [true, true, false],
    'vault.list': [true, true, true],
  };
  test.each(Object.keys(table))('%s', async (action) => {
    const { ada } = await start3();
    for (const [index, [name, prove]] of ways.entries()) {
      const { body } = await prove(ada, action);
      const isEnough = table[action]?.[index] === true;
      expect([name, body.code]).toEqual([name, isEnough ? undefined : 'elevated_access_token_required']);
      const acted = await ada.act(action, bearing(body.mfaToken));
      expect([name, acted.status]).toEqual([name, isEnough ? 200 : 401]);
    }
  });

  test('a proof too weak for what it is asked for uses nothing up', async () => {
    const { ada } = await start3();
    await ada.signIn();
    const body = { code: ada.codes[0], ...token, action: 'vault.read' };
    const weak = await ada.send('POST', '/users/mfa/auth/recovery', body);
    expect(weak.body.payload?.satisfiedBy).toEqual(['passkey', 'totp']);
    const { body: again } = await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0] });
    expect(again.recoveryCodesLeft).toBe(9);
  });

  test('a token is as strong as what earned it, whatever has been proven since', async () => {
    const { server, ada } = await start3();
    server.clock.advance(30_000);
    await ada.signIn();
    const recovered = await ada.send('POST', '/users/mfa/auth/recovery', { code: ada.codes[0], ...token });
    await ada.usePasskey();
    expect((await ada.act('vault.read', bearing(recovered.body.mfaToken))).status).toBe(401);
    expect((await ada.act('vault.list', bearing(recovered.body.mfaToken))).body.mfa?.acr).toBe('recovery');
  });
});

test('S-36 no token of either kind lies in the database', async () => {
  const file = createDatabaseFile();
  const server = await startTestServer({ store: file.store, policy: { enrollment: 'action' } });
  const ada = new Person(server);
  await ada.enrol();
  const asked = { createMfaToken: { singleUse: true, count: 10 }, requestedScopes: ['wallet:sign'] };
  const { mfaTokens = [], elevatedAccessToken } = (await ada.authenticate(asked)).body;
  const claims = JSON.parse(Buffer.from(elevatedAccessToken?.split('.')[1] ?? '', 'base64url').toString());
  const secrets = [
    ...mfaTokens,
    ...mfaTokens.map((one) => one.slice(4)),
    elevatedAccessToken ?? '?',
    claims.jti as string,
  ];
  expect(new Set(mfaTokens).size).toBe(10);
  for (const one of mfaTokens) expect(Buffer.from(one.slice(4), 'base64url')).toHaveLength(32);
  const dump = file.dump();
  for (const secret of secrets) expect(dump.includes(secret)).toBe(false);
  await server.close();
  file.remove();
});
