/** Who else may act for an account, and whether they hold a share of its key yet. */
import { join } from 'node:path';
import { isAddressEqual } from 'viem/utils';
import type { Address, Delegate } from '../../treasury.js';
import { readJson, writeJson } from './jsonFile.js';
import { TreasuryRefusal } from './refusal.js';

const MOST = 10;

export class Delegates {
  readonly #file: string;
  readonly #byHolder: Map<string, Delegate[]>;

  constructor(folder: string) {
    this.#file = join(folder, 'delegates.json');
    this.#byHolder = new Map(Object.entries(readJson<Record<string, Delegate[]>>(this.#file, {})));
  }

  of(holder: string): readonly Delegate[] {
    return this.#byHolder.get(holder) ?? [];
  }

  find(holder: string, address: Address): Delegate {
    const found = this.of(holder).find((delegate) => isAddressEqual(delegate.address, address));
    if (!found) throw new TreasuryRefusal(404, 'not_found');
    return found;
  }

  demandRoomFor(holder: string, address: Address): void {
    const all = this.of(holder);
    if (all.some((delegate) => isAddressEqual(delegate.address, address)))
      throw new TreasuryRefusal(409, 'already_approved');
    if (all.length >= MOST) throw new TreasuryRefusal(422, 'too_many_delegates');
  }

  approve(holder: string, { address, label }: Pick<Delegate, 'address' | 'label'>): void {
    this.demandRoomFor(holder, address);
    this.#put(holder, [...this.of(holder), { address, label, hasShare: false }]);
  }

  revoke(holder: string, address: Address): void {
    const { address: known } = this.find(holder, address);
    this.#put(
      holder,
      this.of(holder).filter((delegate) => delegate.address !== known),
    );
  }

  /** The key was dealt anew: everybody approved by now holds a share. */
  dealShares(holder: string): void {
    this.#put(
      holder,
      this.of(holder).map((delegate) => ({ ...delegate, hasShare: true })),
    );
  }

  #put(holder: string, delegates: Delegate[]): void {
    this.#byHolder.set(holder, delegates);
    writeJson(this.#file, Object.fromEntries(this.#byHolder));
  }
}
