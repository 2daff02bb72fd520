/** Whom Harbor's customers often pay: made up, with addresses that nobody holds a key of. */
import { getAddress } from 'viem/utils';

export const payees = [
  { name: 'Alder & Finch', address: getAddress('0x1f2e7a9c05b84d6633aa9e41c7d20b5586f0a1d3') },
  { name: 'Northgrid Cloud', address: getAddress('0x84c0d91be2f7453a9d6e1805ab37f42cc9e7d610') },
  { name: 'Quayside Labs', address: getAddress('0xb7d35e60f9214ca88e0b7a16d2935fce41a8072b') },
];

export const nameOf = (address: string): string => payees.find((payee) => payee.address === address)?.name ?? address;
