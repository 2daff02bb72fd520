/** Threat: somebody reads the demo's data folder, or changes it. The keys in it stay closed, and open for nobody else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { recoverMessageAddress } from 'viem/utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Vault } from '../../demo/server/treasury/Vault.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mfa-kit-vault-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const readWallets = (): Record<string, { address: string; sealed: { text: string } }> =>
  JSON.parse(readFileSync(join(folder, 'wallets.json'), 'utf8'));

test('everybody has one address, and it is the same after a restart', () => {
  const vault = new Vault(folder);
  const ada = vault.addressOf('ada');
  expect(ada).toMatch(/^0x[0-9a-fA-F]{40}$/);
  expect(vault.addressOf('ada')).toBe(ada);
  expect(vault.addressOf('bo')).not.toBe(ada);
  expect(new Vault(folder).addressOf('ada')).toBe(ada);
});

test('a message signed in the vault recovers to the address it shows', async () => {
  const vault = new Vault(folder);
  const signature = await vault.signerOf('ada').signMessage({ message: 'Moored at berth 4' });
  expect(await recoverMessageAddress({ message: 'Moored at berth 4', signature })).toBe(vault.addressOf('ada'));
  expect(await recoverMessageAddress({ message: 'Moored at berth 5', signature })).not.toBe(vault.addressOf('ada'));
});

test('an exported key is the key of that address, and opens after a restart', () => {
  const vault = new Vault(folder);
  const privateKey = vault.reveal('ada');
  expect(privateKeyToAccount(privateKey).address).toBe(vault.addressOf('ada'));
  expect(new Vault(folder).reveal('ada')).toBe(privateKey);
});

test('no file of the folder holds a private key in any spelling, and only its owner reads them', () => {
  const vault = new Vault(folder);
  const bytes = Buffer.from(vault.reveal('ada').slice(2), 'hex');
  const spellings = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), bytes.toString('base64')];
  const files = readdirSync(folder);
  expect(files.sort()).toEqual(['treasury.key', 'wallets.json']);
  for (const file of files) {
    const raw = readFileSync(join(folder, file));
    expect(spellings.filter((spelling) => raw.toString('utf8').includes(spelling))).toEqual([]);
    expect(raw.includes(bytes)).toBe(false);
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  }
});

test('dealing the key anew keeps the key and changes all that is stored of it', () => {
  const vault = new Vault(folder);
  const privateKey = vault.reveal('ada');
  const before = readWallets().ada;
  vault.reshare('ada');
  expect(vault.reveal('ada')).toBe(privateKey);
  expect(readWallets().ada?.sealed.text).not.toBe(before?.sealed.text);
});

test('a sealed key that was changed, or put under another name, does not open', () => {
  new Vault(folder).addressOf('ada');
  const { ada } = readWallets();
  if (!ada) throw new Error('no wallet');
  const bits = Buffer.from(ada.sealed.text, 'base64');
  bits[0] = (bits[0] ?? 0) ^ 1;
  const changed = { ...ada, sealed: { ...ada.sealed, text: bits.toString('base64') } };
  writeFileSync(join(folder, 'wallets.json'), JSON.stringify({ ada: changed, mallory: ada }));
  const vault = new Vault(folder);
  expect(() => vault.reveal('ada')).toThrow();
  expect(() => vault.reveal('mallory')).toThrow();
});

test('without the sealing key, the wallets do not open', () => {
  new Vault(folder).addressOf('ada');
  rmSync(join(folder, 'treasury.key'));
  expect(() => new Vault(folder).reveal('ada')).toThrow();
});
