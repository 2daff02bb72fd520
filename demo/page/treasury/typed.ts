/** Turns what is in a form into what is sent: the same spelling that the server approves and books. */
import type { Address, TransferOrder } from '../../treasury.js';
import { centsTyped } from './marks.js';
import { TypedWrongError } from './refusals.js';

export const addressTyped = async (typed: string): Promise<Address> => {
  // Keccak is needed for the checksum, and by nobody who only looks at the page.
  const { getAddress, isAddress } = await import('viem/utils');
  const address = typed.trim();
  if (!isAddress(address))
    throw new TypedWrongError('That is no address. It begins with 0x and has 40 digits after it.');
  return getAddress(address);
};

export const orderTyped = async (to: string, amount: string, note: string): Promise<TransferOrder> => {
  const address = await addressTyped(to);
  const cents = centsTyped(amount);
  if (cents === undefined) throw new TypedWrongError('Type an amount such as 250.00.');
  return { to: address, amount: cents, note: note.trim() };
};
