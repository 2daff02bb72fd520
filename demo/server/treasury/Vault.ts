/** The wallets' private keys: one each, made at the first visit, sealed on disk, opened only to sign or to be exported. */
import { join } from 'node:path';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import type { Address, Hex } from '../../treasury.js';
import { readJson, writeJson } from './jsonFile.js';
import { loadSealingKey, type Sealed, seal, unseal } from './sealing.js';

interface Wallet {
  address: Address;
  sealed: Sealed;
}

export class Vault {
  readonly #file: string;
  readonly #sealingKey: Buffer;
  readonly #wallets: Map<string, Wallet>;

  constructor(folder: string) {
    this.#file = join(folder, 'wallets.json');
    this.#sealingKey = loadSealingKey(folder);
    this.#wallets = new Map(Object.entries(readJson<Record<string, Wallet>>(this.#file, {})));
  }

  /** The holder's address; their key is made where there is none yet. */
  addressOf(holder: string): Address {
    return (this.#wallets.get(holder) ?? this.#make(holder)).address;
  }

  /** Who signs for the holder. Keep it no longer than the signature takes. */
  signerOf(holder: string): PrivateKeyAccount {
    return privateKeyToAccount(this.reveal(holder));
  }

  /** The private key itself, for an export that was approved. */
  reveal(holder: string): Hex {
    const wallet = this.#wallets.get(holder) ?? this.#make(holder);
    return unseal(this.#sealingKey, wallet.sealed, contextOf(holder, wallet.address)) as Hex;
  }

  /** Deals the key anew. Harbor keeps one share of one, so that here this seals it once more. */
  reshare(holder: string): void {
    this.#put(holder, this.reveal(holder));
  }

  #make(holder: string): Wallet {
    return this.#put(holder, generatePrivateKey());
  }

  #put(holder: string, privateKey: Hex): Wallet {
    const { address } = privateKeyToAccount(privateKey);
    const wallet = { address, sealed: seal(this.#sealingKey, privateKey, contextOf(holder, address)) };
    this.#wallets.set(holder, wallet);
    writeJson(this.#file, Object.fromEntries(this.#wallets));
    return wallet;
  }
}

const contextOf = (holder: string, address: Address): string => `${holder} ${address}`;
