/** Threat: a transfer that its payer did not sign, cannot pay, or signed once and somebody hands in twice. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { recoverTypedDataAddress } from 'viem/utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Ledger } from '../../demo/server/treasury/Ledger.js';
import { signTransfer } from '../../demo/server/treasury/transfer.js';

const ada = privateKeyToAccount(generatePrivateKey());
const bo = privateKeyToAccount(generatePrivateKey());
const noon = Date.UTC(2026, 4, 1, 12);
const tenMarks = { to: bo.address, amount: 10_00n, note: 'Mooring fee' };

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-ledger-'));
  ledger = new Ledger(folder, () => noon);
  ledger.open(ada.address, 100_00n, 'Opening balance');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const balances = (): bigint[] => [ledger.balanceOf(ada.address), ledger.balanceOf(bo.address)];

test('what was paid has left one account and reached the other, after a restart as well', async () => {
  await ledger.pay(ada, tenMarks);
  expect(balances()).toEqual([90_00n, 10_00n]);
  ledger = new Ledger(folder);
  expect(balances()).toEqual([90_00n, 10_00n]);
});

test('an account is opened once', () => {
  ledger.open(ada.address, 100_00n, 'Opening balance');
  expect(ledger.balanceOf(ada.address)).toBe(100_00n);
});

test('the signature in the book recovers to the payer, by a call of its own', async () => {
  const { signature, from, to, amount, note, nonce } = await ledger.pay(ada, tenMarks);
  if (!signature || !from) throw new Error('not signed');
  const signer = await recoverTypedDataAddress({
    domain: { name: 'Harbor Treasury', version: '1' },
    types: {
      Transfer: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'amount', type: 'uint256' },
        { name: 'note', type: 'string' },
        { name: 'nonce', type: 'uint256' },
      ],
    },
    primaryType: 'Transfer',
    message: { from, to, amount, note, nonce },
    signature,
  });
  expect(signer).toBe(ada.address);
});

test.each([
  ['amount', { amount: 11_00n }],
  ['payee', { to: ada.address }],
  ['note', { note: 'Mooring fees' }],
  ['number', { nonce: 1n }],
  ['payer', { from: bo.address }],
])('a transfer whose %s was changed after signing is not booked', async (_field, change) => {
  const signed = await signTransfer(ada, { ...tenMarks, from: ada.address, nonce: 0n });
  await expect(ledger.book({ ...signed, ...change })).rejects.toMatchObject({ code: 'invalid_signature' });
  await expect(ledger.book({ ...signed, signature: '0x' })).rejects.toMatchObject({ code: 'invalid_signature' });
  expect(balances()).toEqual([100_00n, 0n]);
});

test('one signature books once, one after another and at the same time', async () => {
  const signed = await signTransfer(ada, { ...tenMarks, from: ada.address, nonce: 0n });
  const outcomes = await Promise.allSettled([ledger.book(signed), ledger.book(signed), ledger.book(signed)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(ledger.book(signed)).rejects.toMatchObject({ code: 'already_booked' });
  expect(balances()).toEqual([90_00n, 10_00n]);
});

test('twenty orders at once are booked one by one, and those the balance does not cover are refused', async () => {
  const orders = Array.from({ length: 20 }, () => ledger.pay(ada, tenMarks));
  const outcomes = await Promise.allSettled(orders);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(balances()).toEqual([0n, 100_00n]);
});

test('a cent over the balance is refused, and so are nothing and less than nothing', async () => {
  await expect(ledger.pay(ada, { ...tenMarks, amount: 100_01n })).rejects.toMatchObject({ code: 'insufficient_funds' });
  await expect(ledger.pay(ada, { ...tenMarks, amount: 0n })).rejects.toMatchObject({ code: 'invalid_request' });
  // An unsigned integer cannot even be signed below zero.
  await expect(ledger.pay(ada, { ...tenMarks, amount: -1n })).rejects.toThrow();
  expect(balances()).toEqual([100_00n, 0n]);
});

test('amounts are whole cents beyond what a number can hold, on disk too', async () => {
  const cents = 9_007_199_254_740_993n;
  ledger.open(bo.address, cents, 'A fleet');
  await ledger.pay(bo, { to: ada.address, amount: cents - 1n, note: '' });
  expect(new Ledger(folder).balanceOf(bo.address)).toBe(1n);
  expect(readFileSync(join(folder, 'ledger.json'), 'utf8')).toContain('"9007199254740992"');
});
