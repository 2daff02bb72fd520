/** Threat: hostile bodies and foreign pages at the treasury's routes, and anything done without the guard's word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { verifyMessage } from 'viem/utils';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTreasury } from '../../demo/server/treasury/createTreasury.js';
import type { MfaDemand, TreasuryGuard } from '../../demo/server/treasury/guard.js';
import type { SignedMessage, TreasuryAccount } from '../../demo/treasury.js';

const payee = '0x1f2E7a9C05b84D6633aA9E41C7d20b5586f0a1d3'.toLowerCase();

/** Says yes or no to everybody, and remembers what it was asked. */
class Guard implements TreasuryGuard {
  readonly demands: MfaDemand[] = [];
  says: 'yes' | 'no' = 'yes';
  #waiting: { id: string; action: string; summary: string | null }[] = [];

  readonly requireSession: TreasuryGuard['requireSession'] = async () => ({
    ok: true,
    session: { userId: 'ada', email: null, sid: 's', scope: 'user:basic', acr: 'factor', authTime: 0, expiresAt: 1 },
  });

  readonly requireMfa: TreasuryGuard['requireMfa'] = async (_request, demand) => {
    this.demands.push(demand);
    if (this.says === 'yes') return { ok: true, mfa: { userId: 'ada' } };
    return { ok: false, response: Response.json({ code: 'insufficient_user_authentication' }, { status: 401 }) };
  };

  readonly waiting: TreasuryGuard['waiting'] = {
    leave: async (_userId, { action, summary = null }) =>
      this.#waiting.push({ id: String(this.#waiting.length + 1), action, summary }),
    list: async () => this.#waiting,
    settle: async (_userId, id) => {
      this.#waiting = this.#waiting.filter((each) => each.id !== id);
    },
  };
}

