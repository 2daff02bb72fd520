/** Time-based one-time passwords (RFC 6238 over RFC 4226): secrets, URIs, and which time step a code belongs to. */
import { HOTP, Secret, TOTP } from 'otpauth';
import { randomBytes, timingSafeEqual } from './crypto.js';

const PERIOD_S = 30;
const DIGITS = 6;
/** 160 bits, as RFC 4226 §4 R6 recommends. */
const SECRET_BYTES = 20;

/** A new secret, base32. */
export const newTotpSecret = (): string => new Secret({ buffer: randomBytes(SECRET_BYTES).buffer }).base32;

/** RFC 4226 §4 R6 demands 128 bits; no app makes more than the block of its hash. */
const MIN_BYTES = 16;
const MAX_BYTES = 64;

/**
 * A secret of another service in the one form it is kept in; null for what cannot be one. Spaces, lower case and padding
 * (RFC 4648 §6) do not matter, as in the apps it was typed into.
 */
export const readTotpSecret = (text: string): string | null => {
  const symbols = text.replaceAll(/\s/g, '').replace(/=*$/, '').toUpperCase();
  // A last group of one, three or six symbols ends in the middle of a byte (RFC 4648 §6).
  if (!/^[A-Z2-7]+$/.test(symbols) || [1, 3, 6].includes(symbols.length % 8)) return null;
  const { bytes, base32 } = Secret.fromBase32(symbols);
  return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES ? base32 : null;
};

/** What the QR code carries (Key URI format). */
export const totpUri = (secret: string, issuer: string, account: string): string =>
  new TOTP({ issuer, label: account, secret, digits: DIGITS, period: PERIOD_S, algorithm: 'SHA1' }).toString();

export const timeStepAt = (now: number): number => Math.floor(now / 1000 / PERIOD_S);

/** The code of a time step (RFC 4226 §5.3). Ours have six digits over SHA-1, which every app understands. */
export const codeForStep = (secret: string, step: number, { digits = DIGITS, algorithm = 'SHA1' } = {}): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter: step, digits, algorithm });

/** Six ASCII digits, once spaces and hyphens are taken out; null for anything else, which no code can equal. */
export const normaliseTotpCode = (code: string): string | null => {
  const digits = code.replaceAll(/[ -]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
};

export type TotpMatch =
  | { kind: 'fresh'; step: number; drift: number }
  /** A code of a step that was used, or of one before it (RFC 6238 §5.2: never accept the second attempt). */
  | { kind: 'used' }
  | { kind: 'wrong' };

/**
 * Looks a code up among the steps allowed just now: one either way, or the current one alone when strict. The server's
 * clock decides. All steps are computed whatever matches, so that time tells nothing.
 */
export const matchTotpCode = (input: {
  code: string;
  secret: string;
  lastStep: number;
  now: number;
  isStrict: boolean;
}): TotpMatch => {
  const code = normaliseTotpCode(input.code) ?? '';
  const current = timeStepAt(input.now);
  const drifts = input.isStrict ? [0] : [-1, 0, 1];
  const matches = drifts.filter((drift) => timingSafeEqual(codeForStep(input.secret, current + drift), code));
  const fresh = matches.find((drift) => current + drift > input.lastStep);
  if (fresh !== undefined) return { kind: 'fresh', step: current + fresh, drift: fresh };
  return { kind: matches.length > 0 ? 'used' : 'wrong' };
};
