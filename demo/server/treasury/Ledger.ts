/** Who holds how many Harbor marks: nothing is booked but what its payer signed and can pay. */
import { join } from 'node:path';
import type { PrivateKeyAccount } from 'viem/accounts';
import { isAddressEqual } from 'viem/utils';
import type { Address, Hex } from '../../treasury.js';
import { readJson, writeJson } from './jsonFile.js';
import { TreasuryRefusal } from './refusal.js';
import { isSignedByPayer, type SignedTransfer, signTransfer, type Transfer } from './transfer.js';

/** One line of the book. An opening has no payer and no signature. */
export interface Entry {
  id: string;
  from: Address | null;
  to: Address;
  amount: bigint;
  note: string;
  nonce: bigint;
  /** Unix milliseconds. */
  bookedAt: number;
  signature: Hex | null;
}

/** JSON has no integers of this size. */
type StoredEntry = Omit<Entry, 'amount' | 'nonce'> & { amount: string; nonce: string };

export class Ledger {
  readonly #file: string;
  readonly #clock: () => number;
  readonly #entries: Entry[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, clock: () => number = Date.now) {
    this.#file = join(folder, 'ledger.json');
    this.#clock = clock;
    this.#entries = readJson<StoredEntry[]>(this.#file, []).map((entry) => ({
      ...entry,
      amount: BigInt(entry.amount),
      nonce: BigInt(entry.nonce),
    }));
  }

  /** Gives a new account what it begins with, once. */
  open(address: Address, amount: bigint, note: string): void {
    const isOpen = this.#entries.some(({ from, to }) => from === null && isAddressEqual(to, address));
    if (!isOpen) this.#append({ from: null, to: address, amount, note, nonce: 0n, signature: null });
  }

  balanceOf(address: Address): bigint {
    return this.entriesOf(address).reduce((sum, { from, to, amount }) => {
      const came = isAddressEqual(to, address) ? amount : 0n;
      const went = from !== null && isAddressEqual(from, address) ? amount : 0n;
      return sum + came - went;
    }, 0n);
  }

  /** Oldest first. */
  entriesOf(address: Address): Entry[] {
    return this.#entries.filter(
      ({ from, to }) => isAddressEqual(to, address) || (from !== null && isAddressEqual(from, address)),
    );
  }

  nextNonce(address: Address): bigint {
    return BigInt(this.#entries.filter(({ from }) => from !== null && isAddressEqual(from, address)).length);
  }

  /** Signs and books, one after another, so that two orders at once do not take the same number. */
  async pay(signer: PrivateKeyAccount, order: Pick<Transfer, 'to' | 'amount' | 'note'>): Promise<Entry> {
    const booked = this.#turn.then(async () => {
      const from = signer.address;
      return this.book(await signTransfer(signer, { ...order, from, nonce: this.nextNonce(from) }));
    });
    this.#turn = booked.catch(() => undefined);
    return booked;
  }

  /** Books a signed transfer, or refuses it: the signature is verified first, then what it would do. */
  async book(transfer: SignedTransfer): Promise<Entry> {
    if (!(await isSignedByPayer(transfer))) throw new TreasuryRefusal(422, 'invalid_signature');
    const { from, to, amount, note, nonce, signature } = transfer;
    if (amount <= 0n) throw new TreasuryRefusal(400, 'invalid_request');
    if (nonce !== this.nextNonce(from)) throw new TreasuryRefusal(409, 'already_booked');
    this.demandFunds(from, amount);
    return this.#append({ from, to, amount, note, nonce, signature });
  }

  demandFunds(address: Address, amount: bigint): void {
    if (amount > this.balanceOf(address)) throw new TreasuryRefusal(422, 'insufficient_funds');
  }

  #append(line: Omit<Entry, 'id' | 'bookedAt'>): Entry {
    const entry = { ...line, id: String(this.#entries.length + 1), bookedAt: this.#clock() };
    this.#entries.push(entry);
    writeJson(
      this.#file,
      this.#entries.map((each) => ({ ...each, amount: String(each.amount), nonce: String(each.nonce) })),
    );
    return entry;
  }
}
