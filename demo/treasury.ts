/** What the treasury's page and server say to each other. Amounts are whole cents of a Harbor mark, as decimal strings. */

export type Address = `0x${string}`;
export type Hex = `0x${string}`;

/** An order to pay: what is shown, approved, signed and booked, field for field. */
export interface TransferOrder {
  to: Address;
  amount: string;
  note: string;
}

export interface HistoryEntry {
  id: string;
  direction: 'in' | 'out';
  /** Who paid or was paid; null where Harbor itself opened the account. */
  party: Address | null;
  amount: string;
  note: string;
  /** Unix milliseconds. */
  bookedAt: number;
  /** The payer's signature over the order (EIP-712); null for an opening. */
  signature: Hex | null;
}

export interface Delegate {
  address: Address;
  label: string;
  /** Whether the key was dealt anew since, so that this delegate holds a share of it. */
  hasShare: boolean;
}

export interface WaitingReshare {
  id: string;
  summary: string;
}

export interface TreasuryAccount {
  address: Address;
  balance: string;
  /** Newest first. */
  history: HistoryEntry[];
  delegates: Delegate[];
  waiting: WaitingReshare[];
  /** A wallet Harbor made in advance, until it is claimed. */
  prepared: { address: Address; balance: string } | null;
  payees: { name: string; address: Address }[];
}

export interface SignedMessage {
  message: string;
  address: Address;
  signature: Hex;
}