let folder: string;
let guard: Guard;
let treasury: ReturnType<typeof createTreasury>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-treasury-'));
  guard = new Guard();
  treasury = createTreasury({ dataFolder: folder });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  treasury(
    new Request(`http://localhost/demo/treasury/${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    }),
    guard,
  );

const account = async (): Promise<TreasuryAccount> => (await ask('GET', 'account')).json();
const order = { to: payee, amount: '2500', note: 'Mooring' };

test('a first visit opens an account, with a wallet prepared beside it', async () => {
  const { balance, prepared, history, delegates, waiting } = await account();
  expect([balance, prepared?.balance]).toEqual(['1248000', '250000']);
  expect(history.map(({ direction, party }) => [direction, party])).toEqual([['in', null]]);
  expect([delegates, waiting]).toEqual([[], []]);
});

test('what is booked is the payload that was approved, field for field', async () => {
  const answer = await ask('POST', 'send', order);
  expect(answer.status).toBe(201);
  const [demand] = guard.demands;
  expect(demand).toMatchObject({ action: 'treasury.transfer', summary: 'Send 25.00 HM to Alder & Finch' });
  const { balance, history } = await account();
  const { party: to, amount, note } = history[0] ?? {};
  expect({ to, amount, note }).toEqual(demand?.payload);
  expect(balance).toBe('1245500');
});

test('a signed message verifies against the address on the account', async () => {
  const signed: SignedMessage = await (await ask('POST', 'sign', { message: 'Line one\nline two' })).json();
  expect(await verifyMessage(signed)).toBe(true);
  expect(signed.address).toBe((await account()).address);
});

test('an export gives the key of that address, to no cache', async () => {
  const answer = await ask('POST', 'export', {});
  const { privateKey } = (await answer.json()) as { privateKey: `0x${string}` };
  expect(privateKeyToAccount(privateKey).address).toBe((await account()).address);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a delegate leaves a reshare waiting, approved and revoked, and doing it settles it', async () => {
  expect((await ask('POST', 'delegates', { address: payee, label: 'Mira' })).status).toBe(201);
  const { delegates, waiting } = await account();
  expect(delegates).toMatchObject([{ label: 'Mira', hasShare: false }]);
  expect(waiting).toEqual([{ id: '1', summary: 'Deal Mira a share of the key' }]);
  expect((await ask('POST', 'reshare', { id: '1' })).status).toBe(200);
  expect(await account()).toMatchObject({ delegates: [{ hasShare: true }], waiting: [] });
  expect((await ask('DELETE', `delegates/${payee}`)).status).toBe(200);
  expect(await account()).toMatchObject({ delegates: [], waiting: [{ summary: 'Deal the key anew without Mira' }] });
  expect(guard.demands.map(({ action }) => action)).toEqual(Array(3).fill('wallet.waas.reshare'));
});

test('a prepared wallet is claimed once, and its marks reach the account', async () => {
  expect((await ask('POST', 'claim', {})).status).toBe(201);
  expect(guard.demands.at(-1)?.action).toBe('wallet.waas.refresh');
  expect(await account()).toMatchObject({ balance: '1498000', prepared: null });
  expect((await ask('POST', 'claim', {})).status).toBe(404);
});

test('without the guard’s word nothing is done and nothing given away', async () => {
  await ask('POST', 'delegates', { address: payee, label: 'Mira' });
  const before = await account();
  guard.says = 'no';
  const answers = await Promise.all([
    ask('POST', 'send', order),
    ask('POST', 'sign', { message: 'hello' }),
    ask('POST', 'export', {}),
    ask('POST', 'delegates', { address: before.address, label: 'Me' }),
    ask('DELETE', `delegates/${payee}`),
    ask('POST', 'reshare', { id: '1' }),
    ask('POST', 'claim', {}),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ code: 'insufficient_user_authentication' });
  }
  expect(await account()).toEqual(before);
});

test('what could not be booked is refused before anybody is asked to approve it', async () => {
  const { balance } = await account();
  const answer = await ask('POST', 'send', { ...order, amount: String(BigInt(balance) + 1n) });
  expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'insufficient_funds' }]);
  expect(guard.demands).toEqual([]);
});

describe('a hostile body is refused with 400 and asks nobody', () => {
  const hostile: [string, unknown][] = [
    ['send', ''],
    ['send', '{"to": '],
    ['send', 'null'],
    ['send', '[]'],
    ['send', '"send"'],
    ['send', {}],
    ...['0', '-1', '1.5', '1e3', '0x10', ' 1', '', '01', '9'.repeat(17), 1, 25.5, null, {}].map(
      (amount): [string, unknown] => ['send', { ...order, amount }],
    ),
    ...['', '0x', 'alder', `${payee}00`, payee.replace('f', 'F'), 7, null, ['0x']].map((to): [string, unknown] => [
      'send',
      { ...order, to },
    ]),
    ...['a\u0000b', 'a\nb', '\u202egnirooM', 'x'.repeat(81), 7, null, {}].map((note): [string, unknown] => [
      'send',
      { ...order, note },
    ]),
    ['send', `{"pad":"${'x'.repeat(5000)}"}`],
    ['sign', { message: '' }],
    ['sign', { message: '   ' }],
    ['sign', { message: 'x'.repeat(1001) }],
    ['sign', { message: { toString: 'x' } }],
    ['delegates', { address: payee, label: '' }],
    ['delegates', { address: payee, label: 'x'.repeat(41) }],
    ['delegates', { address: 'mira', label: 'Mira' }],
    ['reshare', { id: 7 }],
    ['reshare', {}],
  ];
  test.each(hostile)('%s %j', async (path, body) => {
    const answer = await ask('POST', path, body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid_request' }]);
    expect(guard.demands).toEqual([]);
  });

  test('in another content type, which a form of another site could send', async () => {
    const answer = await ask('POST', 'send', order, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
  });

  test('an address in the path that is none', async () => {
    expect((await ask('DELETE', 'delegates/mira')).status).toBe(400);
  });
});

test('another site, an unknown route and another method are refused', async () => {
  for (const site of ['cross-site', 'same-site', 'none'])
    expect((await ask('POST', 'send', order, { 'sec-fetch-site': site })).status).toBe(403);
  expect((await ask('GET', 'account', undefined, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask('POST', 'mint', {})).status).toBe(404);
  expect((await ask('POST', 'toString', {})).status).toBe(404);
  expect((await ask('PUT', 'send', order)).status).toBe(405);
  expect(guard.demands).toEqual([]);
});
