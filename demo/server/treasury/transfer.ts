/** A transfer as it is signed (EIP-712), and the two functions that make and check its signature. */
import type { PrivateKeyAccount } from 'viem/accounts';
import { verifyTypedData } from 'viem/utils';
import type { Address, Hex } from '../../treasury.js';

export interface Transfer {
  from: Address;
  to: Address;
  /** Cents of a Harbor mark. */
  amount: bigint;
  note: string;
  /** Counts up with each transfer of one payer, so that a signature books once. */
  nonce: bigint;
}

export interface SignedTransfer extends Transfer {
  signature: Hex;
}

const typedData = ({ from, to, amount, note, nonce }: Transfer) =>
  ({
    domain: { name: 'Harbor Treasury', version: '1' },
    types: {
      Transfer: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'amount', type: 'uint256' },
        { name: 'note', type: 'string' },
        { name: 'nonce', type: 'uint256' },
      ],
    },
    primaryType: 'Transfer',
    message: { from, to, amount, note, nonce },
  }) as const;

export const signTransfer = async (signer: PrivateKeyAccount, transfer: Transfer): Promise<SignedTransfer> => ({
  ...transfer,
  signature: await signer.signTypedData(typedData(transfer)),
});

/** Whether the payer signed exactly this. */
export const isSignedByPayer = async ({ signature, ...transfer }: SignedTransfer): Promise<boolean> => {
  try {
    return await verifyTypedData({ ...typedData(transfer), address: transfer.from, signature });
  } catch {
    // No signature at all, or no address.
    return false;
  }
};
