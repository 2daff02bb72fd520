/** Recovery codes: making, reading and hashing them (security.md D3). */
import { type Bytes, fromBase64url, pbkdf2, randomBytes, randomUuid, toBase64url } from './crypto.js';
import type { Pepper } from './pepper.js';
import type { RecoverySetRecord } from './store/records.js';
import type { Vault } from './vault.js';

/** Crockford's base32: no I, L, O or U. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODES_PER_SET = 10;
/** 80 bits, and 50 where published clients have to take them: NIST SP 800-63B §3.1.2.1 asks for 64 of saved codes. */
export const CODE_LENGTHS = [16, 10] as const;
export type CodeLength = (typeof CODE_LENGTHS)[number];
export const DEFAULT_LENGTH: CodeLength = 16;
/** OWASP's figure for PBKDF2-HMAC-SHA-512. */
export const DEFAULT_ROUNDS = 210_000;
const SEALED_MS = 24 * 3_600_000;

/** A code as people see it: `XXXX-XXXX-XXXX-XXXX`, or ten symbols in one piece, as published views want them. */
export const newRecoveryCode = (length: CodeLength = DEFAULT_LENGTH): string => {
  // 256 is a multiple of 32, so every symbol is equally likely.
  const symbols = Array.from(randomBytes(length), (byte) => SYMBOLS[byte % 32]).join('');
  return length === 10 ? symbols : (symbols.match(/.{4}/g) ?? []).join('-');
};

/** The code's symbols, look-alikes put right; null for what cannot be a code, whichever length is made just now. */
const normaliseRecoveryCode = (code: string): string | null => {
  const symbols = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const isCode = CODE_LENGTHS.some((length) => length === symbols.length) && /^[0-9A-HJKMNP-TV-Z]+$/.test(symbols);
  return isCode ? symbols : null;
};

const hashCode = async (
  pepper: Pepper,
  set: Pick<RecoverySetRecord, 'id' | 'userId' | 'salt' | 'rounds' | 'pepperId'>,
  symbols: string,
): Promise<string> => {
  const salt: Bytes = fromBase64url(set.salt) ?? new Uint8Array(16);
  return pepper.add(set.pepperId, set, await pbkdf2(symbols, salt, set.rounds));
};

/** A new set with its codes sealed beside their hashes, ready to be kept. Slow on purpose: call it before a transaction. */
export const prepareRecoverySet = async (input: {
  userId: string;
  pepper: Pepper;
  vault: Vault;
  rounds: number;
  length: CodeLength;
  isLive: boolean;
  now: number;
}): Promise<{ set: RecoverySetRecord; codes: string[]; codeHashes: string[] }> => {
  const { userId, pepper, vault, rounds, length, isLive, now } = input;
  const codes = Array.from({ length: CODES_PER_SET }, () => newRecoveryCode(length));
  const id = randomUuid();
  const key = { id, userId, salt: toBase64url(randomBytes(16)), rounds, pepperId: pepper.active };
  const codeHashes = await Promise.all(codes.map((code) => hashCode(pepper, key, code.replaceAll('-', ''))));
  const sealed = await vault.seal('recovery-codes', { userId, id }, JSON.stringify(codes));
  const set = { ...key, isLive, sealed, createdAt: now, sealedUntil: now + SEALED_MS, acknowledgedAt: null };
  return { set, codes, codeHashes };
};

/** The codes of a set that has not been acknowledged yet. */
export const openRecoveryCodes = async (vault: Vault, set: RecoverySetRecord): Promise<string[]> => {
  if (set.sealed === null) return [];
  const codes: unknown = JSON.parse(await vault.open('recovery-codes', { userId: set.userId, id: set.id }, set.sealed));
  return Array.isArray(codes) ? codes.map(String) : [];
};

/** What a code is to be looked up by since its set went under another pepper; null when it did not. */
export const hashUnderNewPepper = (
  pepper: Pepper,
  was: RecoverySetRecord,
  is: RecoverySetRecord | null,
  codeHash: string,
): Promise<string> | null =>
  is?.id !== was.id || is.pepperId === was.pepperId
    ? null
    : pepper.remove(was.pepperId, was, codeHash).then((hash) => pepper.add(is.pepperId, is, hash));

/**
 * What to look a code up by. Costs the same whether the user has codes or not; null when there is nothing to look up.
 */
export const hashSubmittedCode = async (
  pepper: Pepper,
  live: RecoverySetRecord | null,
  code: string,
  rounds: number,
): Promise<string | null> => {
  const symbols = normaliseRecoveryCode(code);
  const set = live ?? { id: 'none', userId: 'none', salt: '', rounds, pepperId: pepper.active };
  const hash = await hashCode(pepper, set, symbols ?? 'X'.repeat(DEFAULT_LENGTH));
  return live && symbols ? hash : null;
};
