/** The books of everybody's treasury, and what each of them looks like to its holder. */
import type { Address, HistoryEntry, TreasuryAccount, WaitingReshare } from '../../treasury.js';
import { Delegates } from './Delegates.js';
import { type Entry, Ledger } from './Ledger.js';
import { payees } from './payees.js';
import { Vault } from './Vault.js';

const OPENING = 12_480_00n;
const PREPARED = 2_500_00n;

export class Treasury {
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly delegates: Delegates;

  constructor(folder: string, clock?: () => number) {
    this.vault = new Vault(folder);
    this.ledger = new Ledger(folder, clock);
    this.delegates = new Delegates(folder);
  }

  /** The addresses of somebody signed in: opened at their first visit, with a wallet prepared for them beside it. */
  visit(userId: string): { address: Address; prepared: Address } {
    const address = this.vault.addressOf(userId);
    const prepared = this.vault.addressOf(preparedFor(userId));
    this.ledger.open(address, OPENING, 'Opening balance');
    this.ledger.open(prepared, PREPARED, 'Prepared by Harbor');
    return { address, prepared };
  }

  read(userId: string, waiting: WaitingReshare[]): TreasuryAccount {
    const { address, prepared } = this.visit(userId);
    const claimable = this.ledger.balanceOf(prepared);
    return {
      address,
      balance: String(this.ledger.balanceOf(address)),
      history: this.ledger
        .entriesOf(address)
        .map((entry) => asSeenFrom(address, entry))
        .reverse(),
      delegates: [...this.delegates.of(userId)],
      waiting,
      prepared: claimable > 0n ? { address: prepared, balance: String(claimable) } : null,
      payees,
    };
  }
}

/** Under which name the vault keeps the wallet that was prepared for a user. */
export const preparedFor = (userId: string): string => `${userId}/prepared`;

export const asSeenFrom = (
  address: Address,
  { id, from, to, amount, note, bookedAt, signature }: Entry,
): HistoryEntry => {
  const direction = from === address ? 'out' : 'in';
  const party = direction === 'out' ? to : from;
  return { id, direction, party, amount: String(amount), note, bookedAt, signature };
};
