/** Reads what arrives at the treasury: small JSON objects of known fields, and nothing that is nearly one. */
import { getAddress, isAddress } from 'viem/utils';
import type { Address, TransferOrder } from '../../treasury.js';
import { TreasuryRefusal } from './refusal.js';

const LARGEST_BODY = 4096;
const LARGEST_AMOUNT = 10n ** 15n;

type Fields = Record<string, unknown>;

const refuse = (): never => {
  throw new TreasuryRefusal(400, 'invalid_request');
};

/** The body as an object, whatever its fields are. */
const readObject = async (request: Request): Promise<Fields> => {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refuse();
  const text = await readText(request);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : refuse();
  } catch {
    return refuse();
  }
};

const readText = async (request: Request): Promise<string> => {
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  // Counted while it arrives: a length in the headers is only a promise.
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LARGEST_BODY) refuse();
  }
  return text + decoder.decode();
};

/** Text as a person types it on one line: no control characters, no direction overrides that make it read as another. */
const readLine = (value: unknown, { least, most }: { least: number; most: number }): string => {
  if (typeof value !== 'string') return refuse();
  const text = value.trim();
  const isPlain = !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(text);
  return isPlain && text.length >= least && text.length <= most ? text : refuse();
};

/** An address in the one spelling that is stored and approved (EIP-55). */
export const readAddress = (value: unknown): Address =>
  typeof value === 'string' && isAddress(value) ? getAddress(value) : refuse();

const readAmount = (value: unknown): string => {
  if (typeof value !== 'string' || !/^[1-9][0-9]{0,15}$/.test(value)) return refuse();
  return BigInt(value) <= LARGEST_AMOUNT ? value : refuse();
};

export const readOrder = async (request: Request): Promise<TransferOrder> => {
  const { to, amount, note = '' } = await readObject(request);
  return { to: readAddress(to), amount: readAmount(amount), note: readLine(note, { least: 0, most: 80 }) };
};

/** A message is signed as it was typed, line breaks included. */
export const readMessage = async (request: Request): Promise<string> => {
  const { message } = await readObject(request);
  if (typeof message !== 'string') return refuse();
  return message.trim() !== '' && message.length <= 1000 ? message : refuse();
};

export const readDelegate = async (request: Request): Promise<{ address: Address; label: string }> => {
  const { address, label } = await readObject(request);
  return { address: readAddress(address), label: readLine(label, { least: 1, most: 40 }) };
};

export const readWaitingId = async (request: Request): Promise<string> => {
  const { id } = await readObject(request);
  return readLine(id, { least: 1, most: 100 });
};
